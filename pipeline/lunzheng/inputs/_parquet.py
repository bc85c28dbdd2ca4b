"""pyarrow behind one function: the rows of a Parquet file, a few at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lunzheng.errors import InputError

_ROWS = 8  # in memory at once
_MOST_EXPANDED = 64  # times max_bytes: what one column of one row group may hold when it is unpacked


def read_rows(path: Path, name: str, columns: tuple[str, ...], max_bytes: int) -> Iterator[dict[str, Any]]:
    """The rows as values by column, those of *columns* that the file has.

    Args:
        path: a Parquet file.
        name: the file, for messages.
        columns: wanted columns, the one that must be there first.
        max_bytes: size limit of an article.

    Raises:
        InputError: the file is no Parquet, is damaged, lacks the first column, or unpacks to far more
            than articles do.
    """
    import pyarrow
    import pyarrow.parquet

    try:
        with pyarrow.parquet.ParquetFile(path) as file:
            there = set(file.schema_arrow.names)
            if columns[0] not in there:
                names = ", ".join(sorted(there)[:12]) or "no columns"
                raise InputError(f"{name}: expected a column {columns[0]!r}, found {names}; set clean.text_column")
            wanted = [c for c in columns if c in there]
            _check_size(file.metadata, wanted, name, max_bytes)
            for batch in file.iter_batches(batch_size=_ROWS, columns=wanted, use_threads=False):
                values = [[_value(cell) for cell in batch.column(c)] for c in wanted]
                for row in zip(*values, strict=True):
                    yield dict(zip(wanted, row, strict=True))
    except (pyarrow.ArrowException, OverflowError) as error:
        raise InputError(f"{name}: cannot be read as Parquet ({str(error)[:200]}); write the file anew") from error


def _check_size(metadata: Any, columns: list[str], name: str, max_bytes: int) -> None:
    for group in range(metadata.num_row_groups):
        row_group = metadata.row_group(group)
        for index in range(row_group.num_columns):
            column = row_group.column(index)
            if column.path_in_schema in columns and column.total_uncompressed_size > _MOST_EXPANDED * max_bytes:
                raise InputError(
                    f"{name}: expected at most {_MOST_EXPANDED * max_bytes} bytes in a row group of "
                    f"{column.path_in_schema!r}, found {column.total_uncompressed_size}; write smaller row groups"
                )


def _value(cell: Any) -> Any:
    """A cell as Python sees it; text that is no UTF-8 is decoded with signs for what is lost."""
    try:
        return cell.as_py()
    except UnicodeDecodeError:
        return cell.as_buffer().to_pybytes().decode("utf-8", "replace")
