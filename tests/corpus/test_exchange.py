"""brat and Label Studio: every article comes back as it was, and what cannot come back is told."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from invented import MARKUP, article
from lunzheng.cli import app, main
from lunzheng.corpus._brat import annotation_conf, read_brat, write_brat
from lunzheng.corpus._label_studio import label_config, write_task
from lunzheng.corpus._label_studio_reader import read_tasks
from lunzheng.corpus.article import ArticleMeta, LabelledArticle, LabelledCausal, LabelledLink, LabelledUnit
from lunzheng.corpus.folder import article_paths, read_corpus
from lunzheng.corpus.markup import read_article, write_article
from lunzheng.errors import CorpusError
from lunzheng.labels import CAUSAL_KINDS, FACETS, LINK_TYPES, POLARITIES, SIDES, UNIT_TYPES
from lunzheng.spans import Span

_ID = "bicycle-repair-replace"


def _through_brat(labelled: LabelledArticle) -> LabelledArticle:
    text, ann = write_brat(labelled)
    return read_brat(text, ann, "a.ann")


def _through_label_studio(labelled: LabelledArticle) -> LabelledArticle:
    return read_tasks(json.dumps([write_task(labelled)]), "a.json")[0]


# outside the basic plane, combining, tab, exotic breaks and what the formats themselves use as signs
_WORDS = st.text("一二三，。“𠮷😀é\u0301\t\u2028\x85 ;:|[]%#\\\"'<&1a", min_size=1, max_size=12).filter(
    lambda words: words == words.strip()
)


@st.composite
def _labelled(draw: st.DrawFn) -> LabelledArticle:
    """Any article that is laid out as the mark-up lays it out."""
    title = draw(_WORDS)
    text, paragraphs, spans = title, [Span(0, len(title))], []
    for words in draw(st.lists(_WORDS, max_size=4)):
        start = len(text) + 2
        text += "\n\n" + words
        paragraphs.append(Span(start, start + len(words)))
        cuts = sorted(draw(st.sets(st.integers(start, start + len(words)), max_size=6)))
        spans += [Span(a, b) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    numbers = draw(st.lists(st.integers(0, 99), min_size=len(spans), max_size=len(spans), unique=True))
    return LabelledArticle(
        meta=draw(_metas(title)),
        text=text,
        paragraphs=tuple(paragraphs),
        units=tuple(draw(_units(number, span)) for number, span in zip(numbers, spans, strict=True)),
        links=tuple(sorted(draw(_links(numbers)), key=lambda x: (x.source, x.type, x.target))),
        causals=tuple(sorted(draw(_causals(paragraphs[1:])), key=lambda c: (c.cause, c.effect))),
    )


def _metas(title: str) -> st.SearchStrategy[ArticleMeta]:
    strategy = st.fixed_dictionaries({"name": _WORDS, "actors": st.lists(_WORDS, max_size=2)})
    fields = dict.fromkeys(("topic", "industry", "voice", "annotator"), _WORDS)
    fixed = {"id": "a-1", "title": title, "script": "Hans", "date": "2026-01-01"}
    both = st.fixed_dictionaries(fields, optional={"A": strategy, "B": strategy})
    return both.map(lambda said: ArticleMeta.model_validate(fixed | said))


def _units(number: int, span: Span) -> st.SearchStrategy[LabelledUnit]:
    kinds, sides, facets = map(st.sampled_from, (UNIT_TYPES, SIDES, FACETS))
    return st.builds(
        LabelledUnit,
        number=st.just(number),
        span=st.just(span),
        type=kinds,
        side=sides,
        facet=facets,
        central=st.booleans(),
    )


def _links(numbers: list[int]) -> st.SearchStrategy[list[LabelledLink]]:
    if len(numbers) < 2:
        return st.just([])
    ends = st.sampled_from(numbers)
    links = st.builds(LabelledLink, source=ends, target=ends, type=st.sampled_from(LINK_TYPES))
    return st.lists(links.filter(lambda x: x.source != x.target), max_size=5)


def _causals(paragraphs: list[Span]) -> st.SearchStrategy[list[LabelledCausal]]:
    if not paragraphs:
        return st.just([])

    def inside(paragraph: Span) -> st.SearchStrategy[LabelledCausal]:
        ends = st.lists(st.integers(paragraph.start, paragraph.end), min_size=2, max_size=2, unique=True)
        spans = ends.map(lambda e: Span(*sorted(e)))
        return st.builds(
            LabelledCausal,
            cause=spans,
            effect=spans,
            connective=st.none() | spans,
            kind=st.sampled_from(CAUSAL_KINDS),
            polarity=st.sampled_from(POLARITIES),
        )

    return st.lists(st.sampled_from(paragraphs).flatmap(inside), max_size=5)


@given(_labelled())
def test_brat_brings_back_whatever_is_labelled(labelled: LabelledArticle) -> None:
    assert _through_brat(labelled) == labelled


@given(_labelled())
def test_label_studio_brings_back_whatever_is_labelled(labelled: LabelledArticle) -> None:
    assert _through_label_studio(labelled) == labelled


def test_every_article_of_the_corpus_comes_back(corpus: Path) -> None:
    for labelled in read_corpus(corpus):
        assert _through_brat(labelled) == labelled, labelled.meta.id
        assert _through_label_studio(labelled) == labelled, labelled.meta.id


def test_offsets_are_code_points() -> None:
    labelled = read_article(MARKUP.replace("一条内胎补上十次也不嫌烦", "一条𠮷胎补上十次也不嫌烦"))
    text, ann = write_brat(labelled)
    start = labelled.text.index("朗岳主张")
    assert f"T2\tEvidence {start} {start + 16}\t{text[start : start + 16]}\n" in ann
    region = next(r for r in write_task(labelled)["annotations"][0]["result"] if r["id"] == "u2")
    assert (region["value"]["start"], region["value"]["end"]) == (start, start + 16)


def test_brat_says_each_layer_in_its_own_lines() -> None:
    _, ann = write_brat(article())
    assert re.search(r"^R\d+\tSupports Arg1:T1 Arg2:T4$", ann, re.MULTILINE)
    assert re.search(r"^R\d+\tContrasts Arg1:T1 Arg2:T2$", ann, re.MULTILINE)
    assert re.search(r"^A\d+\tSide T4 A$", ann, re.MULTILINE)
    assert re.search(r"^A\d+\tCentral T12$", ann, re.MULTILINE)
    assert re.search(r"^E\d+\tConnective:T\d+ Cause:T\d+ Effect:T\d+$", ann, re.MULTILINE)
    assert len(re.findall(r"^E\d+\tImplicit:", ann, re.MULTILINE)) == 3
    names = {line.split("\t")[1].split()[0].split(":")[0] for line in ann.splitlines() if line[0] in "TARE"}
    assert all(re.search(rf"^{name}\b", annotation_conf(), re.MULTILINE) for name in names)


def test_the_labelling_interface_knows_every_label() -> None:
    tree = ElementTree.fromstring(label_config())
    known = {element.get("value") for element in tree.iter()}
    for item in write_task(article())["annotations"][0]["result"]:
        said = item.get("labels") or item["value"].get("labels") or item["value"]["choices"]
        assert set(said) <= known
        assert item["type"] == "relation" or tree.find(f".//*[@name='{item['from_name']}']") is not None


_BRAT_SLIPS = [
    (r"^T1\t.*\n", "", "expected Claim or Evidence at T1, found nothing"),
    (r"^T1\tEvidence", "T1\tFact", "expected Claim or Evidence at T1, found Fact"),
    (r"^T1\t(\w+) (\d+)", r"T1\t\1 1\2", "T1 says '启禾坚持"),
    (r"^T1\t(\w+) (\d+) (\d+)", r"T1\t\1 \2 5;7 \3", "expected 'T1<tab>TYPE START END<tab>words'"),
    (r"^T2\t", "T1\t", "T1 stands at a.ann:"),
    (r"^T2\t.*$", "T2\tEvidence 40 40\t", "must lie inside one paragraph"),
    (r"^T2\t.*$", "T2\tEvidence 2 4\t门口", "must lie inside one paragraph below the title"),
    (r"^T2\t.*$", "T2\tEvidence 29 32\t启禾坚", "the unit overlaps that at a.ann:"),
    (r"^A1\t.*\n", "", "T1 has no Side; choose one of A, B, both, none"),
    (r"^A2\t.*\n", "", "T1 has no Facet"),
    (r"^A1\tSide T1 A", "A1\tSide T1 C", "found Side 'C'; expected one of Side A|B|both|none"),
    (r"^A1\tSide T1 A", "A1\tSide T1 A\nA99\tSide T1 B", "T1 has two values of Side"),
    (r"^A1\tSide T1 A", "A1\tSide T1 A\nA99\tKind T1 purpose", "T1 takes no Kind"),
    (r"^A1\tSide T1 A", "A1\tSide T1 A\nA99\tSide T999 A", "T999 takes no Side"),
    (r"^A1\tSide T1 A", "A1\tMood T1 A", "found Mood 'A'"),
    (r"^R1\t\w+", "R1\tHelps", "found 'Helps'; expected one of Supports, Attacks, Contrasts"),
    (r"^R1\t.*", "R1\tSupports Arg1:T1 Arg2:T1", "expected two units"),
    (r"^R1\t.*", "R1\tSupports Arg1:T1 Arg2:T16", "expected Claim or Evidence at T16, found Title"),
    (r"^R1\t.*", "R1\tSupports T1 T2", "expected 'R1<tab>TYPE Arg1:T1 Arg2:T2'"),
    (r"^(E1\t.*) Effect:T\d+", r"\1", "expected 'E1<tab>TYPE:T1 Cause:T2 Effect:T3'"),
    (r"^E1\t.*\n", "", "belongs to nothing; link it or delete it"),
    (r"^(A\d+)\tKind E1 .*\n", "", "E1 has no Kind"),
    (r"^(A\d+)\tPolarity E1 .*\n", "", "E1 has no Polarity"),
    (r"^#1\t.*\n", "", "expected one AnnotatorNotes with the article's head on the Title, found 0"),
    (r"^#1\t.*", r"\g<0>\n#2\tAnnotatorNotes T3\t再看", "the note on T3 would be lost"),
    (r'"script":"Hans"', '"script":"Latn"', "metadata field 'script'"),
    (r'"title":"小区', '"title":"大区', "expected the title '大区门口的两家车铺', found '小区门口的两家车铺'"),
    (r"^#1\tAnnotatorNotes (\S+)\t.*", r"#1\tAnnotatorNotes \1\tno JSON", "metadata field 'JSON'"),
    (r"^(T\d+)\tTitle 0 9\t小区门口的两家车铺", r"\1\tTitle 0 2\t小区", "the Title must be the whole first line"),
    (r"\A", "N1\tReference T1 Wiki:1\tx\n", "expected a line of T, A, R, E, #"),
]


@pytest.mark.parametrize(("old", "new", "message"), _BRAT_SLIPS)
def test_a_slip_in_brat_is_told_with_its_line(old: str, new: str, message: str) -> None:
    text, ann = write_brat(article())
    changed, n_changed = re.subn(old, new, ann, count=1, flags=re.MULTILINE)
    assert n_changed == 1
    with pytest.raises(CorpusError, match=r"^a\.(ann|txt):\d+: ") as caught:
        read_brat(text, changed, "a.ann")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("\n\n小区门口有", "\n小区门口有", 1),
        ("\n\n先看", "\n\n\n\n先看", 5),
        ("\n\n先看", "\r\n\r\n先看", 3),
        ("\n\n先看", " \n\n先看", 3),
        ("一边修一边卖。", "一边修一边卖。\n", 11),
    ],
)
def test_a_text_that_is_laid_out_otherwise_is_told(old: str, new: str, line: int) -> None:
    text, ann = write_brat(article())
    assert old in text
    head = "\n".join(x for x in ann.splitlines() if x.startswith("#1") or "\tTitle " in x)
    with pytest.raises(CorpusError, match=rf"^a\.txt:{line}: expected one line of text"):
        read_brat(text.replace(old, new), head, "a.ann")


def test_a_unit_drawn_in_brat_keeps_its_number() -> None:
    text, ann = write_brat(article())
    start = text.index("该喝口茶了")
    ann += f"T400\tClaim {start} {start + 5}\t该喝口茶了\nA400\tSide T400 none\nA401\tFacet T400 outlook\n"
    found = read_brat(text, ann, "a.ann")
    assert found.unit(400).span == Span(start, start + 5)
    assert len(found.units) == 16


def _task() -> dict[str, Any]:
    return json.loads(json.dumps(write_task(article())))


def _result(task: dict[str, Any]) -> list[dict[str, Any]]:
    return task["annotations"][0]["result"]


def _find(task: dict[str, Any], **wanted: str) -> dict[str, Any]:
    return next(r for r in _result(task) if all(r.get(k) == v for k, v in wanted.items()))


def test_regions_drawn_in_label_studio_get_the_next_numbers() -> None:
    task = _task()
    start = article().text.index("该喝口茶了")
    value = {"start": start, "end": start + 5, "text": "该喝口茶了"}
    for name, kind, said in (
        ("label", "labels", "claim"),
        ("side", "choices", "none"),
        ("facet", "choices", "outlook"),
    ):
        _result(task).append(
            {"id": "xY3", "from_name": name, "to_name": "text", "type": kind, "value": {**value, kind: [said]}}
            | {"origin": "manual"}
        )
    arrow = {"from_id": "u12", "to_id": "xY3", "type": "relation", "direction": "left", "labels": ["supports"]}
    _result(task).append(arrow)
    found = read_tasks(json.dumps(task), "a.json")[0]
    assert found.unit(16).span == Span(start, start + 5)
    assert LabelledLink(source=16, target=12, type="supports") in found.links


def test_skipped_annotations_do_not_count() -> None:
    task = _task()
    task["annotations"].insert(0, {"result": [], "was_cancelled": True})
    assert read_tasks(json.dumps([task, task]), "a.json") == [article(), article()]


_SUPPORT = {"type": "relation", "from_id": "u1", "to_id": "u4"}
_U1 = {"id": "u1", "from_name": "label"}
_TASK_SLIPS = [
    (lambda t: t.pop("data"), "a.json:[0].data: Field required"),
    (lambda t: t["data"].pop("meta"), "a.json:[0].data.meta: Field required"),
    (lambda t: t["data"]["meta"].update(id="../x"), "a.json:[0].data.meta: metadata field 'id'"),
    (lambda t: t["data"].update(text="别的\n\n话"), "a.json:[0].data.text:1: expected the title"),
    (lambda t: t["annotations"].clear(), "a.json:[0]: expected one annotation that is not skipped, found 0"),
    (lambda t: t["annotations"].append({"result": []}), "a.json:[0]: expected one annotation"),
    (lambda t: _find(t, **_U1)["value"].update(start="5"), ".value.start: Input should be a valid integer"),
    (lambda t: _find(t, **_U1)["value"].update(start=30, text=None), "has two places in the text"),
    (lambda t: _find(t, **_U1)["value"].update(text="别的"), "result[0]: the region says '别的', but the text has"),
    (lambda t: _find(t, **_U1)["value"].update(labels=["fact"]), "expected one of claim, evidence, cause"),
    (lambda t: _find(t, **_U1)["value"].update(labels=["cause"]), "a cause takes no facet, side"),
    (lambda t: _result(t).remove(_find(t, **_U1)), "region 'u1' has no label"),
    (lambda t: _result(t).append(_find(t, **_U1)), "region 'u1' has two values of label"),
    (lambda t: _result(t).remove(_find(t, id="u1", from_name="side")), "the evidence has no side"),
    (lambda t: _find(t, id="u1", from_name="side")["value"].update(choices=["C"]), "expected one of A, B, both, none"),
    (lambda t: _find(t, id="u1", from_name="side").update(from_name="mood"), "found mood ['A']"),
    (lambda t: _find(t, **_SUPPORT).update(labels=[]), "found relation []; expected one of supports"),
    (lambda t: _find(t, **_SUPPORT).update(direction="bi"), "supports needs one direction"),
    (lambda t: _find(t, **_SUPPORT).update(to_id="c1-cause"), "supports expects a claim or evidence, found cause"),
    (lambda t: _find(t, **_SUPPORT).update(to_id="u1"), "unit 1 supports 1: expected two units"),
    (lambda t: _find(t, **_SUPPORT).update(to_id="gone"), "found nothing ('gone')"),
    (lambda t: _find(t, from_id="c2-cause").update(from_id="u1"), "expects a cause, found evidence"),
    (lambda t: _result(t).remove(_find(t, from_id="c1-cause")), "the cause belongs to nothing"),
    (lambda t: _result(t).remove(_find(t, from_id="c2-connective")), "the connective belongs to nothing"),
    (lambda t: _find(t, from_id="c1-cause").update(to_id="c2-effect"), "which cause does the connective"),
    (lambda t: _result(t).append(_find(t, from_id="c2-connective")), "the effect has two connectives"),
    (lambda t: _find(t, **_U1).update(type="rectanglelabels"), "a.json:[0].annotations[0].result[0]: Input tag"),
]


@pytest.mark.parametrize(("change", "message"), _TASK_SLIPS)
def test_a_slip_in_label_studio_is_told_with_its_place(change: Any, message: str) -> None:
    task = _task()
    change(task)
    with pytest.raises(CorpusError, match=r"^a\.json:\[0\]") as caught:
        read_tasks(json.dumps([task]), "a.json")
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("source", "message"), [("[\n{]", "a.json:2: expected JSON"), ("3", "a.json: "), ("[3]", "a.json:[0]")]
)
def test_what_is_no_task_is_told(source: str, message: str) -> None:
    with pytest.raises(CorpusError) as caught:
        read_tasks(source, "a.json")
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("write", [write_brat, write_task])
def test_what_would_not_come_back_is_not_exported(write: Any) -> None:
    one, two, *rest = article().units
    empty = one.model_copy(update={"span": Span(30, 30)})
    over = two.model_copy(update={"span": Span(one.span.start + 1, two.span.end)})
    for changed in (
        {"units": (empty, two, *rest)},
        {"units": (one, over, *rest)},
        {"units": article().units[::-1]},
        {"text": article().text.replace("\n\n", "\n")},
        {"links": (LabelledLink(source=1, target=99, type="supports"),)},
        {"causals": (article().causals[0].model_copy(update={"effect": article().causals[-1].effect}),)},
    ):
        with pytest.raises(CorpusError, match=f"^{_ID}"):
            write(article().model_copy(update=changed))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / f"{_ID}.txt").write_text(MARKUP, encoding="utf-8")
    return tmp_path


def _run(*words: str | Path) -> str:
    result = CliRunner().invoke(app, ["corpus", *map(str, words)], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def _fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    monkeypatch.setattr(sys, "argv", ["lunzheng", "corpus", *map(str, words)])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    return capsys.readouterr().err


@pytest.mark.parametrize(
    ("tool", "written"), [("brat", {".ann", ".txt", ".conf"}), ("label-studio", {".json", ".xml"})]
)
def test_export_and_import_lead_back_to_the_mark_up(small: Path, tool: str, written: set[str]) -> None:
    there, back = small / "there", small / "back"
    assert "1 articles" in _run("export", _ID, "--to", tool, "--out", there, "--corpus", small)
    assert {p.suffix for p in there.iterdir()} == written
    _run("import", there, "--from", tool, "--out", back)
    assert [p.name for p in back.iterdir()] == [f"{_ID}.txt"]
    assert (back / f"{_ID}.txt").read_text(encoding="utf-8") == write_article(article())


def test_the_whole_corpus_goes_through_the_commands(corpus: Path, tmp_path: Path) -> None:
    ids = [p.stem for p in article_paths(corpus)][:3]
    _run("export", *ids, "--to", "brat", "--out", tmp_path / "b", "--corpus", corpus)
    _run("import", *[tmp_path / "b" / f"{i}.ann" for i in ids], "--from", "brat", "--out", tmp_path / "m")
    for name in ids:
        one, two = (folder / f"{name}.txt" for folder in (corpus / "articles", tmp_path / "m"))
        assert read_article(one.read_text(encoding="utf-8")) == read_article(two.read_text(encoding="utf-8"))


def test_commands_tell_what_is_wrong(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    there = small / "there"

    def fails(*words: str | Path) -> str:
        return _fails(monkeypatch, capsys, *words)

    assert "--to: expected one of brat, label-studio, found 'xml'" in fails(
        "export", _ID, "--to", "xml", "--out", there, "--corpus", small
    )
    assert "expected an article 'gone'" in fails("export", "gone", "--to", "brat", "--out", there, "--corpus", small)
    assert not there.exists()
    assert "--from: expected one of" in fails("import", small, "--from", "xml", "--out", there)
    assert "expected *.ann files in the folder" in fails("import", small, "--from", "brat", "--out", there)
    assert "gone.txt: cannot be read" in fails("import", small / "gone.ann", "--from", "brat", "--out", there)
    (small / "bad.json").write_bytes(b"\xff")
    assert "bad.json: expected UTF-8" in fails("import", small / "bad.json", "--from", "label-studio", "--out", there)
    (small / "two.json").write_text(json.dumps([_task(), _task()]), encoding="utf-8")
    assert "too; import one of them" in fails("import", small / "two.json", "--from", "label-studio", "--out", there)
    assert not there.exists()


def test_labels_that_the_mark_up_cannot_say_are_not_imported(
    small: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    task = _task()
    text = task["data"]["text"].replace("今年钢材", "今 年钢材")
    spaced = read_article(MARKUP.replace("今年钢材", "今 年钢材").replace("%c 钢材涨", "%c  年钢材涨"))
    start = text.index(" 年钢材")
    causal = spaced.causals[0].model_copy(update={"cause": Span(start, start + 5)})
    task = write_task(spaced.model_copy(update={"causals": (causal, *spaced.causals[1:])}))
    (small / "a.json").write_text(json.dumps(task), encoding="utf-8")
    told = _fails(monkeypatch, capsys, "import", small / "a.json", "--from", "label-studio", "--out", small / "out")
    assert "cannot be said in mark-up; expected spans without space" in told
