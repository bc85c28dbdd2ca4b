"""The closed vocabularies of the annotation guidelines."""

from __future__ import annotations

from typing import Literal, get_args

UnitType = Literal["claim", "evidence"]
Side = Literal["A", "B", "both", "none"]
Facet = Literal["context", "motive", "means", "benefit", "cost", "outlook"]
LinkType = Literal["supports", "attacks", "contrasts"]
CausalKind = Literal["consequence", "motivation", "purpose"]
Polarity = Literal["facilitate", "inhibit"]
Script = Literal["Hans", "Hant", "mixed"]

UNIT_TYPES: tuple[UnitType, ...] = get_args(UnitType)
SIDES: tuple[Side, ...] = get_args(Side)
FACETS: tuple[Facet, ...] = get_args(Facet)
LINK_TYPES: tuple[LinkType, ...] = get_args(LinkType)
CAUSAL_KINDS: tuple[CausalKind, ...] = get_args(CausalKind)
POLARITIES: tuple[Polarity, ...] = get_args(Polarity)
