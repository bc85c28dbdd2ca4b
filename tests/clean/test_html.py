"""HTML pages: main text, entities, ruby, map to the source."""

from __future__ import annotations

from clean.helpers import MORE, PROSE, clean, reasons
from lunzheng.spans import Span

_PAGE = f"""<!DOCTYPE html><html><head><title>两条路的选择 - 某某网</title>
<script>var a = "<p>不是正文</p>";</script></head>
<body><nav><ul><li><a href="/">首页</a></li><li><a href="/c">财经</a></li></ul></nav>
<article><h1>两条路的选择</h1>
<p>{PROSE}</p>
<p>换电站的<ruby>建<rt>jiàn</rt></ruby>设成本高企，&#x4E00;座站需要
   三百万元&mdash;&mdash;而<b>用户</b>只要三分钟。</p>
<h2>成本之争</h2><p>{MORE}</p>
<ul><li>换电：三分钟，重资产。</li><li>超充：十分钟，轻资产。</li></ul>
<p>因此两条路线可能长期并存，最终的胜负取决于电池技术的进步和电网的改造速度，而不是口号。</p></article>
<div><h3>相关阅读</h3><a href="/x">某公司发布新品</a></div><footer>版权所有 某某网</footer></body></html>"""


def test_the_article_and_nothing_else() -> None:
    result = clean(_PAGE, "html")
    assert result.text.split("\n\n") == [
        "两条路的选择",
        PROSE,
        "换电站的建设成本高企，一座站需要三百万元——而用户只要三分钟。",
        "成本之争",
        MORE,
        "换电：三分钟，重资产。",
        "超充：十分钟，轻资产。",
        "因此两条路线可能长期并存，最终的胜负取决于电池技术的进步和电网的改造速度，而不是口号。",
    ]
    assert result.title == "两条路的选择"
    assert {"outside the main text", "hidden element", "mark-up", "pronunciation gloss"} <= reasons(result)


def test_an_entity_maps_to_its_source() -> None:
    result = clean(_PAGE, "html")
    start = result.text.index("一座站")
    assert result.offsets.to_raw(Span(start, start + 1)).of(result.raw) == "&#x4E00;"
    start = result.text.index("设成本")
    assert result.offsets.to_raw(Span(start, start + 3)).of(result.raw) == "设成本"


def test_a_page_title_stands_first_when_the_page_has_no_heading() -> None:
    result = clean(_PAGE.replace("<h1>两条路的选择</h1>", ""), "html")
    assert result.title == "两条路的选择"
    assert result.text.startswith(f"两条路的选择\n\n{PROSE}")


def test_a_page_without_article_mark_up() -> None:
    result = clean(f"<body>{PROSE}<br>{MORE}</body>", "html")
    assert result.text == f"{PROSE}\n\n{MORE}"
