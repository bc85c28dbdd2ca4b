"""The closed vocabularies in Chinese and English, for whoever shows a map to people."""

from __future__ import annotations

from collections.abc import Mapping

CHINESE: Mapping[str, str] = {
    "claim": "论点",
    "evidence": "论据",
    "context": "背景",
    "motive": "动因",
    "means": "举措",
    "benefit": "收益",
    "cost": "代价",
    "outlook": "展望",
    "supports": "支持",
    "attacks": "反驳",
    "contrasts": "对比",
    "causes": "引起",
    "consequence": "结果",
    "motivation": "动机",
    "purpose": "目的",
    "facilitate": "促成",
    "inhibit": "抑制",
    "both": "双方",
    "none": "无关",
}


def bilingual(label: str) -> str:
    """A label in Chinese and English, as in ``动因 motive``; names of strategies stay as they are."""
    return f"{CHINESE[label]} {label}" if label in CHINESE else label
