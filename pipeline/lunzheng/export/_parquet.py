"""Parquet through pyarrow, with the metadata by which Hugging Face datasets knows label names."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from lunzheng.export.columns import Column, Columns, Label, Many
from lunzheng.export.rows import Row

_SCALARS = {"string": pa.string(), "int32": pa.int32(), "float64": pa.float64(), "bool": pa.bool_()}


def parquet_bytes(columns: Columns, rows: Iterable[Row]) -> bytes:
    """A table as the bytes of a Parquet file; the same rows give the same bytes.

    Args:
        columns: names and types; labels are stored as int64, the way ``datasets.ClassLabel`` is.
        rows: one mapping per row; labels by name.
    """
    features = json.dumps({"info": {"features": _feature(columns)}}, ensure_ascii=False)
    schema = pa.schema([(name, _arrow(column)) for name, column in columns.items()], {"huggingface": features})
    coded = [{name: _code(column, row[name]) for name, column in columns.items()} for row in rows]
    file = io.BytesIO()
    with pq.ParquetWriter(file, schema, compression="zstd") as writer:
        if coded:  # without rows there must be no row group either: datasets stumbles over an empty one
            writer.write_table(pa.Table.from_pylist(coded, schema=schema))
    return file.getvalue()


def _arrow(column: Column) -> pa.DataType:
    """The Arrow type of a column."""
    if isinstance(column, str):
        return _SCALARS[column]
    if isinstance(column, Label):
        return pa.int64()
    if isinstance(column, Many):
        return pa.list_(_arrow(column.item))
    return pa.struct([(name, _arrow(part)) for name, part in column.items()])


def _feature(column: Column | Columns) -> Any:
    """The column as the ``datasets`` library writes its features; lists in the form that 3.x reads too."""
    if isinstance(column, str):
        return {"dtype": column, "_type": "Value"}
    if isinstance(column, Label):
        return {"names": list(column.names), "_type": "ClassLabel"}
    if isinstance(column, Many):
        return [_feature(column.item)]
    return {name: _feature(part) for name, part in column.items()}


def _code(column: Column, value: Any) -> Any:
    """The value with every label as the index of its name."""
    if value is None or isinstance(column, str):
        return value
    if isinstance(column, Label):
        return column.names.index(value)
    if isinstance(column, Many):
        return [_code(column.item, item) for item in value]
    return {name: _code(part, value[name]) for name, part in _mapping(column).items()}


def _mapping(column: Column) -> Mapping[str, Column]:
    assert isinstance(column, Mapping)
    return column
