"""The child of `extracted`: a file on standard input, its text as JSON on standard output."""

from __future__ import annotations

import json
import sys

from lunzheng.errors import InputError
from lunzheng.inputs.extracted import Extracted, bound_this_process
from lunzheng.inputs.names import shown_name, without_surrogates


def main(kind: str, max_bytes: int, name: str) -> None:
    """Read one file and answer; a failure is an answer, too."""
    bound_this_process()
    try:
        found = _read(kind, sys.stdin.buffer.read(), name, max_bytes)
        answer: dict[str, str | None] = {"text": without_surrogates(found.text), "title": found.title}
    except InputError as error:
        answer = {"error": str(error)}
    except (MemoryError, RecursionError) as error:
        what = "more memory than a document needs" if isinstance(error, MemoryError) else "endless nesting"
        answer = {"error": f"{shown_name(name)}: expected a document, found {what}; save its text as .txt"}
    sys.stdout.write(json.dumps(answer))


def _read(kind: str, data: bytes, name: str, max_bytes: int) -> Extracted:
    if kind == "docx":
        from lunzheng.inputs._docx import read_docx

        return read_docx(data, name, max_bytes)
    from lunzheng.inputs._pdf import read_pdf

    return read_pdf(data, name, max_bytes)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
