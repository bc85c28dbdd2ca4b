"""Run configuration: pydantic models with described fields; YAML sets values only."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Literal, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from lunzheng.errors import ConfigError

Device = Literal["auto", "cpu", "cuda"]
ModelT = TypeVar("ModelT", bound=BaseModel)


class Section(BaseModel):
    """Base of all configuration sections: unknown keys are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class CleanConfig(Section):
    """How bytes become article text."""

    encoding: str | None = Field(None, description="force this encoding instead of detecting one")
    text_column: str = Field("text", description="key or column that holds the article in JSONL, CSV and Parquet")
    title_column: str = Field("title", description="key or column that holds the title in JSONL, CSV and Parquet")
    max_bytes: int = Field(
        20_000_000, gt=0, description="largest article that is read: a file, or one record of JSONL, CSV or Parquet"
    )
    max_characters: int = Field(500_000, gt=0, description="longest cleaned article that is mapped; a book is longer")
    drop_duplicates: bool = Field(True, description="drop the second copy of an article inside one page")


class DuplicatesConfig(Section):
    """Near-duplicate articles of one run."""

    merge: bool = Field(True, description="map only the longest of articles that say the same, and name the others")
    threshold: float = Field(
        0.7, gt=0, le=1, description="least share of character 5-grams that two copies have in common (Jaccard)"
    )


class SegmentConfig(Section):
    """How text is cut into sentences."""

    backend: Literal["spacy", "hanlp"] = Field("spacy", description="sentence splitter; both work offline")


class ModelConfig(Section):
    """Which weights extract, and where they run."""

    path: Path | None = Field(None, description="model folder; default: the weights shipped with lunzheng")
    device: Device = Field("auto", description="auto takes a GPU when there is one; cuda without a GPU is an error")
    batch_windows: int = Field(4, ge=1, description="windows encoded at once")


class GivenStrategy(Section):
    """A strategy that the user names instead of having it found."""

    name: str = Field(min_length=1, description="the article's own short word for it")
    actors: tuple[str, ...] = Field((), description="organisations that pursue it, as named in the text")
    cues: tuple[str, ...] = Field((), description="other words by which the text means it")


class LinkConfig(Section):
    """How units become a map."""

    strategies: tuple[GivenStrategy, GivenStrategy] | None = Field(
        None, description="the two strategies to contrast; default: found in each article"
    )
    min_confidence: float = Field(0.0, ge=0, le=1, description="leave out units, relations and causes below this")
    time_limit_s: float = Field(10.0, gt=0, description="longest time the exact linking may take per article")


class RunConfig(Section):
    """Everything that ``lunzheng run`` can be told."""

    clean: CleanConfig = Field(default_factory=CleanConfig)
    duplicates: DuplicatesConfig = Field(default_factory=DuplicatesConfig)
    segment: SegmentConfig = Field(default_factory=SegmentConfig)
    model: ModelConfig = Field(default_factory=ModelConfig)
    link: LinkConfig = Field(default_factory=LinkConfig)

    def fingerprint(self) -> str:
        """SHA-256 of the resolved values that can change a map (not where it runs or lies)."""
        values = self.model_dump_json(exclude={"model": True})
        return hashlib.sha256(values.encode()).hexdigest()


def read_config(path: Path, schema: type[ModelT]) -> ModelT:
    """Read a YAML file of plain values into *schema*.

    Raises:
        ConfigError: the file is absent, not YAML, or has an unknown key or a bad value.
    """
    try:
        values = yaml.safe_load(path.read_text(encoding="utf-8")) or {}
        return schema.model_validate(values)
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read ({error.strerror}); give an existing YAML file") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid YAML in UTF-8: {' '.join(str(error).split())}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise ConfigError(f"{path}: at {place}: {first['msg']}; see docs/configuration.md") from error
