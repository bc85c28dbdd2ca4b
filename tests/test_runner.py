"""The pipeline: order is checked before anything runs, and one bad article costs only itself."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import pytest

from lunzheng.document import Document, Source
from lunzheng.errors import InputError, PipelineError
from lunzheng.runner import Pipeline
from lunzheng.stage import Layer


@dataclass
class _Stage:
    name: str
    needs: tuple[Layer, ...] = ()
    gives: tuple[Layer, ...] = ()
    act: Callable[[Document], None] = lambda _: None
    seen: list[str] = field(default_factory=list)

    @property
    def requires(self) -> frozenset[Layer]:
        return frozenset(self.needs)

    @property
    def provides(self) -> frozenset[Layer]:
        return frozenset(self.gives)

    def __call__(self, documents: Sequence[Document]) -> None:
        for document in documents:
            self.seen.append(document.source.name)
            self.act(document)


def _documents(*names: str) -> list[Document]:
    return [Document(Source(name, "txt", b"")) for name in names]


def test_stages_in_order_fit() -> None:
    Pipeline([_Stage("clean", ("source",), ("clean",)), _Stage("segment", ("clean",), ("segmentation",))])


def test_a_stage_before_its_source_is_refused() -> None:
    with pytest.raises(PipelineError, match="stage 'segment' needs clean, found source; put a stage"):
        Pipeline([_Stage("segment", ("clean",), ("segmentation",)), _Stage("clean", ("source",), ("clean",))])


def _raise(error: BaseException) -> Callable[[Document], None]:
    def act(document: Document) -> None:
        if document.source.name == "bad":
            raise error

    return act


@pytest.mark.parametrize(
    ("error", "message"),
    [
        (InputError("bad: no article"), "bad: no article"),
        (MemoryError(), "bad: out of memory"),
        (ZeroDivisionError("division"), "bad: unexpected ZeroDivisionError: division; please report"),
    ],
)
def test_one_bad_document_costs_only_itself(error: BaseException, message: str) -> None:
    first, second = _Stage("first", act=_raise(error)), _Stage("second")
    documents = _documents("a", "bad", "b")
    Pipeline([first, second])(documents)
    assert [d.status for d in documents] == ["success", "failure", "success"]
    assert first.seen == ["a", "bad", "b"]
    assert second.seen == ["a", "b"]
    problem = documents[1].problems[0]
    assert problem.stage == "first"
    assert problem.message.startswith(message)


def test_a_caution_stops_nothing() -> None:
    second = _Stage("second")
    documents = _documents("a")
    Pipeline([_Stage("first", act=lambda d: d.caution("first", "odd")), second])(documents)
    assert documents[0].status == "partial"
    assert second.seen == ["a"]


def test_a_failed_document_is_not_touched() -> None:
    stage = _Stage("first")
    documents = _documents("a")
    documents[0].fail("inputs", "unreadable")
    Pipeline([stage])(documents)
    assert stage.seen == []


def test_an_interrupt_is_no_bad_document() -> None:
    with pytest.raises(KeyboardInterrupt):
        Pipeline([_Stage("first", act=_raise(KeyboardInterrupt()))])(_documents("bad"))
