"""An HTML page to prose: which blocks are the article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence

from lunzheng.clean._trafilatura import main_text
from lunzheng.clean.characters import HAN_RE, count_han, ends_like_prose
from lunzheng.clean.draft import Change, Draft
from lunzheng.clean.html_tokens import Block, read_blocks, without_ruby
from lunzheng.clean.title import squash

_OUTSIDE = "outside the main text"
_MARKUP = "mark-up"
_ENOUGH = 0.25  # share of the page's prose that main text must hold to be believed
_MIN_BLOCK = 20  # Han characters of a block that counts as prose when trafilatura finds nothing
_MIN_PART = 8  # characters of a block that is found inside a line of the main text
_MAX_PLACES = 50  # of one block in the main text
_ALL_PLACES = 1_000_000  # of all blocks together
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_SITE = re.compile(r"\s*[-_|–—｜·]+\s*[^-_|–—｜·]{1,30}$")


def html_to_prose(draft: Draft) -> tuple[Draft, str | None]:
    """Keep the blocks of the main text; everything else goes with a reason.

    Returns:
        The draft, a blank line between blocks, and the page's title.
    """
    page = draft.text
    blocks = read_blocks(page)
    squashed = [squash(b.text) for b in blocks]
    keep = _main_blocks(page, blocks, squashed)
    title_block, title = _title(blocks, squashed, keep)
    changes: list[Change] = []
    for i, block in enumerate(blocks):
        if i in keep or i == title_block:
            changes.extend(_shown(block, title if i == title_block else None, page))
        elif block.text:
            changes.append(Change(block.start, block.end, "", _OUTSIDE))
        else:
            changes.extend(_hidden(block))
    kept = [blocks[i] for i in sorted({*keep, title_block} - {-1})]
    return draft.apply(_with_breaks(_run_together(changes, {block.start for block in kept}), kept)), title


def _main_blocks(page: str, blocks: Sequence[Block], squashed: Sequence[str]) -> set[int]:
    lines = [squash(line) for line in main_text(without_ruby(page)).split("\n")]
    keep = _aligned(squashed, [line for line in lines if line])
    prose = [i for i, b in enumerate(blocks) if len(b.text) >= _MIN_BLOCK <= count_han(b.text) and b.tag != "title"]
    n_kept = sum(len(squashed[i]) for i in keep)
    if n_kept and n_kept >= _ENOUGH * sum(len(squashed[i]) for i in prose):
        return _with_gaps(blocks, keep)
    if not prose:
        return {i for i, b in enumerate(blocks) if b.text and b.tag != "title"}
    inner = range(prose[0], prose[-1] + 1)
    return {i for i in inner if i in prose or (blocks[i].tag in _HEADINGS and blocks[i].text) or _closed(blocks[i])}


def _closed(block: Block) -> bool:
    return bool(HAN_RE.search(block.text)) and ends_like_prose(block.text)


def _aligned(blocks: Sequence[str], lines: Sequence[str]) -> set[int]:
    """Indices of blocks that stand in *lines*, in the same order, as many characters as can be.

    A line may hold several blocks and stand only once: a heaviest increasing chain of positions.
    """
    places = _places(blocks, lines)
    ends: list[int] = []  # rising ends of chains, each heavier than the one before
    weights: list[int] = []
    tails: list[int] = []
    nodes: list[tuple[int, int]] = []  # block, previous node
    for i, block in enumerate(blocks):
        for start in reversed(places.get(i, ())):
            at = bisect_left(ends, start + 1) - 1
            weight = len(block) + (weights[at] if at >= 0 else 0)
            nodes.append((i, tails[at] if at >= 0 else -1))
            _insert(ends, weights, tails, start + len(block), weight, len(nodes) - 1)
    keep: set[int] = set()
    node = tails[-1] if tails else -1
    while node >= 0:
        keep.add(nodes[node][0])
        node = nodes[node][1]
    return keep


def _insert(ends: list[int], weights: list[int], tails: list[int], end: int, weight: int, node: int) -> None:
    """Keep (end, weight) if no chain that ends as early weighs as much; drop those it beats."""
    at = bisect_left(ends, end)
    if at < len(ends) and ends[at] == end and weights[at] >= weight:
        return
    if at > 0 and weights[at - 1] >= weight:
        return
    stop = at
    while stop < len(ends) and weights[stop] <= weight:
        stop += 1
    ends[at:stop], weights[at:stop], tails[at:stop] = [end], [weight], [node]


def _places(blocks: Sequence[str], lines: Sequence[str]) -> dict[int, list[int]]:
    """Where each block may stand in the main text; a short one only as a whole line.

    Lines are run together first: the main text breaks a paragraph where its source has a line break.
    """
    whole: defaultdict[str, list[int]] = defaultdict(list)
    position = 0
    for line in lines:
        whole[line].append(position)
        position += len(line)
    text = "".join(lines)
    most = max(1, min(_MAX_PLACES, _ALL_PLACES // max(1, len(blocks))))
    found: dict[int, list[int]] = {}
    for i, block in enumerate(blocks):
        if block in whole:
            found[i] = whole[block][:most]
        elif len(block) >= _MIN_PART and (start := text.find(block)) >= 0:
            found[i] = [start]
    return found


def _with_gaps(blocks: Sequence[Block], keep: set[int]) -> set[int]:
    """*keep* and what lies between its blocks and reads as part of them: sentences, list items, headings.

    trafilatura takes short lists for menus.
    """
    inner = range(min(keep), max(keep) + 1)
    return keep | {i for i in inner if blocks[i].text and not blocks[i].is_link and _belongs(blocks[i])}


def _belongs(block: Block) -> bool:
    return block.tag != "figcaption" and (_closed(block) or block.tag in ("li", "dd", "dt", *_HEADINGS))


def _title(blocks: Sequence[Block], squashed: Sequence[str], keep: set[int]) -> tuple[int, str | None]:
    """The block that shows the title (-1 where none precedes the text) and its words."""
    first = min(keep, default=len(blocks))
    named = next((i for i, b in enumerate(blocks) if b.tag == "title" and b.text), -1)
    heads = [i for i, b in enumerate(blocks) if b.tag == "h1" and b.text and HAN_RE.search(b.text)]
    page_title = squashed[named] if named >= 0 else ""
    fitting = [i for i in heads if squashed[i] in page_title] or (heads[:1] if len(heads) == 1 or named < 0 else [])
    if fitting:
        block = fitting[0]
        return (block if block <= first else -1), blocks[block].text
    if named < 0:
        return -1, None
    return named, _SITE.sub("", blocks[named].text) or blocks[named].text


def _shown(block: Block, title: str | None, page: str) -> Iterator[Change]:
    yield from block.changes
    if block.tag != "title" or title is None or block.text == title:
        return
    # The site's name after the title: all that follows the title's last character.
    place = page.find(title, block.start, block.end)
    if place >= 0 and place + len(title) < block.end:
        yield Change(place + len(title), block.end, "", "site name")


def _hidden(block: Block) -> Iterator[Change]:
    yield from block.changes
    position = block.start
    for change in block.changes:
        if change.start > position:
            yield Change(position, change.start, "", None)
        position = change.end
    if position < block.end:
        yield Change(position, block.end, "", None)


def _run_together(changes: Sequence[Change], bounds: set[int]) -> list[Change]:
    """Drops of mark-up that touch are one drop, unless a kept block begins between them."""
    joined: list[Change] = []
    for change in changes:
        last = joined[-1] if joined else None
        touches = last is not None and last.end == change.start not in bounds
        if touches and last and last.reason == change.reason == _MARKUP and not last.replacement + change.replacement:
            joined[-1] = Change(last.start, change.end, "", _MARKUP)
        else:
            joined.append(change)
    return joined


def _with_breaks(changes: list[Change], kept: list[Block]) -> Iterator[Change]:
    """Line breaks inside a block are spaces; between kept blocks stands a blank line."""
    yield from changes
    for block in kept:
        yield Change(block.start, block.start, "\n\n", None)
