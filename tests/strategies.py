"""Hypothesis strategies that several tests share: spans, offset maps, invented Chinese text."""

from __future__ import annotations

from hypothesis import strategies as st

from lunzheng.spans import Span

_HAN = "澄骐曜程汽车换电超充路线之争门店加盟直营成本利润用户平台选择坚持认为扩张收缩增长市场竞争未来长期供应链效率品牌"
_MARKS = "，。；？！、“”（）"


@st.composite
def spans(draw: st.DrawFn, most: int = 60) -> Span:
    """Spans inside ``[0, most]``, empty ones among them."""
    start = draw(st.integers(0, most))
    return Span(start, draw(st.integers(start, most)))


def han(least: int = 1, most: int = 30) -> st.SearchStrategy[str]:
    """Runs of ordinary Han characters."""
    return st.text(_HAN, min_size=least, max_size=most)


@st.composite
def sentences(draw: st.DrawFn) -> str:
    """A sentence of two clauses."""
    return f"{draw(han(8, 24))}，{draw(han(6, 20))}{draw(st.sampled_from('。！？'))}"


def paragraphs() -> st.SearchStrategy[str]:
    """A few sentences on one line."""
    return st.lists(sentences(), min_size=1, max_size=4).map("".join)


@st.composite
def articles(draw: st.DrawFn) -> str:
    """Clean plain text: paragraphs, now and then a heading, one blank line between them."""
    body = draw(st.lists(st.one_of(paragraphs(), han(4, 12)), min_size=0, max_size=6))
    return "\n\n".join([*body, draw(paragraphs()), draw(sentences()), draw(sentences())])


_NOISE = (
    " ", "\u3000", "\t", "\u200b", "\ufeff", "\x07", "\n", "\r\n", "\n\n\n", "(shì)", "（ài）", "?lián)",
    "\n微信\n", "\n扫一扫下载新闻APP\n", "\n图片来源：某图库\n", "\n文 | 某某\n",
    "**", "*", "# ", "> ", "- ", "|a|b|\n", "{#x}", "\\", "`", "![图](http://a/b.png)", "[词](http://a)",
    "<p>", "</p>", "<br/>", "&nbsp;", "&#20013;", "<ruby>字<rt>zì</rt></ruby>", "<script>x</script>",
    "\ue84d", "\ufffd", "\n---\n", "\n***\n", "ヂ", "?;",
)  # fmt: skip


@st.composite
def noisy_pages(draw: st.DrawFn) -> str:
    """Articles with mark-up, furniture and damage strewn in at random places."""
    parts = draw(st.lists(st.one_of(sentences(), han(1, 12), st.sampled_from(_NOISE)), min_size=3, max_size=30))
    return "".join(parts) + draw(paragraphs()) + draw(sentences()) + draw(sentences())
