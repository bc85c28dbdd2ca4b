"""The generated schema, and the contract that maps are held to."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

import maps
from lunzheng.argmap import ArgumentMap
from lunzheng.export.json_schema import SCHEMA_FILE, map_schema, schema_text, write_schema

IN_REPOSITORY = Path(__file__).parents[2] / "docs" / "schema" / SCHEMA_FILE
CONTRACT = Path(os.environ.get("LUNZHENG_SHARED", "../shared")) / "contract" / SCHEMA_FILE
EXAMPLES = [maps.contrast_example(), maps.plain_example(), maps.empty_example(), maps.hostile_example()]


def contract() -> Any:
    if not CONTRACT.is_file():
        pytest.skip(f"no contract at {CONTRACT}")
    return json.loads(CONTRACT.read_text(encoding="utf-8"))


def test_schema_in_the_repository_is_in_step() -> None:
    expected = IN_REPOSITORY.read_text(encoding="utf-8")
    assert expected == schema_text(), "run: python -m lunzheng.export.json_schema docs/schema"


def test_schema_is_valid_and_written_as_given(tmp_path: Path) -> None:
    jsonschema.Draft202012Validator.check_schema(map_schema())
    assert write_schema(tmp_path).read_text(encoding="utf-8") == schema_text()


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: e.map.document.id[:5])
def test_maps_satisfy_the_contract(example: maps.Example) -> None:
    jsonschema.validate(json.loads(example.map.to_json()), contract())


@settings(max_examples=30, deadline=None)
@given(maps.argument_maps())
def test_all_maps_satisfy_both_schemas(example: maps.Example) -> None:
    value = json.loads(example.map.to_json())
    jsonschema.validate(value, map_schema())
    if CONTRACT.is_file():
        jsonschema.validate(value, contract())
    assert ArgumentMap.model_validate_json(example.map.to_json()) == example.map


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("nodes", 0, "type"), "opinion"),
        (("nodes", 0, "confidence"), 1.5),
        (("edges", 0, "type"), "undercuts"),
        (("nodes", 0, "span"), [0]),
        (("document", "script"), "Latn"),
        (("contrast",), None),
    ],
)
def test_schema_refuses_what_the_contract_refuses(path: tuple[Any, ...], value: Any) -> None:
    broken = json.loads(maps.contrast_example().map.to_json())
    place = broken
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(broken, map_schema())
    if CONTRACT.is_file():
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(broken, contract())
