"""Short ways to clean a text in tests."""

from __future__ import annotations

import os
from pathlib import Path

from lunzheng.clean import clean_source
from lunzheng.config import CleanConfig
from lunzheng.document import CleanText, InputKind, Source

SHARED = Path(os.environ.get("LUNZHENG_SHARED", Path(__file__).parents[2] / "../shared")) / "articles"
CONFIG = CleanConfig.model_validate({})
# Invented; long enough to pass as an article.
PROSE = "澄骐汽车坚持换电路线，曜程汽车选择超充路线，两家公司的争论持续了整整一年，谁也没有说服谁。"
MORE = "换电站的成本居高不下，每一座都要三百万元；超充桩便宜得多，却让电网承受了更大的压力。"


def clean(
    data: str | bytes, kind: InputKind = "txt", title: str | None = None, config: CleanConfig = CONFIG
) -> CleanText:
    """Clean a text as if it had been read from a file."""
    return clean_source(Source("test", kind, data.encode() if isinstance(data, str) else data, title), config)


def reasons(result: CleanText) -> set[str]:
    """The reasons of all edits."""
    return {e.reason for e in result.edits}


def unaccounted(result: CleanText) -> str:
    """Raw characters that neither a piece nor an edit answers for, white space left out."""
    known = {i for p in result.offsets.pieces for i in range(*p.raw)}
    known |= {i for e in result.edits for i in range(*e.raw_span)}
    return "".join(c for i, c in enumerate(result.raw) if i not in known and not c.isspace())
