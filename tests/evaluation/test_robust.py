"""Scores on altered articles, and reading through the cleaner."""

from __future__ import annotations

from invented import article, perfect, segmentation_of
from lunzheng.config import LinkConfig
from lunzheng.corpus.article import LabelledArticle
from lunzheng.document import Linked
from lunzheng.evaluation.alterations import ALTERATIONS
from lunzheng.evaluation.as_run import read_as_run
from lunzheng.evaluation.evaluate import read_linked
from lunzheng.evaluation.robust import MAIN, UNALTERED, robustness
from lunzheng.extract.predictor import Predictor


def test_a_reader_that_is_always_right_loses_nothing() -> None:
    rows = robustness([article()], perfect)
    assert set(rows) == {UNALTERED, *ALTERATIONS} - {"simplified characters"}
    for row in rows.values():
        assert row.n_articles == 1
        assert row.scores == dict.fromkeys(MAIN, 1.0)
        assert row.change == dict.fromkeys(MAIN, 0.0)


def test_a_reader_that_needs_full_stops_loses_by_half_width_signs_alone() -> None:
    def read(gold: LabelledArticle) -> Linked:
        return perfect(gold) if "。" in gold.text else Linked((), (), (), ())

    rows = robustness([article()], read)
    assert {name for name, row in rows.items() if row.change["units typed"] < 0} == {"half-width signs"}
    assert rows["half-width signs"].change["units typed"] == -1


def test_articles_that_do_not_change_do_not_count() -> None:
    hant = article().model_copy(update={"meta": article().meta.model_copy(update={"script": "Hant"})})
    rows = robustness([article(), hant], perfect)
    assert rows["traditional characters"].n_articles == 1
    assert rows[UNALTERED].n_articles == 2


def test_reading_through_the_cleaner_gives_spans_of_the_text_as_given(
    predictor: Predictor, learned: list[LabelledArticle]
) -> None:
    gold = learned[0]
    ragged = gold.model_copy(update={"text": gold.text.replace("\n\n", " \n\n\n\n　　")})
    direct = read_linked(predictor, LinkConfig())(gold, segmentation_of(gold.text))
    found = read_as_run(predictor)(ragged)
    assert len(found.units) > 3
    assert [u.span.of(ragged.text) for u in found.units] == [u.span.of(gold.text) for u in direct.units]
    assert [c.cause.of(ragged.text) for c in found.causals] == [c.cause.of(gold.text) for c in direct.causals]
    assert found.units[-1].span != direct.units[-1].span


def test_the_model_reads_altered_articles(predictor: Predictor, learned: list[LabelledArticle]) -> None:
    rows = robustness(learned[:1], read_as_run(predictor))
    assert all(row.scores["units span"] > 0 for row in rows.values())
    wrong = rows["3 % of characters wrong"].change
    assert any(wrong.values())
