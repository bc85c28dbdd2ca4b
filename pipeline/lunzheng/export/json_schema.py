"""The JSON schema of an argument map, generated from the models."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from lunzheng.argmap import SCHEMA_VERSION, ArgumentMap
from lunzheng.store import write_atomic

SCHEMA_FILE = "argument-map.schema.json"


def map_schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) that every map satisfies."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "version": SCHEMA_VERSION}
    return head | ArgumentMap.model_json_schema()


def schema_text() -> str:
    """The schema as the text of its file in ``docs/schema``."""
    return json.dumps(map_schema(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def write_schema(folder: Path) -> Path:
    """Write the schema into *folder*."""
    return write_atomic(folder / SCHEMA_FILE, schema_text())


if __name__ == "__main__":
    print(write_schema(Path(sys.argv[1] if len(sys.argv) > 1 else "docs/schema")))
