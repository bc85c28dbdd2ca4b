"""Small valid argument maps from invented text, for tests of whatever reads maps."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from hypothesis import strategies as st

from lunzheng.argmap import (
    SCHEMA_VERSION,
    Anchor,
    ArgumentMap,
    CausalRelation,
    CleaningNote,
    Contrast,
    ContrastRow,
    Edge,
    MapDocument,
    MapStrategy,
    ModelStamp,
    Node,
    Provenance,
)
from lunzheng.labels import CAUSAL_KINDS, FACETS, LINK_TYPES, POLARITIES, SIDES, UNIT_TYPES
from lunzheng.offsets import OffsetMap
from lunzheng.spans import Span

EDIT = re.compile(r"\{-(?P<drop>[^{}]*)-\}|\{(?P<bad>[^{}]*)=>(?P<good>[^{}]*)\}")
HOSTILE = "墙[bold]</script>|`a`: ---\n# \x1b[31m\u202e\"'{}"


@dataclass(frozen=True)
class Example:
    """A map and the decoded source it speaks of."""

    map: ArgumentMap
    raw: str


class Draft:
    """A text under construction, from a template that marks what cleaning does to the source.

    In the template ``{-words-}`` is dropped and ``{bad=>good}`` repaired.
    """

    def __init__(self, template: str) -> None:
        raw, text, position = "", "", 0
        raw_spans: list[tuple[int, int]] = []
        exact: list[bool] = []
        self.notes: list[CleaningNote] = []
        for match in [*EDIT.finditer(template), None]:
            kept = template[position : match.start() if match else len(template)]
            raw_spans += [(len(raw) + i, len(raw) + i + 1) for i in range(len(kept))]
            exact += [True] * len(kept)
            raw, text = raw + kept, text + kept
            if match is None:
                break
            position, good = match.end(), match["good"] or ""
            span = Span(len(raw), len(raw) + len(match["drop"] or match["bad"] or ""))
            raw_spans += [tuple(span)] * len(good)
            exact += [False] * len(good)
            raw, text = raw + (match["drop"] or match["bad"] or ""), text + good
            reason = "furniture" if match["good"] is None else "repaired"
            self.notes.append(CleaningNote(raw_span=span, reason=reason, replacement=match["good"]))
        self.raw, self.text = raw, text
        self.offsets = OffsetMap.from_characters(raw_spans, exact)

    def anchor(self, where: str | Span) -> Anchor:
        """The words *where*, or the words at that span."""
        span = where
        if isinstance(span, str):
            start = self.text.index(span)
            span = Span(start, start + len(span))
        return Anchor(text=span.of(self.text), span=span, raw_span=self.offsets.to_raw(span))

    def node(
        self,
        node_id: str,
        where: str | Span,
        kind: str = "claim",
        side: str = "none",
        facet: str = "context",
        central: bool = False,
        section: str | None = None,
    ) -> Node:
        """A unit of the text."""
        values = self.anchor(where).model_dump() | {"id": node_id, "type": kind, "side": side, "facet": facet}
        return Node.model_validate(values | {"central": central, "section": section, "confidence": 0.75})

    def causal(
        self,
        causal_id: str,
        cause: str | Span,
        connective: str | Span | None,
        effect: str | Span,
        kind: str = "consequence",
        polarity: str = "facilitate",
        nodes: tuple[str | None, str | None] = (None, None),
    ) -> CausalRelation:
        """A cause and its effect."""
        values = {"id": causal_id, "kind": kind, "polarity": polarity, "confidence": 0.5}
        values |= {"source_node": nodes[0], "target_node": nodes[1]}
        anchors = {"cause": self.anchor(cause), "effect": self.anchor(effect)}
        return CausalRelation.model_validate(
            values | anchors | {"connective": None if connective is None else self.anchor(connective)}
        )

    def finish(
        self,
        doc_id: str,
        nodes: Sequence[Node] = (),
        edges: Sequence[Edge] = (),
        causals: Sequence[CausalRelation] = (),
        strategies: Sequence[MapStrategy] = (),
        title: str | None = None,
        source: str | None = None,
    ) -> Example:
        """The map; its contrast follows from the nodes."""
        sentences = sentence_spans(self.text)
        document = MapDocument(
            id=doc_id,
            source=source or f"{doc_id}.txt",
            title=title,
            script="Hans",
            text=self.text,
            sha256=hashlib.sha256(self.raw.encode()).hexdigest(),
            encoding="utf-8",
            sentences=sentences,
            discourse_units=sentences,
            cleaning=tuple(self.notes),
        )
        return Example(
            ArgumentMap(
                schema_version=SCHEMA_VERSION,
                document=document,
                strategies=tuple(strategies),
                nodes=tuple(nodes),
                edges=tuple(edges),
                causal_relations=tuple(causals),
                contrast=contrast(nodes if strategies else ()),
                provenance=Provenance(
                    pipeline_version="0", model=ModelStamp(name="none", sha256="0" * 64), config_sha256="1" * 64
                ),
            ),
            self.raw,
        )


def sentence_spans(text: str) -> tuple[Span, ...]:
    """Sentences of an invented text: each ends with its full stop."""
    return tuple(Span(*match.span()) for match in re.finditer(r"[^。\s][^。]*。?", text))


def contrast(nodes: Iterable[Node]) -> Contrast:
    """The contrast that the sides and facets of *nodes* give."""
    nodes = tuple(nodes)
    rows = []
    for facet in FACETS:
        ids = {side: tuple(n.id for n in nodes if n.facet == facet and n.side == side) for side in SIDES}
        if ids["A"] or ids["B"] or ids["both"]:
            rows.append(ContrastRow(facet=facet, A=ids["A"], B=ids["B"], both=ids["both"]))
    return Contrast(rows=tuple(rows), common_ground=tuple(n.id for n in nodes if n.side == "both"))


def edge(edge_id: str, source: str, kind: str, target: str, causal: str | None = None) -> Edge:
    """A relation between two nodes."""
    values = {"id": edge_id, "source": source, "target": target, "type": kind, "causal_relation": causal}
    return Edge.model_validate(values | {"confidence": 0.625})


def strategies() -> tuple[MapStrategy, MapStrategy]:
    """Two invented strategies."""
    return (
        MapStrategy(id="A", name="自建", actors=("青禾",), cues=("自己开店",), confidence=0.9),
        MapStrategy(id="B", name="加盟", actors=("白杨",), cues=(), confidence=0.8),
    )


CONTRAST_TEXT = (
    "{-点击订阅-}茶饮行业增速放缓。青禾坚持自建门店，去年只开了{40O=>400}家。自建能守住品质，但是扩张太慢。"
    "白杨放开加盟，因此门店{-（图）-}猛增。门店猛增导致品控松动。严格培训可以防止品控松动。两条路都要回到产品。"
)


def contrast_example(doc_id: str = "tea", title: str | None = "两家茶店") -> Example:
    """Two strategies, a chain of causes, an inhibited effect, and edits inside two units."""
    draft = Draft(CONTRAST_TEXT)
    nodes = [
        draft.node("u1", "茶饮行业增速放缓", "evidence", "both", "context"),
        draft.node("u2", "去年只开了400家", "evidence", "A", "means"),
        draft.node("u3", "自建能守住品质", "claim", "A", "benefit"),
        draft.node("u4", "扩张太慢", "claim", "A", "cost"),
        draft.node("u5", "白杨放开加盟", "evidence", "B", "means"),
        draft.node("u6", "门店猛增导致品控松动", "claim", "B", "cost"),
        draft.node("u7", "两条路都要回到产品", "claim", "both", "outlook", central=True, section="结语"),
    ]
    edges = [
        edge("r1", "u2", "supports", "u4"),
        edge("r2", "u4", "attacks", "u3"),
        edge("r3", "u3", "supports", "u7"),
        edge("r4", "u6", "supports", "u7"),
        edge("r5", "u3", "contrasts", "u6"),
        edge("r6", "u5", "causes", "u6", "c1"),
    ]
    prevented = draft.text.rindex("品控松动")
    causals = [
        draft.causal("c1", "白杨放开加盟", "因此", "门店猛增", nodes=("u5", None)),
        draft.causal("c2", "门店猛增", "导致", "品控松动", nodes=("u6", "u6")),
        draft.causal("c3", "严格培训", "防止", Span(prevented, prevented + 4), polarity="inhibit"),
    ]
    return draft.finish(doc_id, nodes, edges, causals, strategies(), title)


def plain_example(doc_id: str = "plain") -> Example:
    """An article without strategies and without causes."""
    draft = Draft("桥应当修。旧桥每年封路三次。修桥很贵。市里有人反对。")
    nodes = [
        draft.node("u1", "桥应当修", central=True, facet="outlook"),
        draft.node("u2", "旧桥每年封路三次", "evidence"),
        draft.node("u3", "修桥很贵", facet="cost"),
        draft.node("u4", "市里有人反对", "evidence"),
    ]
    return draft.finish(doc_id, nodes, [edge("r1", "u2", "supports", "u1"), edge("r2", "u3", "attacks", "u1")])


def empty_example(doc_id: str = "empty") -> Example:
    """An article in which nothing was found."""
    return Draft("今天下雨。").finish(doc_id)


def hostile_example(doc_id: str = "../../evil\n---\nconfigs: []") -> Example:
    """An article whose id, title and words try to leave their place."""
    draft = Draft(HOSTILE.replace("{}", "") + "[/red]好。")
    whole = Span(0, len(draft.text))
    nodes = [draft.node("u1", whole, central=True), draft.node("u2", whole, "evidence")]
    causals = [draft.causal("c1", whole, whole, whole)]
    return draft.finish(
        doc_id, nodes, [edge("r1", "u2", "supports", "u1")], causals, title=f"---\nconfigs: 0\n{HOSTILE}"
    )


@st.composite
def argument_maps(draw: st.DrawFn) -> Example:
    """Valid maps of any shape: hostile characters, forests of relations, causes anywhere."""
    alphabet = st.sampled_from([*"墙门店铺，。|`[]<>&\"'\\#-: \n", "\x1b", "\u202e", "😀", "𠮷"])
    pieces = draw(st.lists(st.text(alphabet, min_size=1, max_size=8), min_size=1, max_size=8))
    dropped = draw(st.lists(st.booleans(), min_size=len(pieces), max_size=len(pieces)))
    draft = Draft("店" + "".join(f"{{-{p}-}}" if d else p for p, d in zip(pieces, dropped, strict=True)) + "。")
    spans = draw(st.lists(_spans(len(draft.text)), max_size=6))
    kinds = [draw(st.sampled_from(UNIT_TYPES)) for _ in spans]
    nodes = [
        draft.node(
            f"u{i}", span, kinds[i], draw(st.sampled_from(SIDES)), draw(st.sampled_from(FACETS)), draw(st.booleans())
        )
        for i, span in enumerate(spans)
    ]
    edges = []
    for i in range(1, len(nodes)):
        targets = [j for j in range(i) if kinds[j] == "claim"]
        if targets and draw(st.booleans()):
            target = draw(st.sampled_from(targets))
            edges.append(edge(f"r{i}", f"u{i}", draw(st.sampled_from(LINK_TYPES)), f"u{target}"))
    causals = [
        draft.causal(
            f"c{i}", cause, None, effect, draw(st.sampled_from(CAUSAL_KINDS)), draw(st.sampled_from(POLARITIES))
        )
        for i, (cause, effect) in enumerate(
            draw(st.lists(st.tuples(_spans(len(draft.text)), _spans(len(draft.text))), max_size=4))
        )
    ]
    title = draw(st.none() | st.text(alphabet, max_size=12))
    return draft.finish(
        draw(st.text(alphabet, min_size=1, max_size=6)),
        nodes,
        edges,
        causals,
        strategies() if draw(st.booleans()) else (),
        title,
    )


def _spans(length: int) -> st.SearchStrategy[Span]:
    """Spans that are not empty, inside a text of *length* code points."""
    return st.tuples(st.integers(0, length - 1), st.integers(1, length)).map(
        lambda pair: Span(pair[0], min(length, pair[0] + pair[1]))
    )
