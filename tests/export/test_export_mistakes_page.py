"""The page of mistakes: counts, examples, and no way in for mark-up."""

from __future__ import annotations

from dataclasses import replace

from invented import MARKUP, article, perfect
from lunzheng.corpus.markup import read_article
from lunzheng.document import Linked
from lunzheng.export.mistakes_page import mistakes_page


def test_it_tells_of_every_layer() -> None:
    found = perfect(article())
    units = tuple(replace(u, facet="outlook") for u in found.units)
    page = mistakes_page([article()], [replace(found, units=units, links=(), causals=())], "m on 1 dev articles")
    for title in ("Units: type", "Units: facet", "Units: side", "Relations that are missed", "Causal relations: kind"):
        assert f"## {title}" in page
    assert "- **benefit → outlook**: 4\n  - 修旧替街坊省下了真金白银 (bicycle-repair-replace)" in page
    assert "| all | 7 | 7 | 100% |" in page
    assert "- **supports: source left without a link**: 12" in page
    assert page == mistakes_page(
        [article()], [replace(found, units=units, links=(), causals=())], "m on 1 dev articles"
    )


def test_no_more_than_three_examples_a_kind() -> None:
    page = mistakes_page([article()], [Linked((), (), (), ())], "m")
    block = page.split("- **evidence → —**: 9\n")[1].split("- **")[0]
    assert block.count("  - ") == 3


def test_words_reach_the_page_without_their_mark_up() -> None:
    hostile = read_article(MARKUP.replace("修旧替街坊省下了真金白银", "<script>`x`*省*|下_了_</script>"))
    page = mistakes_page([hostile], [Linked((), (), (), ())], "m")
    assert "<script>" not in page
    assert r"&lt;script&gt;\`x\`\*省\*\|下\_了\_&lt;/script&gt;" in page
