"""A loaded pipeline that turns texts into maps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from pydantic import ValidationError

from lunzheng import __version__
from lunzheng.api.map import Map
from lunzheng.argmap import ModelStamp, Provenance
from lunzheng.config import Device, GivenStrategy, LinkConfig, RunConfig, read_config
from lunzheng.document import Document, Source
from lunzheng.errors import ConfigError, InputError
from lunzheng.extract.load import load_predictor
from lunzheng.run import build_pipeline, default_model
from lunzheng.runner import Pipeline
from lunzheng.store import sha256_folder

_NAME = "<text>"
Strategies = Sequence[Mapping[str, object] | GivenStrategy]


class Reader:
    """Makes maps of texts; holds the model, so that one serves for many.

    Args:
        config: as for ``lunzheng run``.
        model: model folder.
    """

    def __init__(self, config: RunConfig, model: Path) -> None:
        self.config, self.model = config, model
        self.stamp = ModelStamp(name=model.name, sha256=sha256_folder(model) if model.is_dir() else "")
        self._predictor = load_predictor(config.model, model)
        self._pipeline = self._build(config)

    def _build(self, config: RunConfig) -> Pipeline:
        provenance = Provenance(pipeline_version=__version__, model=self.stamp, config_sha256=config.fingerprint())
        return build_pipeline(config, self.model, provenance, self._predictor)

    def __call__(
        self, text: str, *, title: str | None = None, source: str = _NAME, strategies: Strategies | None = None
    ) -> Map:
        """The map of one article.

        Args:
            text: as it came: plain text, with its line breaks.
            title: when the text does not begin with it.
            source: what the map says the text came from.
            strategies: two of ``{"name": …, "actors": […], "cues": […]}``, instead of those the model finds.

        Raises:
            InputError: the text holds no article.
            ConfigError: *strategies* are not two named strategies.
        """
        document = Document(Source(source, "txt", text.encode("utf-8", "surrogatepass"), title))
        pipeline = self._pipeline if strategies is None else self._given(strategies)
        pipeline([document])
        if document.argument_map is None:
            raise InputError("; ".join(p.message for p in document.problems) or f"{source}: no map was made")
        return Map(document.argument_map)

    def pipe(self, texts: Iterable[str]) -> Iterator[Map]:
        """The map of each text, one after another.

        Raises:
            InputError: a text holds no article.
        """
        for index, text in enumerate(texts):
            yield self(text, source=f"<text {index}>")

    def batch_function(self, column: str = "text") -> Callable[[Mapping[str, list[str]]], dict[str, list[object]]]:
        """A function for ``datasets.Dataset.map(…, batched=True)`` that adds a column ``map`` with the map's JSON.

        A row that holds no article gets ``None`` and the reason in ``map_error``.

        Args:
            column: that holds the texts.
        """
        from lunzheng.api.batches import BatchFunction

        return BatchFunction(self, column)

    def _given(self, strategies: Strategies) -> Pipeline:
        given = [s if isinstance(s, GivenStrategy) else dict(s) for s in strategies]
        try:
            link = LinkConfig.model_validate({**self.config.link.model_dump(), "strategies": given})
        except ValidationError as error:
            first = error.errors()[0]
            place = ".".join(map(str, first["loc"]))
            raise ConfigError(
                f"{place}: {first['msg']}; expected two of {{'name': …, 'actors': […], 'cues': […]}}"
            ) from error
        return self._build(self.config.model_copy(update={"link": link}))


def load(
    model: str | Path | None = None, *, device: Device | None = None, config: str | Path | RunConfig | None = None
) -> Reader:
    """Load the shipped model, or another.

    Args:
        model: folder that ``lunzheng train`` wrote; default: the shipped weights.
        device: ``auto``, ``cpu`` or ``cuda``.
        config: a YAML file, or its values, as for ``lunzheng run``.

    Raises:
        ModelError: the model folder is absent or damaged.
        ConfigError: a value is wrong, or an explicit GPU is absent.
    """
    if config is None:
        values = RunConfig()
    elif isinstance(config, RunConfig):
        values = config
    else:
        values = read_config(Path(config), RunConfig)
    if device is not None:
        values = values.model_copy(update={"model": values.model.model_copy(update={"device": device})})
    return Reader(values, Path(model) if model is not None else values.model.path or default_model())
