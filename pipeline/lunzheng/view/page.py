"""Assets and data to one HTML file that can run nothing but our own scripts."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Any

# Inside a script element these could end it, open a comment or break a line.
_UNSAFE = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
_SLOT = re.compile(r"\{\{(\w+)\}\}")
_SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)


def embed_json(data: object) -> str:
    """*data* as JSON that stays inside a ``<script>`` element whatever its strings say."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")).translate(_UNSAFE)


def page(template: str, styles: Sequence[str], scripts: Sequence[str], title: str, data: Mapping[str, Any]) -> str:
    """One page.

    Args:
        template: name of the HTML asset.
        styles: names of the CSS assets.
        scripts: names of the JavaScript assets, in the order in which they run.
        title: of the window; plain words.
        data: what the scripts find in the element ``data``.
    """
    style = "".join(map(_asset, styles))
    programs = [_SOURCE_MAP.sub("", _asset(name)) for name in scripts]
    slots = {
        "csp": _policy(style, programs),
        "title": html.escape(title),
        "style": f"<style>{style}</style>",
        "data": f'<script type="application/json" id="data">{embed_json(data)}</script>',
        "scripts": "\n".join(f"<script>{program}</script>" for program in programs),
    }
    # One pass, so that words of the article that look like a slot stay words.
    return _SLOT.sub(lambda match: slots[match[1]], _asset(template))


def _policy(style: str, programs: Sequence[str]) -> str:
    """Content security policy: only these very scripts and styles, and no connection to anywhere."""
    allowed = " ".join(f"'{_digest(program)}'" for program in programs)
    return (
        f"default-src 'none'; script-src {allowed}; style-src '{_digest(style)}'; "
        "base-uri 'none'; form-action 'none'; img-src 'none'; connect-src 'none'"
    )


def _digest(code: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()


@cache
def _asset(name: str) -> str:
    return (resources.files("lunzheng.view") / "assets" / name).read_text(encoding="utf-8")
