"""What a run leaves on disk: safe names, atomic writes, fingerprints and the state to resume from."""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from lunzheng import __version__
from lunzheng.argmap import ArgumentMap
from lunzheng.errors import InputError
from lunzheng.report import DocumentReport, RunReport

MAPS = "maps"
STATE = ".state"
REPORT = "report.json"
STANDARD_INPUT = "stdin"
_NAME_BYTES = 160  # of the 255 that common file systems allow: leaves room for digest, suffix and temporary mark
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


class State(BaseModel):
    """What is remembered of one input between runs."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fingerprint: str
    map_sha256: str
    document: DocumentReport

    def resumed(self) -> DocumentReport:
        """The document's line in the report of a run that skipped it."""
        return self.document.model_copy(update={"resumed": True, "seconds": None})


def sha256_bytes(data: bytes) -> str:
    """SHA-256 of *data*, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def sha256_file(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal.

    Raises:
        InputError: the file cannot be read.
    """
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); give an existing file") from error


def sha256_folder(folder: Path) -> str:
    """SHA-256 over the names and contents of a folder's files; hidden ones do not count.

    Raises:
        InputError: the folder has no file.
    """
    names = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    visible = sorted(n for n in names if not any(part.startswith((".", "__pycache__")) for part in n.split("/")))
    if not visible:
        raise InputError(f"{folder}: expected a folder with files, found none; give a model folder")
    return _sha256_parts(part for name in visible for part in (name.encode(), sha256_file(names[name]).encode()))


def fingerprint(source: bytes, config_sha: str, code_version: str, model_sha: str, *context: str) -> str:
    """What a map depends on, as one hash: equal fingerprints give equal maps.

    Args:
        source: the article's bytes.
        config_sha: of the resolved configuration.
        code_version: of the stages, see :func:`code_stamp`.
        model_sha: of the weights.
        context: whatever else of the source reaches the map (its name, kind, given title).
    """
    return _sha256_parts([source, *(part.encode() for part in (config_sha, code_version, model_sha, *context))])


@cache
def code_stamp() -> str:
    """The package's version and the hash of its modules, so that an edited stage is run again."""
    package = Path(__file__).parent
    modules = sorted(package.rglob("*.py"), key=lambda p: p.relative_to(package).as_posix())
    parts = (p for m in modules for p in (m.relative_to(package).as_posix().encode(), m.read_bytes()))
    return f"{__version__}+{_sha256_parts(parts)[:16]}"


def _sha256_parts(parts: Iterable[bytes]) -> str:
    """One hash of many parts; lengths keep ``ab, c`` apart from ``a, bc``."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


def safe_name(identifier: str) -> str:
    """A file name for any identifier: readable, never a path, and different for different identifiers.

    An identifier that is no plain name gets its unsafe characters replaced and ``~`` with twelve
    digits of its hash; ``~`` itself is unsafe, so a plain name is never taken for such a one.
    """
    name = "".join(c if unicodedata.category(c)[0] in "LN" or c in "-_." else "_" for c in identifier)
    name = name.encode("utf-8")[:_NAME_BYTES].decode("utf-8", "ignore").strip(".") or "_"
    plain = name == identifier == unicodedata.normalize("NFC", identifier) and not _RESERVED.fullmatch(name)
    return name if plain else f"{name}~{sha256_bytes(identifier.encode('utf-8', 'surrogatepass'))[:12]}"


def map_path(out: Path, doc_id: str) -> Path:
    """Where the map of a document stands in an output folder."""
    return out / MAPS / f"{safe_name(doc_id)}.json"


def state_path(out: Path, key: str) -> Path:
    """Where the state of the input called *key* stands in an output folder."""
    return out / STATE / f"{safe_name(key)}.json"


def write_atomic(path: Path, data: bytes | str) -> Path:
    """Write a file beside its place and rename it, so that no reader ever sees half of it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with beside.open("wb") as file:
            file.write(data.encode() if isinstance(data, str) else data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return path


def read_state(out: Path, key: str) -> State | None:
    """The state of an input; None where there is none or it is damaged, so that the input is redone."""
    try:
        return State.model_validate_json(state_path(out, key).read_bytes())
    except (OSError, ValidationError):
        return None


def up_to_date(out: Path, key: str, current: str) -> State | None:
    """The state of an input whose map needs no redoing; else None.

    Args:
        out: the output folder.
        key: the input's name, as :func:`save_map` was given it.
        current: the input's fingerprint now.
    """
    state = read_state(out, key)
    if state is None or state.fingerprint != current or state.document.map is None:
        return None
    try:
        intact = sha256_bytes((out / state.document.map).read_bytes()) == state.map_sha256
    except OSError:
        return None
    return state if intact else None


def save_map(out: Path, key: str, current: str, argument_map: ArgumentMap, document: DocumentReport) -> Path:
    """Write a map, then the state that lets the next run skip it.

    Args:
        out: the output folder.
        key: the input's name; a later run of the same input replaces what this one left.
        current: the input's fingerprint.
        argument_map: the map.
        document: its line of the report; the map's place is filled in.
    """
    path = map_path(out, argument_map.document.id)
    relative = path.relative_to(out).as_posix()
    forget(out, key, keep=relative)
    text = argument_map.to_json()
    write_atomic(path, text)
    entry = document.model_copy(update={"map": relative})
    state = State(fingerprint=current, map_sha256=sha256_bytes(text.encode()), document=entry)
    write_atomic(state_path(out, key), state.model_dump_json(indent=1) + "\n")
    return path


def forget(out: Path, key: str, *, keep: str | None = None) -> None:
    """Remove an input's state and its map (unless it is *keep*): it failed, or is made again."""
    state = read_state(out, key)
    state_path(out, key).unlink(missing_ok=True)
    old = state.document.map if state else None
    if old is None or old == keep or Path(old).parent != Path(MAPS):
        return
    if not any(_map_of(other) == old for other in (out / STATE).glob("*.json")):
        (out / old).unlink(missing_ok=True)


def _map_of(state_file: Path) -> str | None:
    try:
        return str(json.loads(state_file.read_bytes())["document"]["map"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def map_files(out: Path) -> tuple[Path, ...]:
    """The maps of an output folder, in order of their names."""
    return tuple(sorted((out / MAPS).glob("[!.]*.json")))


def write_report(out: Path, report: RunReport) -> Path:
    """Write a run's report into its output folder."""
    return write_atomic(out / REPORT, report.to_json())


def standard_input_path(out: Path, name: str) -> Path:
    """Where the copy of standard input that a source is called after stands in an output folder."""
    return out / STANDARD_INPUT / safe_name(name.rsplit(":", 1)[-1])
