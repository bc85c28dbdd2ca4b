"""``docs/configuration.md``, written from the descriptions in the configuration's types.

``python -m lunzheng.export.config_page docs/configuration.md`` writes it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from lunzheng.config import GivenStrategy, RunConfig
from lunzheng.store import write_atomic

_HEAD = """# Configuration of a run

Written by `python -m lunzheng.export.config_page`; do not edit. Values go into a YAML file that `lunzheng run --config`
reads; `configs/run.yaml` holds them all with their defaults. An unknown key is an error.
"""


def config_page() -> str:
    """The page as Markdown."""
    parts = [_HEAD]
    for name, field in RunConfig.model_fields.items():
        section = field.annotation
        assert isinstance(section, type)
        assert issubclass(section, BaseModel)
        parts.append("\n".join([f"## {name}", "", (section.__doc__ or "").strip(), "", *_table(section)]))
    parts.append("\n".join(["## link.strategies", "", "Two entries, each with:", "", *_table(GivenStrategy)]))
    return "\n\n".join(parts) + "\n"


def _table(section: type[BaseModel]) -> Iterator[str]:
    yield "| key | type | default | meaning |"
    yield "| --- | --- | --- | --- |"
    for name, field in section.model_fields.items():
        yield f"| `{name}` | {_type(field)} | {_default(field)} | {field.description or ''} |"


def _type(field: FieldInfo) -> str:
    annotation = field.annotation
    text = annotation.__name__ if isinstance(annotation, type) else str(annotation)
    return (
        "`"
        + text.replace("typing.", "").replace("lunzheng.config.", "").replace("pathlib.", "").replace("|", "or")
        + "`"
    )


def _default(field: FieldInfo) -> str:
    return "required" if field.is_required() else f"`{field.get_default()!r}`"


if __name__ == "__main__":
    write_atomic(Path(sys.argv[1]), config_page())
