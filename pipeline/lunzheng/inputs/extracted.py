"""Text taken out of a DOCX or PDF file, in a process of its own.

Such files are programs as much as texts: a small one can unpack to gigabytes or keep a reader busy for
hours. The child has bounds on time and memory that no input can move.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from lunzheng.errors import InputError

_SECONDS = 120  # wall clock; 500 pages took 4 on the build machine
_MEMORY = 2 << 30  # bytes of address space
_PACKAGE_ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Extracted:
    """The text of a file, and the title where the file names one that its text shows."""

    text: str
    title: str | None = None


def extract(
    data: bytes, name: str, kind: Literal["docx", "pdf"], max_bytes: int, seconds: float = _SECONDS
) -> Extracted:
    """The text of a DOCX or PDF file.

    Args:
        data: the file.
        name: its path, for messages.
        kind: which reader to use.
        max_bytes: size limit of an article.
        seconds: longest time that the reader may take.

    Raises:
        InputError: the file is damaged, has a password, holds no text, or takes too much time or memory.
    """
    places = [str(_PACKAGE_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(places)}
    command = [sys.executable, "-m", "lunzheng.inputs.extract_child", kind, str(max_bytes), name]
    try:
        child = subprocess.run(command, input=data, capture_output=True, timeout=seconds, env=environment, check=False)
        answer = json.loads(child.stdout)
    except subprocess.TimeoutExpired as error:
        raise InputError(
            f"{name}: expected a file that is read within {seconds:g} seconds, found one that is not; "
            "save its text as .txt"
        ) from error
    except ValueError as error:
        last = child.stderr.decode(errors="replace").strip().rsplit("\n", 1)[-1][:200]
        raise InputError(f"{name}: its reader broke off ({last or child.returncode}); save its text as .txt") from error
    if "error" in answer:
        raise InputError(str(answer["error"]))
    return Extracted(str(answer["text"]), answer["title"])


def bound_this_process() -> None:
    """Bound the memory of the process, where the system can."""
    try:
        import resource
    except ImportError:  # Windows: the time limit alone must do
        return
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    most = _MEMORY if hard == resource.RLIM_INFINITY else min(_MEMORY, hard)
    with suppress(ValueError, OSError):  # macOS knows the limit but does not take it
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))
