"""The page of mistakes that ``lunzheng errors`` writes: confusions, relations, causal relations, with examples."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence

from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Linked
from lunzheng.evaluation.causal_mistakes import causal_mistakes
from lunzheng.evaluation.link_mistakes import link_mistakes
from lunzheng.evaluation.tally import Tally
from lunzheng.evaluation.unit_mistakes import Confusion, unit_confusions

_SIGNS = re.compile(r"([\\`*_\[\]|#~])")
_N_CELLS = 6


def mistakes_page(articles: Sequence[LabelledArticle], found: Sequence[Linked], title: str) -> str:
    """A Markdown page.

    Args:
        articles: labelled; their words are quoted.
        found: what was found in each of them.
        title: which model and articles.
    """
    lines = [
        f"# Mistakes of {_escape(title)}",
        "",
        "Written by `lunzheng errors`; do not edit. Rows are labels, columns what was found; `—` is no unit.",
        "Examples are quoted from the corpus (CC BY 4.0).",
        "",
        *_units(articles, found),
        *_links(articles, found),
        *_causals(articles, found),
    ]
    return "\n".join(lines).rstrip() + "\n"


def _escape(words: str) -> str:
    """*words* without meaning in HTML or Markdown."""
    return _SIGNS.sub(r"\\\1", html.escape(words, quote=False))


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(map(str, cells)) + " |"


def _units(articles: Sequence[LabelledArticle], found: Sequence[Linked]) -> Iterator[str]:
    for name, confusion in unit_confusions(articles, found).items():
        yield from (f"## Units: {name}", "", *_matrix(confusion), "")
        yield from _examples(confusion.tally, confusion.tally.kinds()[:_N_CELLS])


def _matrix(confusion: Confusion) -> Iterator[str]:
    yield _row(["labelled \\ found", *confusion.labels, "right"])
    yield _row(["---"] * (len(confusion.labels) + 2))
    for gold in confusion.labels:
        cells = [confusion.cells[gold, said] for said in confusion.labels]
        right = f"{confusion.cells[gold, gold] / sum(cells):.0%}" if sum(cells) and gold != "—" else ""
        yield _row([gold, *cells, right])


def _links(articles: Sequence[LabelledArticle], found: Sequence[Linked]) -> Iterator[str]:
    mistakes = link_mistakes(articles, found)
    yield from ("## Relations that are missed", "")
    yield from _totals(mistakes.missed)
    yield from _examples(mistakes.missed, [k for k in mistakes.missed.kinds() if mistakes.missed.n[k]])
    yield from ("Led to another target: the target that was found lies so many units after the labelled one.", "")
    yield from (_row(["units", "n"]), _row(["---", "---"]))
    yield from (_row([f"`{k}`", n]) for k, n in sorted(mistakes.off_by.items(), key=lambda x: (-x[1], x[0])))
    yield from ("", "## Relations that are invented", "")
    yield from _totals(mistakes.invented)
    yield from _examples(mistakes.invented, [k for k in mistakes.invented.kinds() if mistakes.invented.n[k]])


def _causals(articles: Sequence[LabelledArticle], found: Sequence[Linked]) -> Iterator[str]:
    mistakes = causal_mistakes(articles, found)
    yield from ("## Causal relations that are missed", "")
    yield from (_row(["labelled", "missed", "of", "share"]), _row(["---"] * 4))
    for kind in sorted(
        mistakes.missed.of, key=lambda k: (k != "all", -mistakes.missed.n[k] / mistakes.missed.of[k], k)
    ):
        n, of = mistakes.missed.n[kind], mistakes.missed.of[kind]
        yield _row([kind, n, of, f"{n / of:.0%}"])
    yield ""
    yield from _examples(mistakes.missed, [k for k in mistakes.missed.kinds() if k != "all" and mistakes.missed.n[k]])
    yield from ("## Causal relations that are invented", "")
    yield from _examples(mistakes.invented, mistakes.invented.kinds())
    for name, confusion in (("kind", mistakes.kind), ("polarity", mistakes.polarity)):
        yield from (f"## Causal relations: {name}", "", *_matrix(confusion), "")
        yield from _examples(confusion.tally, confusion.tally.kinds())


def _totals(tally: Tally) -> Iterator[str]:
    told = ", ".join(f"{kind} {n}" for kind, n in sorted(tally.of.items()))
    yield from ((told + "; wrong:", "") if told else ())


def _examples(tally: Tally, kinds: Sequence[str]) -> Iterator[str]:
    for kind in kinds:
        yield f"- **{_escape(kind)}**: {tally.n[kind]}"
        yield from (f"  - {_escape(e.words)} ({e.article})" for e in tally.examples(kind))
    yield ""
