"""Characters that nobody sees: controls, zero-width signs, direction marks."""

from __future__ import annotations

import re

from lunzheng.clean.draft import Change, Draft

# Private-use characters stay: they can be what is left of a damaged character (see mojibake).
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e01ef]+"
)


def drop_invisible(draft: Draft) -> Draft:
    """Drop control and zero-width characters; white space is left alone."""
    found = _INVISIBLE.finditer(draft.text)
    return draft.apply(Change(m.start(), m.end(), "", "invisible characters") for m in found)
