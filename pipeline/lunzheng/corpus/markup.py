"""The plain-text mark-up of the labelled corpus: read it into spans, write spans as mark-up.

A file is a YAML head between ``---`` lines, then one paragraph a line. Argument units stand in
the text as ``[7|words]``; the lines under a paragraph that begin with ``%`` carry its labels::

    [1|去年它关掉了三百家门店]，[2|说明扩张已经到头]。
    % 1 evidence A cost supports 2
    % 2 claim A cost central contrasts 5
    %c 平台补贴 | 让 | 商家涌入 | consequence facilitate

``%c`` lines give cause, connective (``-`` for none), effect, kind and polarity; the words are looked
up in the paragraph above, and ``words#2`` means their second occurrence there. A backslash
before ``[``, ``]``, ``|``, ``%`` or ``\\`` makes the sign part of the text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import yaml
from pydantic import ValidationError

from lunzheng.corpus.article import (
    ArticleMeta,
    LabelledArticle,
    LabelledCausal,
    LabelledLink,
    LabelledUnit,
)
from lunzheng.errors import CorpusError
from lunzheng.labels import CAUSAL_KINDS, FACETS, LINK_TYPES, POLARITIES, SIDES, UNIT_TYPES
from lunzheng.spans import Span

_OPEN = re.compile(r"\[(\d+)\|")
_QUOTE = re.compile(r"^(.*?)(?:#(\d+))?$", re.DOTALL)
_SEPARATOR = "\n\n"


@dataclass
class _Draft:
    """What has been read of an article so far."""

    where: str
    text: str = ""
    paragraphs: list[Span] = field(default_factory=list)
    spans: dict[int, Span] = field(default_factory=dict)
    lines: dict[int, int] = field(default_factory=dict)  # of each unit: its bracket, then its label line
    units: dict[int, LabelledUnit] = field(default_factory=dict)
    links: list[LabelledLink] = field(default_factory=list)
    causals: list[LabelledCausal] = field(default_factory=list)

    def fail(self, line: int, message: str) -> CorpusError:
        return CorpusError(f"{self.where}:{line}: {message}")


def read_article(source: str, where: str = "<text>") -> LabelledArticle:
    """Compile marked-up text to spans.

    Args:
        source: the file's whole content.
        where: the file's name, for messages.

    Raises:
        CorpusError: the head or a line breaks the mark-up; names file and line.
    """
    draft = _Draft(where)
    head, body, first_line = _split_head(source, draft)
    try:
        meta = ArticleMeta.model_validate(head)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise draft.fail(1, f"head field {place!r}: {first['msg']}") from error
    _add_paragraph(draft, meta.title)
    for line_number, line in enumerate(body, first_line):
        if not line.strip():
            continue
        if line.startswith("%c"):
            draft.causals.append(_read_causal(line, draft, line_number))
        elif line.startswith("%"):
            _read_unit_line(line, draft, line_number)
        else:
            _read_paragraph(line.strip(), draft, line_number)
    _finish(draft)
    return LabelledArticle(
        meta=meta,
        text=draft.text,
        paragraphs=tuple(draft.paragraphs),
        units=tuple(sorted(draft.units.values(), key=lambda u: u.span)),
        links=tuple(sorted(draft.links, key=lambda x: (x.source, x.type, x.target))),
        causals=tuple(sorted(draft.causals, key=lambda c: (c.cause, c.effect))),
    )


def line_of(source: str, article: LabelledArticle, offset: int | None) -> int:
    """The line of the mark-up that holds a place of the article's text; 1 for the article as a whole.

    Args:
        source: the file's content that was read as *article*.
        article: what was read.
        offset: code point of the article's text.
    """
    if offset is None:
        return 1
    _, body, first_line = _split_head(source, _Draft("<text>"))
    lines = [n for n, line in enumerate(body, first_line) if line.strip() and not line.startswith("%")]
    index = max(i for i, p in enumerate(article.paragraphs) if p.start <= offset)
    return lines[index - 1] if index else 1


def _split_head(source: str, draft: _Draft) -> tuple[dict[str, Any], list[str], int]:
    lines = source.lstrip("\ufeff").split("\n")
    ends = [i for i, line in enumerate(lines) if line.rstrip() == "---"]
    if len(ends) < 2 or ends[0] != 0:
        raise draft.fail(1, "expected a YAML head between two '---' lines at the top of the file")
    try:
        head = yaml.safe_load("\n".join(lines[1 : ends[1]]))
    except yaml.YAMLError as error:
        raise draft.fail(1, f"the head is not valid YAML: {error}") from error
    if not isinstance(head, dict):
        raise draft.fail(1, "the head must be 'key: value' lines")
    head = {key: str(value) if key == "date" else value for key, value in head.items()}
    return head, lines[ends[1] + 1 :], ends[1] + 2


def _add_paragraph(draft: _Draft, text: str) -> Span:
    start = len(draft.text) + (len(_SEPARATOR) if draft.text else 0)
    draft.text += (_SEPARATOR if draft.text else "") + text
    span = Span(start, start + len(text))
    draft.paragraphs.append(span)
    return span


def _read_paragraph(line: str, draft: _Draft, line_number: int) -> None:
    plain: list[str] = []
    found: list[tuple[int, int, int]] = []
    open_unit: tuple[int, int] | None = None
    i = 0
    while i < len(line):
        char = line[i]
        if char == "\\" and line[i + 1 : i + 2] in tuple("[]|%\\"):
            plain.append(line[i + 1])
            i += 2
            continue
        match = _OPEN.match(line, i) if char == "[" else None
        if match:
            if open_unit:
                raise draft.fail(line_number, f"unit {match[1]} opens inside unit {open_unit[0]}; close it with ]")
            open_unit = (int(match[1]), len(plain))
            i = match.end()
            continue
        if char in "[]":
            if char == "[" or open_unit is None:
                raise draft.fail(
                    line_number, f"stray {char!r}; write \\{char} for the sign itself, or [7|words] for a unit"
                )
            found.append((*open_unit, len(plain)))
            open_unit = None
        else:
            plain.append(char)
        i += 1
    if open_unit:
        raise draft.fail(line_number, f"unit {open_unit[0]} is not closed with ] in its paragraph")
    base = _add_paragraph(draft, "".join(plain)).start
    for number, start, end in found:
        if number in draft.spans:
            raise draft.fail(line_number, f"unit number {number} is used twice")
        draft.spans[number] = Span(base + start, base + end)
        draft.lines[number] = line_number


def _read_unit_line(line: str, draft: _Draft, line_number: int) -> None:
    words = line[1:].split()
    if len(words) < 4 or not words[0].isdecimal():
        raise draft.fail(
            line_number, "expected '% NUMBER TYPE SIDE FACET [central] [supports N] [attacks N] [contrasts N]'"
        )
    number = int(words[0])
    if number not in draft.spans:
        raise draft.fail(line_number, f"unit {number} has labels but no [{number}|words] above them")
    if number in draft.units:
        raise draft.fail(line_number, f"unit {number} has two label lines")
    for word, allowed in zip(words[1:4], (UNIT_TYPES, SIDES, FACETS), strict=True):
        if word not in allowed:
            raise draft.fail(line_number, f"found {word!r}; expected one of {', '.join(allowed)}")
    draft.lines[number] = line_number
    rest = words[4:]
    central = "central" in rest[:1]
    draft.units[number] = LabelledUnit(
        number=number,
        span=draft.spans[number],
        type=words[1],
        side=words[2],
        facet=words[3],
        central=central,
    )
    _read_links(rest[1:] if central else rest, number, draft, line_number)


def _read_links(words: list[str], source: int, draft: _Draft, line_number: int) -> None:
    link_type = None
    for word in words:
        if word in LINK_TYPES:
            link_type = word
        elif word.isdecimal() and link_type:
            draft.links.append(LabelledLink(source=source, target=int(word), type=link_type))
        else:
            raise draft.fail(line_number, f"found {word!r}; expected one of {', '.join(LINK_TYPES)} and a unit number")


def _read_causal(line: str, draft: _Draft, line_number: int) -> LabelledCausal:
    fields = [part.strip() for part in re.split(r"(?<!\\)\|", line[2:])]
    if len(fields) != 4 or len(fields[3].split()) != 2:
        raise draft.fail(line_number, "expected '%c CAUSE | CONNECTIVE or - | EFFECT | KIND POLARITY'")
    kind, polarity = fields[3].split()
    if kind not in CAUSAL_KINDS or polarity not in POLARITIES:
        raise draft.fail(
            line_number,
            f"found {kind!r} {polarity!r}; expected a kind of {', '.join(CAUSAL_KINDS)} and {' or '.join(POLARITIES)}",
        )
    cause = _locate_one(fields[0], draft, line_number)
    effect = _locate_one(fields[2], draft, line_number)
    connective = None
    if fields[1] != "-":
        connective = min(_locate(fields[1], draft, line_number), key=lambda s: (s.gap(cause) + s.gap(effect), s.start))
    return LabelledCausal(
        cause=cause,
        effect=effect,
        connective=connective,
        kind=kind,
        polarity=polarity,
    )


def _locate(quote: str, draft: _Draft, line_number: int) -> list[Span]:
    match = _QUOTE.match(quote)
    words, nth = (match[1], match[2]) if match else (quote, None)
    words = re.sub(r"\\([\\|])", r"\1", words)
    paragraph = draft.paragraphs[-1]
    text = paragraph.of(draft.text)
    found = [
        Span(paragraph.start + i, paragraph.start + i + len(words))
        for i in range(len(text))
        if words and text.startswith(words, i)
    ]
    if not found:
        raise draft.fail(line_number, f"{words!r} does not stand in the paragraph above; copy the words exactly")
    if nth is None:
        return found
    if not 1 <= int(nth) <= len(found):
        raise draft.fail(line_number, f"{quote!r}: the words occur {len(found)} times in the paragraph")
    return [found[int(nth) - 1]]


def _locate_one(quote: str, draft: _Draft, line_number: int) -> Span:
    found = _locate(quote, draft, line_number)
    if len(found) > 1:
        raise draft.fail(
            line_number, f"{quote!r} occurs {len(found)} times in the paragraph; add #1 … #{len(found)} to say which"
        )
    return found[0]


def _finish(draft: _Draft) -> None:
    for number in draft.spans:
        if number not in draft.units:
            raise draft.fail(draft.lines[number], f"unit {number} has no label line '% {number} TYPE SIDE FACET …'")
    for link in draft.links:
        if link.target not in draft.units or link.target == link.source:
            raise draft.fail(
                draft.lines[link.source],
                f"unit {link.source} {link.type} {link.target}: no other unit has that number",
            )


def write_article(article: LabelledArticle) -> str:
    """Mark-up that reads back as *article*."""
    head = article.meta.model_dump(exclude_none=True, exclude_defaults=True, mode="json")
    lines = ["---", yaml.safe_dump(head, allow_unicode=True, sort_keys=False, width=1000).rstrip("\n"), "---"]
    for paragraph in article.paragraphs[1:]:
        lines += ["", _write_paragraph(article, paragraph)]
        lines += [_write_unit(article, u) for u in article.units if paragraph.contains(u.span)]
        lines += [_write_causal(article, c, paragraph) for c in article.causals if paragraph.contains(c.cause)]
    return "\n".join(lines) + "\n"


def _escape(text: str) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", text)


def _write_paragraph(article: LabelledArticle, paragraph: Span) -> str:
    parts, position = [], paragraph.start
    for unit in article.units:
        if paragraph.contains(unit.span):
            parts.append(_escape(article.text[position : unit.span.start]))
            parts.append(f"[{unit.number}|{_escape(unit.span.of(article.text))}]")
            position = unit.span.end
    text = "".join(parts) + _escape(article.text[position : paragraph.end])
    return "\\" + text if text.startswith("%") else text


def _write_unit(article: LabelledArticle, unit: LabelledUnit) -> str:
    words = ["%", str(unit.number), unit.type, unit.side, unit.facet]
    if unit.central:
        words.append("central")
    for link_type in LINK_TYPES:
        targets = [x.target for x in article.links if x.source == unit.number and x.type == link_type]
        if targets:
            words += [link_type, *map(str, targets)]
    return " ".join(words)


def _write_causal(article: LabelledArticle, causal: LabelledCausal, paragraph: Span) -> str:
    def quote(span: Span) -> str:
        words, text = span.of(article.text), paragraph.of(article.text)
        starts = [i for i in range(len(text)) if text.startswith(words, i)]
        nth = starts.index(span.start - paragraph.start) + 1
        # words that look like "no connective" or like a number of their own need theirs said
        numbered = len(starts) > 1 or words == "-" or re.search(r"#\d+$", words)
        escaped = re.sub(r"([\\|])", r"\\\1", words)
        return f"{escaped}#{nth}" if numbered else escaped

    connective = quote(causal.connective) if causal.connective else "-"
    fields = (quote(causal.cause), connective, quote(causal.effect), f"{causal.kind} {causal.polarity}")
    return "%c " + " | ".join(fields)
