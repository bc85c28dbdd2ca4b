"""Damaged characters: mended where one reading is clearly right, marked where none is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lunzheng.clean import gbk
from lunzheng.clean.characters import CJK_PUNCTUATION, HAN, USUAL
from lunzheng.clean.draft import Change, Draft
from lunzheng.clean.glosses import SYLLABLE
from lunzheng.clean.lost_byte import Witness, restore
from lunzheng.clean.shifted import ByteRun, read_run
from lunzheng.document import Edit
from lunzheng.offsets import OffsetMap
from lunzheng.spans import Span

REASON = "GBK read one byte off"
_TRIGGER = re.compile(r"\?(?=\S)")
_CUT_GLOSS = rf"\?{SYLLABLE}\)"
_REMAINS = re.compile(
    rf"{_CUT_GLOSS}|\?[!-/:;][^\x00-\x7f]*[\ue000-\uf8ff\u0370-\u04ff\u3040-\u312f]|[\ue000-\uf8ff\ufffd]+"
    rf"|(?:锟斤拷|锟斤|烫烫烫)+|(?<=[{HAN}])[\u3105-\u312f\u0370-\u04ff](?=[{HAN}])"
)
_FIRST = re.compile("[?\ue000-\uf8ff\ufffd锟烫\u3105-\u312f\u0370-\u04ff]")  # what remains can begin with
_SURE = 2.0  # lead over the next best reading without a second look
_LIKELY = 0.9
_MIN_PLAIN = 8  # bytes of a run that must be judged by how usual its characters are
_MAX_TRIES = 2_000  # question marks looked at; a page with more is no article
_CLEARLY = 0.4  # how much more of the mended text must be usual characters
# Greek, Cyrillic, kana, bopomofo, enclosed numbers and private use: what shifted pairs turn into.
_ODD = re.compile("[\u0370-\u04ff\u2460-\u24ff\u2500-\u257f\u3040-\u312f\ue000-\uf8ff]")


def mend_shifted(draft: Draft) -> Draft:
    """Mend stretches that have one clearly right reading; glosses must still be in the text."""
    return draft.apply(_mended(draft.text, _SURE))


def mend_shifted_by_context(draft: Draft) -> Draft:
    """Mend what is left where one reading is likelier than all others."""
    return draft.apply(_mended(draft.text, _LIKELY))


def _mended(text: str, least_lead: float) -> Iterator[Change]:
    witness = Witness(text)
    position = n_tries = 0
    for trigger in _TRIGGER.finditer(text):
        if trigger.start() < position:
            continue
        n_tries += 1
        if n_tries > _MAX_TRIES:
            return
        found = _best(text, trigger.start(), witness)
        if found and found[2] >= least_lead:
            run, words, _ = found
            yield Change(run.start, run.end, words, REASON)
            position = run.end


def _best(text: str, start: int, witness: Witness) -> tuple[ByteRun, str, float] | None:
    followed_by_sign = "!" <= text[start + 1] <= "~"
    for full_width in (True, False) if followed_by_sign else (False,):
        run = read_run(text, start, full_width=full_width)
        if run is None:
            continue
        shown = text[run.start + 1 : run.end]
        odd = _is_damaged(shown, run)
        if not odd and len(run.values) < _MIN_PLAIN:
            continue
        found = restore(run, witness, text[run.end : run.end + 1])
        if found and (odd or _share_usual(found[0]) >= _share_usual(shown) + _CLEARLY):
            return run, *found
    return None


def _is_damaged(shown: str, run: ByteRun) -> bool:
    """Whether what stands there cannot be meant: half a gloss, or characters foreign to Chinese."""
    return bool(run.n_cut_glosses or _ODD.search(shown) or _n_unknown_han(shown) >= 2)


def _share_usual(words: str) -> float:
    wide = [c for c in words if c > "\x7f"]
    return sum(c in USUAL or c in CJK_PUNCTUATION for c in wide) / max(1, len(wide))


def _n_unknown_han(shown: str) -> int:
    return sum("\u3400" <= c <= "\u9fff" and not gbk.is_sound(c) for c in shown)


def suspects(text: str) -> list[Span]:
    """Stretches that look damaged."""
    if not _FIRST.search(text):
        return []
    return [Span(*m.span()) for m in _REMAINS.finditer(text)]


def mark_suspects(draft: Draft) -> Draft:
    """Put an edit on record for what still looks damaged; the text keeps it."""
    found = suspects(draft.text)
    offsets = OffsetMap(draft.pieces)
    return draft.note(Edit(offsets.to_raw(s), "suspect", s.of(draft.text)) for s in found)
