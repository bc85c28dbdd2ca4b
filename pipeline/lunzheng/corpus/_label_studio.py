"""Labelled articles as Label Studio tasks, and the labelling interface that shows them.

Regions are claims, evidence, causes, effects and connectives; side, facet and central are choices of a region.
Label Studio gives relations a label and nothing else, hence a causal relation is labelled ``KIND POLARITY`` from
cause to effect, and its connective ``signals`` the effect. Each causal relation has regions of its own.

Source: https://labelstud.io/guide/task_format; offsets are code points (label-studio pull request 1559).
"""

from __future__ import annotations

from itertools import product
from typing import Any

from lunzheng.corpus.article import LabelledArticle, LabelledUnit
from lunzheng.corpus.exchange import refuse_loss
from lunzheng.labels import CAUSAL_KINDS, FACETS, LINK_TYPES, POLARITIES, SIDES, UNIT_TYPES
from lunzheng.spans import Span

CHOICES: dict[str, tuple[str, ...]] = {"side": SIDES, "facet": FACETS, "central": ("central",)}
CAUSAL = {f"{kind} {polarity}": (kind, polarity) for kind, polarity in product(CAUSAL_KINDS, POLARITIES)}
REGIONS = (*UNIT_TYPES, "cause", "effect", "connective")
SIGNALS = "signals"
RELATIONS = (*LINK_TYPES, *CAUSAL, SIGNALS)


def label_config() -> str:
    """The labelling interface, to be pasted into the project's settings."""
    units = ",".join(UNIT_TYPES)
    lines = ["<View>", "  <Relations>"]
    lines += [f'    <Relation value="{name}"/>' for name in RELATIONS]
    lines += ["  </Relations>", '  <Labels name="label" toName="text">']
    lines += [f'    <Label value="{name}"/>' for name in REGIONS]
    lines += ["  </Labels>", '  <Text name="text" value="$text"/>']
    for name, values in CHOICES.items():
        lines.append(
            f'  <Choices name="{name}" toName="text" perRegion="true" choice="single" showInline="true" '
            f'visibleWhen="region-selected" whenTagName="label" whenLabelValue="{units}">'
        )
        lines += [f'    <Choice value="{value}"/>' for value in values]
        lines.append("  </Choices>")
    return "\n".join([*lines, "</View>"]) + "\n"


def write_task(article: LabelledArticle) -> dict[str, Any]:
    """One task with one annotation.

    Raises:
        CorpusError: the article holds what would not come back.
    """
    refuse_loss(article)
    result: list[dict[str, Any]] = []
    for unit in article.units:
        result += _unit(unit, article.text)
    for link in article.links:
        result.append(_relation(f"u{link.source}", f"u{link.target}", link.type))
    for index, causal in enumerate(article.causals, 1):
        cause, effect, sign = (f"c{index}-{role}" for role in ("cause", "effect", "connective"))
        result.append(_region(cause, causal.cause, article.text, "label", "cause"))
        result.append(_region(effect, causal.effect, article.text, "label", "effect"))
        result.append(_relation(cause, effect, f"{causal.kind} {causal.polarity}"))
        if causal.connective is not None:
            result.append(_region(sign, causal.connective, article.text, "label", "connective"))
            result.append(_relation(sign, effect, SIGNALS))
    meta = article.meta.model_dump(mode="json", exclude_none=True)
    return {"data": {"text": article.text, "meta": meta}, "annotations": [{"result": result}]}


def _unit(unit: LabelledUnit, text: str) -> list[dict[str, Any]]:
    said = {
        "label": unit.type,
        "side": unit.side,
        "facet": unit.facet,
        **({"central": "central"} if unit.central else {}),
    }
    return [_region(f"u{unit.number}", unit.span, text, name, value) for name, value in said.items()]


def _region(name: str, span: Span, text: str, control: str, value: str) -> dict[str, Any]:
    kind = "labels" if control == "label" else "choices"
    words = {"start": span.start, "end": span.end, "text": span.of(text), kind: [value]}
    return {"id": name, "from_name": control, "to_name": "text", "type": kind, "value": words}


def _relation(source: str, target: str, label: str) -> dict[str, Any]:
    return {"from_id": source, "to_id": target, "type": "relation", "direction": "right", "labels": [label]}
