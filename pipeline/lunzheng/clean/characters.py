"""Character classes of Chinese text, and how usual a character is."""

from __future__ import annotations

import re

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
HAN_RE = re.compile(f"[{HAN}]")
_HAN_RUN = re.compile(f"[{HAN}]+")
CJK_PUNCTUATION = "。，、；：？！（）《》〈〉【】「」『』〔〕…—～“”‘’"
PROSE_END = "。！？；…!?;”’」』）)\"'"

# Source: the most frequent characters of modern written Chinese, simplified and traditional; they need
# no exact order, only to be characters that every ordinary text uses.
USUAL = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方"
    "多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情"
    "明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给"
    "世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活尔更别打女变四神总何电数安少报才结反受目太"
    "量再感建务做接必场件计管期市直德资命山金指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象"
    "完设式色路记南品住告类求据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运商业企购流互联网平台用户增投融"
    "市场价格竞争成本收入利润品牌产业技术数据模型智能服务消费供应链渠道策略门店加盟直营创新风险监管政策支付物流社交"
    "這個們來為國說時會對過發後裡種經學現當沒動還進樣從開實無長機關點業將兩間問並應戰頭體見產號話員門東聲總電數報結務場計"
    "統區隊決馬書則聽卻達強難權設類據邊張該規萬領確傳師觀讓識帶導爭運網臺購聯競價營費費擴續護標質內與優請環"
)


def count_han(text: str) -> int:
    """How many Han characters *text* has."""
    return sum(map(len, _HAN_RUN.findall(text)))


def ends_like_prose(line: str) -> bool:
    """Whether a line closes as a sentence does."""
    return line.rstrip()[-1:] in tuple(PROSE_END)
