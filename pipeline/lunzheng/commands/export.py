"""``lunzheng export``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.markup import escape

from lunzheng.argmap import ArgumentMap, read_map
from lunzheng.errors import ConfigError, InputError, LunzhengError
from lunzheng.export.formats.exported import Exported
from lunzheng.export.formats.registry import FORMATS, Format
from lunzheng.store import MAPS, map_files, safe_name, write_atomic
from lunzheng.verify import verify_map


def export_command(paths: Sequence[Path], to: str, out: Path) -> int:
    """Write maps in the format of another tool; a map that cannot be written does not stop the others.

    Args:
        paths: JSON files of maps, output folders of runs.
        to: a name in :data:`FORMATS`.
        out: folder to write; or the one file, where there is one map and *out* ends as the format's files do.

    Returns:
        0 when every map was written, 1 otherwise.

    Raises:
        ConfigError: the format is unknown.
        InputError: a folder has no maps, or *out* is no place for them.
    """
    if to not in FORMATS:
        raise ConfigError(f"--to: expected one of {', '.join(FORMATS)}, found {to!r}; docs/exports.md tells them apart")
    files = _files(paths)
    writer = _Writer(FORMATS[to], out, alone=_is_file(FORMATS[to], out, len(files)))
    maps = [found for file in files if (found := writer.read(file)) is not None]
    writer.write(maps)
    Console().print(escape(f"{out}: {writer.n_written} maps as {to}"), highlight=False, soft_wrap=True)
    return 1 if writer.n_problems else 0


def _files(paths: Sequence[Path]) -> list[Path]:
    """The files of maps, each once, in the order in which they are named."""
    found: dict[Path, Path] = {}
    for path in paths:
        inside = map_files(path) if path.is_dir() else (path,)
        if not inside:
            raise InputError(f"{path / MAPS}: expected the maps of a run, found none; give the --out of `lunzheng run`")
        for file in inside:
            found.setdefault(file.resolve(), file)
    return list(found.values())


def _is_file(target: Format, out: Path, n_maps: int) -> bool:
    """Whether *out* names the one file to write rather than a folder."""
    if out.is_dir():
        return False
    if out.exists() and (n_maps > 1 or target.folder is not None):
        raise InputError(f"{out}: expected a folder to write to, found a file; name another --out")
    named = target.folder is None and out.suffix == Path(f"x{target.suffix}").suffix
    if named and n_maps > 1:
        raise InputError(f"{out}: expected a folder for {n_maps} maps, found the name of a file; name a folder")
    return named or out.exists()


@dataclass
class _Writer:
    """Writes maps in one format, and tells what could not be written."""

    format: Format
    out: Path
    alone: bool
    n_written: int = 0
    n_problems: int = 0
    _stems: dict[str, Path] = field(default_factory=dict)

    def read(self, file: Path) -> ArgumentMap | None:
        """The map in a file; None where there is none, or one that is not sound or has the id of another."""
        with self._going_on(file):
            found = read_map(file)
            wrong = verify_map(found)
            if wrong:
                more = f" (and {len(wrong) - 1} more)" if wrong[1:] else ""
                raise InputError(f"{file}: expected a sound map; {wrong[0]}{more}; make the map again")
            other = self._stems.setdefault(safe_name(found.document.id), file)
            if other is not file:
                raise InputError(f"{file}: {other} has the same id, {found.document.id!r}; export one of them")
            return found
        return None

    def write(self, maps: Sequence[ArgumentMap]) -> None:
        """Write the files of each map, then those of the folder."""
        one, folder = self.format.one, self.format.folder
        for argument_map in maps:
            stem = safe_name(argument_map.document.id)
            if one is not None:
                with self._going_on(stem):
                    self._write_one(one(argument_map), stem)
                    self.n_written += 1
        if folder is not None and maps:
            with self._going_on(self.out):
                self._write_folder(folder(maps))
                self.n_written += len(maps) if one is None else 0

    def _write_one(self, exported: Exported, stem: str) -> None:
        files = {self.out if self.alone else self.out / f"{stem}{s}": c for s, c in exported.files.items()}
        self._save(files)
        for what in exported.left_out:
            self._tell(f"{stem}: {what}", "left out")

    def _write_folder(self, exported: Exported) -> None:
        files = {self.out / name: content for name, content in exported.files.items()}
        # Settings of a tool are the same for all maps: those of an earlier export serve.
        self._save({path: content for path, content in files.items() if not _holds(path, content)})

    def _save(self, files: Mapping[Path, str | bytes]) -> None:
        for path in files:
            if path.exists():
                raise InputError(f"{path}: exists already; name another --out, or remove it first")
        for path, content in files.items():
            write_atomic(path, content)

    @contextmanager
    def _going_on(self, place: object) -> Iterator[None]:
        """Tell what fails inside, and go on after it."""
        try:
            yield
            return
        except LunzhengError as error:
            message = str(error)
        except OSError as error:
            message = f"{place}: cannot be written ({error.strerror}); name another --out"
        except Exception as error:  # a defect of ours must not cost the user the other maps
            message = f"{place}: unexpected {type(error).__name__}: {error}; please report this with the map"
        self.n_problems += 1
        self._tell(message, "error")

    def _tell(self, message: str, kind: str) -> None:
        colour = "red" if kind == "error" else "yellow"
        Console(stderr=True).print(f"[{colour}]{kind}[/] {escape(message)}", highlight=False, soft_wrap=True)


def _holds(path: Path, content: str | bytes) -> bool:
    return path.is_file() and path.read_bytes() == (content.encode() if isinstance(content, str) else content)
