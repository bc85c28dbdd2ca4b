"""One run: inputs to maps, dataset and report in an output folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from lunzheng import __version__
from lunzheng.argmap import MergedSource, ModelStamp, Provenance, read_map
from lunzheng.config import RunConfig
from lunzheng.document import Document, Source
from lunzheng.duplicates import survey
from lunzheng.errors import ModelError
from lunzheng.inputs.standard_input import is_standard_input
from lunzheng.link.build_map import document_id
from lunzheng.report import DocumentReport, RunReport, document_report, run_report
from lunzheng.runner import Pipeline
from lunzheng.store import (
    code_stamp,
    fingerprint,
    forget,
    map_files,
    save_map,
    sha256_bytes,
    sha256_folder,
    standard_input_path,
    up_to_date,
    write_atomic,
    write_report,
)

if TYPE_CHECKING:
    from lunzheng.extract.predictor import Predictor

OnDocument = Callable[[int, int, DocumentReport], None]


def default_model() -> Path:
    """The folder of the shipped weights: inside an installed package, or in the checkout's ``models/``.

    Raises:
        ModelError: neither is there.
    """
    inside = Path(str(resources.files("lunzheng"))) / "models" / "lunzheng-small"
    checkout = Path(__file__).parents[2] / "models" / "lunzheng-small"
    for folder in (inside, checkout):
        if (folder / "lunzheng.json").exists():
            return folder
    raise ModelError(f"{checkout}: expected the shipped weights, found none; give model.path in the configuration")


@dataclass(frozen=True)
class Run:
    """What a run needs besides its inputs."""

    config: RunConfig
    out: Path

    def __call__(self, documents: Iterable[Document], on_document: OnDocument | None = None) -> RunReport:
        """Map *documents*; those whose map is up to date, and copies of others, are not mapped again.

        Args:
            documents: as loaded; failed ones are only reported. A stream is gone through twice: to find
                near-duplicates, and to map.
            on_document: told of each finished document: index, total, its report.

        Raises:
            ModelError: the model cannot be loaded.
        """
        started, clock = datetime.now(UTC), time.monotonic()
        folder = self.config.model.path or default_model()
        stamp = ModelStamp(name=folder.name, sha256=sha256_folder(folder) if folder.is_dir() else "")
        provenance = Provenance(pipeline_version=__version__, model=stamp, config_sha256=self.config.fingerprint())
        work = _Work(_LazyPipeline(self.config, folder, provenance), provenance, code_stamp())
        again = list(documents) if isinstance(documents, Iterator) else documents
        known = survey(again, self.config.clean, self.config.duplicates)
        reports = []
        for index, document in enumerate(again):
            original = known.original_of(document.source.name)
            if original is not None and document.status != "failure":
                report = self._copy(document, original)
            else:
                report = self._one(document, work, known.merged.get(document.source.name, ()))
            reports.append(report)
            if on_document is not None:
                on_document(index, known.n_documents, report)
        whole = run_report(
            _with_maps(reports), stamp, provenance.config_sha256, started, round(time.monotonic() - clock, 3)
        )
        self._write_dataset()
        write_report(self.out, whole)
        return whole

    def _copy(self, document: Document, original: str) -> DocumentReport:
        """The report of a near-duplicate; what an earlier run made of it goes."""
        forget(self.out, _key(document.source))
        return document_report(document).model_copy(update={"duplicate_of": original})

    def _one(self, document: Document, work: _Work, merged: tuple[MergedSource, ...]) -> DocumentReport:
        source = document.source
        key, current = _key(source), work.fingerprint(source, merged)
        if document.status != "failure":
            state = up_to_date(self.out, key, current)
            if state is not None:
                return state.resumed()
            clock = time.monotonic()
            work.pipeline.pipeline()([document])
            seconds = round(time.monotonic() - clock, 3)
        else:
            seconds = None
        report = document_report(document, seconds=seconds)
        found = document.argument_map
        if found is None:
            forget(self.out, key)
            return report
        if merged:
            named = found.provenance.model_copy(update={"merged": merged})
            found = found.model_copy(update={"provenance": named})
        if is_standard_input(source.name):
            write_atomic(standard_input_path(self.out, source.name), source.data)
        save_map(self.out, key, current, found, report)
        state = up_to_date(self.out, key, current)
        return state.document if state is not None else report

    def _write_dataset(self) -> None:
        from lunzheng.export.dataset import write_dataset

        write_dataset([read_map(path) for path in map_files(self.out)], self.out)


@dataclass(frozen=True)
class _Work:
    """What all documents of a run are mapped with."""

    pipeline: _LazyPipeline
    provenance: Provenance
    code: str

    def fingerprint(self, source: Source, merged: tuple[MergedSource, ...]) -> str:
        """What the map of *source* depends on."""
        return fingerprint(
            source.data,
            self.provenance.config_sha256,
            self.code,
            self.provenance.model.sha256,
            source.name,
            source.kind,
            source.title or "",
            source.sha256 or "",
            *(part for m in merged for part in (m.source, m.sha256, str(m.similarity))),
        )


def _key(source: Source) -> str:
    return document_id(source.name, sha256_bytes(source.name.encode(errors="surrogatepass")))


def _with_maps(reports: list[DocumentReport]) -> list[DocumentReport]:
    """Reports of copies with the map that stands for them."""
    maps = {report.source: report.map for report in reports}
    return [
        report.model_copy(update={"map": maps.get(report.duplicate_of)}) if report.duplicate_of else report
        for report in reports
    ]


class _LazyPipeline:
    """Loads the model at the first document that needs it, so that a resumed run answers at once."""

    def __init__(self, config: RunConfig, folder: Path, provenance: Provenance) -> None:
        self._arguments = (config, folder, provenance)
        self._built: Pipeline | None = None

    def pipeline(self) -> Pipeline:
        """The pipeline, built at the first call."""
        if self._built is None:
            self._built = build_pipeline(*self._arguments)
        return self._built


def build_pipeline(
    config: RunConfig, folder: Path, provenance: Provenance, predictor: Predictor | None = None
) -> Pipeline:
    """All stages from bytes to map.

    Args:
        config: of the stages.
        folder: of the model.
        provenance: written into each map.
        predictor: the model of *folder*, when it is loaded already.

    Raises:
        ModelError: the model folder cannot be loaded.
        ConfigError: an explicit GPU is absent.
    """
    from lunzheng.clean import CleanStage
    from lunzheng.extract.load import load_predictor
    from lunzheng.extract.stage import ExtractStage
    from lunzheng.link.linking import Linker
    from lunzheng.link.stage import LinkStage, MapStage
    from lunzheng.segment import SegmentStage

    predictor = predictor or load_predictor(config.model, folder)
    return Pipeline(
        [
            CleanStage(config.clean),
            SegmentStage(config.segment),
            ExtractStage(predictor),
            LinkStage(Linker(predictor, config.link)),
            MapStage(provenance),
        ]
    )
