"""One run: inputs to maps, dataset and report in an output folder."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import resources
from pathlib import Path

from lunzheng import __version__
from lunzheng.argmap import ModelStamp, Provenance, read_map
from lunzheng.config import RunConfig
from lunzheng.document import Document
from lunzheng.errors import ModelError
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
    up_to_date,
    write_report,
)

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

    def __call__(self, documents: Sequence[Document], on_document: OnDocument | None = None) -> RunReport:
        """Map *documents*; those whose map is up to date are not read again.

        Args:
            documents: as loaded; failed ones are only reported.
            on_document: told of each finished document: index, total, its report.

        Raises:
            ModelError: the model cannot be loaded.
        """
        started, clock = datetime.now(UTC), time.monotonic()
        folder = self.config.model.path or default_model()
        stamp = ModelStamp(name=folder.name, sha256=sha256_folder(folder) if folder.is_dir() else "")
        provenance = Provenance(pipeline_version=__version__, model=stamp, config_sha256=self.config.fingerprint())
        lazy = _LazyPipeline(self.config, folder, provenance)
        code = code_stamp()
        reports = []
        for index, document in enumerate(documents):
            report = self._one(document, lazy, provenance, code)
            reports.append(report)
            if on_document is not None:
                on_document(index, len(documents), report)
        whole = run_report(reports, stamp, provenance.config_sha256, started, round(time.monotonic() - clock, 3))
        self._write_dataset()
        write_report(self.out, whole)
        return whole

    def _one(self, document: Document, lazy: _LazyPipeline, provenance: Provenance, code: str) -> DocumentReport:
        source = document.source
        key = document_id(source.name, sha256_bytes(source.name.encode(errors="surrogatepass")))
        current = fingerprint(
            source.data,
            provenance.config_sha256,
            code,
            provenance.model.sha256,
            source.name,
            source.kind,
            source.title or "",
        )
        if document.status != "failure":
            state = up_to_date(self.out, key, current)
            if state is not None:
                return state.resumed()
            clock = time.monotonic()
            lazy.pipeline()([document])
            seconds = round(time.monotonic() - clock, 3)
        else:
            seconds = None
        report = document_report(document, seconds=seconds)
        if document.argument_map is None:
            forget(self.out, key)
            return report
        save_map(self.out, key, current, document.argument_map, report)
        state = up_to_date(self.out, key, current)
        return state.document if state is not None else report

    def _write_dataset(self) -> None:
        from lunzheng.export.dataset import write_dataset

        write_dataset([read_map(path) for path in map_files(self.out)], self.out)


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


def build_pipeline(config: RunConfig, folder: Path, provenance: Provenance) -> Pipeline:
    """All stages from bytes to map.

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

    predictor = load_predictor(config.model, folder)
    return Pipeline(
        [
            CleanStage(config.clean),
            SegmentStage(config.segment),
            ExtractStage(predictor),
            LinkStage(Linker(predictor, config.link)),
            MapStage(provenance),
        ]
    )
