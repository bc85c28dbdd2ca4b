"""The words that say what kind of article one is, so that statistics can count them."""

from __future__ import annotations

_BUSINESS = (
    "platforms", "retail", "automotive", "semiconductors", "ai", "logistics", "finance", "media", "energy",
    "consumer goods", "health", "education", "agriculture", "food service", "manufacturing", "telecom", "software",
    "transport", "tourism", "property",
)  # fmt: skip
OUTSIDE_BUSINESS = ("city", "policy", "sport", "culture", "environment", "science", "society")
INDUSTRIES = (*_BUSINESS, *OUTSIDE_BUSINESS)
VOICES = (
    "platform commentary", "newspaper column", "newspaper op-ed", "trade analysis", "brokerage note", "blog",
    "interview write-up", "reporter commentary", "open letter", "party newspaper commentary", "academic essay",
    "industry newsletter", "forum post", "speech",
)  # fmt: skip
