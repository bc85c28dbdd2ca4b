"""Check maps that were written: every span against the text and the source, every id against the map."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from lunzheng.argmap import Anchor, ArgumentMap, MapDocument, read_map
from lunzheng.config import CleanConfig
from lunzheng.document import Source
from lunzheng.errors import InputError, LunzhengError
from lunzheng.export.outline import ARGUED
from lunzheng.spans import Span
from lunzheng.store import map_files, sha256_bytes, standard_input_path


def verify_out(out: Path, clean: CleanConfig | None = None) -> list[str]:
    """What is wrong with the maps of an output folder; an empty list when nothing is.

    Args:
        out: the output folder of a run; sources are looked for where the maps say they were.
        clean: the cleaning settings of the run; they matter where records of JSONL have other keys.

    Raises:
        InputError: there is no such folder.
    """
    if not out.is_dir():
        raise InputError(f"{out}: expected the output folder of a run, found none; check the path")
    sources = _Sources(out, clean or CleanConfig.model_validate({}))
    findings: list[str] = []
    for file in map_files(out):
        try:
            argument_map = read_map(file)
        except InputError as error:
            findings.append(str(error))
            continue
        found = verify_map(argument_map)
        try:
            raw = sources.decoded(argument_map.document)
        except LunzhengError as error:
            found.append(f"raw spans unchecked: {error}")
        else:
            found += verify_raw(argument_map, raw)
        findings += [f"{file}: {finding}" for finding in found]
    return findings


def verify_map(argument_map: ArgumentMap) -> list[str]:
    """What is wrong with a map by itself: spans in its text, ids, and the shape of its argument."""
    return [
        *_text_spans(argument_map),
        *_tiling(argument_map.document),
        *_ids(argument_map),
        *_contrast(argument_map),
        *_argument(argument_map),
    ]


def verify_raw(argument_map: ArgumentMap, raw: str) -> list[str]:
    """What is wrong between a map and its source.

    The raw words must equal the map's where cleaning notes no edit (white space and character
    references aside), and hold them in order where it notes nothing but drops and joined lines.

    Args:
        raw: the source, decoded with the encoding that the map gives.
    """
    notes = argument_map.document.cleaning
    findings = [
        f"cleaning note {i} ({note.reason}): raw_span {list(note.raw_span)} is outside of the source [0, {len(raw)})"
        for i, note in enumerate(notes)
        if not 0 <= note.raw_span.start <= note.raw_span.end <= len(raw)
    ]
    for place, anchor in _anchors(argument_map):
        span = anchor.raw_span
        if not 0 <= span.start < span.end <= len(raw):
            findings.append(f"{place}: raw_span {list(span)} is outside of the source [0, {len(raw)})")
            continue
        edits = [n for n in notes if n.raw_span.overlaps(span)]
        if any(n.replacement is not None and n.replacement.strip() for n in edits):
            continue
        expected, found = _folded(anchor.text), _folded(span.of(raw))
        if not (_in_order(expected, found) if edits else expected == found):
            findings.append(f"{place}: expected the source to say {anchor.text!r}, found {span.of(raw)!r}")
    return findings


class _Sources:
    """Decoded sources, each file of records read once."""

    def __init__(self, out: Path, clean: CleanConfig) -> None:
        self._out = out
        self._clean = clean
        self._records: dict[str, dict[str, Source]] = {}

    def decoded(self, document: MapDocument) -> str:
        """The source of a map's document.

        Raises:
            LunzhengError: it is not there, or not what it was when the map was made.
        """
        source = self._find(document.source)
        if (source.sha256 or sha256_bytes(source.data)) != document.sha256:
            raise InputError(f"{document.source}: expected the source that the map was made of, found other bytes")
        if source.sha256 is not None:  # text that was taken out of the file
            return source.data.decode("utf-8-sig")
        try:
            return source.data.decode(document.encoding, errors="replace")
        except LookupError as error:
            raise InputError(f"{document.source}: unknown encoding {document.encoding!r}") from error

    def _find(self, name: str) -> Source:
        from lunzheng.inputs.read import EXTRACTED, read_sources
        from lunzheng.inputs.standard_input import is_standard_input

        path = Path(name)
        if is_standard_input(name):
            path = standard_input_path(self._out, name)
        try:
            if path.is_file() and path.suffix.lower() in EXTRACTED:
                return next(s for s in read_sources(path, self._clean) if isinstance(s, Source))
            if path.is_file():
                return Source(name, "txt", path.read_bytes())
        except (OSError, ValueError) as error:
            raise InputError(f"{name}: cannot be read ({error}); run where its path is valid") from error
        cuts = [i for i, char in enumerate(name) if char == "#"]
        for file in (name[:cut] for cut in cuts if Path(name[:cut]).is_file()):
            if name in self._read_records(file):
                return self._read_records(file)[name]
        raise InputError(f"{name}: not found; run in the folder where the maps were made")

    def _read_records(self, file: str) -> Mapping[str, Source]:
        if file not in self._records:
            from lunzheng.inputs import DocumentStream

            self._records[file] = {d.source.name: d.source for d in DocumentStream([file], self._clean)}
        return self._records[file]


def _anchors(argument_map: ArgumentMap) -> Iterator[tuple[str, Anchor]]:
    for node in argument_map.nodes:
        yield f"node {node.id}", node
    for relation in argument_map.causal_relations:
        yield f"causal {relation.id}, cause", relation.cause
        yield f"causal {relation.id}, effect", relation.effect
        if relation.connective is not None:
            yield f"causal {relation.id}, connective", relation.connective


def _text_spans(argument_map: ArgumentMap) -> Iterator[str]:
    text = argument_map.document.text
    for place, anchor in _anchors(argument_map):
        if not 0 <= anchor.span.start < anchor.span.end <= len(text):
            yield f"{place}: span {list(anchor.span)} is outside of the text [0, {len(text)})"
        elif anchor.span.of(text) != anchor.text:
            yield f"{place}: expected {anchor.text!r}, found {anchor.span.of(text)!r} at {list(anchor.span)}"


def _tiling(document: MapDocument) -> Iterator[str]:
    """Sentences and discourse units in order, and no words of a sentence outside of its units."""
    for name, spans in (("sentence", document.sentences), ("discourse unit", document.discourse_units)):
        position = 0
        for i, span in enumerate(spans):
            if not position <= span.start < span.end <= len(document.text):
                yield f"{name} {i}: span {list(span)} should start at {position} or later and end inside the text"
            position = max(position, span.end)
    inside = _offsets(document.discourse_units, document.text)
    for i, sentence in enumerate(document.sentences):
        if not _offsets([sentence], document.text) <= inside:
            yield f"sentence {i}: its discourse units leave a gap"


def _offsets(spans: Iterable[Span], text: str) -> set[int]:
    """Offsets of what is no white space in *spans*."""
    return {i for s in spans for i in range(max(0, s.start), min(s.end, len(text))) if not text[i].isspace()}


def _ids(argument_map: ArgumentMap) -> Iterator[str]:
    """Ids that stand twice, and names of nodes or relations that are not there."""
    nodes = Counter(n.id for n in argument_map.nodes)
    causals = Counter(c.id for c in argument_map.causal_relations)
    for kind, ids in (("node", nodes), ("edge", Counter(e.id for e in argument_map.edges)), ("causal", causals)):
        yield from (f"{kind} {i}: its id stands {n} times" for i, n in sorted(ids.items()) if n > 1)
    named: list[tuple[str, str | None, Counter[str]]] = []
    for e in argument_map.edges:
        named += [(f"edge {e.id}", e.source, nodes), (f"edge {e.id}", e.target, nodes)]
        named.append((f"edge {e.id}", e.causal_relation, causals))
    for c in argument_map.causal_relations:
        named += [(f"causal {c.id}", c.source_node, nodes), (f"causal {c.id}", c.target_node, nodes)]
    for row in argument_map.contrast.rows:
        named += [(f"contrast {row.facet}", i, nodes) for i in (*row.A, *row.B, *row.both)]
    named += [("common ground", i, nodes) for i in argument_map.contrast.common_ground]
    yield from (f"{place}: the map has no {i!r}" for place, i, known in named if i is not None and i not in known)


def _contrast(argument_map: ArgumentMap) -> Iterator[str]:
    nodes = {n.id: n for n in argument_map.nodes}
    for row in argument_map.contrast.rows:
        for side, ids in (("A", row.A), ("B", row.B), ("both", row.both)):
            for node in (nodes[i] for i in ids if i in nodes):
                if (node.side, node.facet) != (side, row.facet):
                    yield f"contrast {row.facet}, {side}: node {node.id} is {node.side}, {node.facet}"


def _argument(argument_map: ArgumentMap) -> Iterator[str]:
    """Supports and attacks: at most one from each node, each to a claim, never in a circle."""
    types = {n.id: n.type for n in argument_map.nodes}
    upward: dict[str, str] = {}
    for edge in argument_map.edges:
        if edge.type not in ARGUED:
            continue
        if types.get(edge.target) == "evidence":
            yield f"edge {edge.id}: {edge.type} needs a claim, node {edge.target} is evidence"
        if edge.source in upward:
            yield f"node {edge.source}: supports or attacks more than one node"
        upward.setdefault(edge.source, edge.target)
    yield from (f"node {member}: argues for itself in a circle" for member in _circles(upward))


def _circles(upward: Mapping[str, str]) -> list[str]:
    """The first node of each circle."""
    settled: set[str] = set()
    found = []
    for start in sorted(upward):
        path: dict[str, None] = {}
        current: str | None = start
        while current is not None and current not in path and current not in settled:
            path[current] = None
            current = upward.get(current)
        if current is not None and current in path:
            members = list(path)
            found.append(min(members[members.index(current) :]))
        settled |= path.keys()
    return found


def _folded(words: str) -> str:
    """Words without white space, character references resolved: cleaning notes neither."""
    return "".join(html.unescape(words).split())


def _in_order(words: str, among: str) -> bool:
    """Whether the characters of *words* all stand in *among*, in the same order."""
    rest = iter(among)
    return all(char in rest for char in words)
