"""Puts the scores of ``docs/scores.json`` into the READMEs and the model card, between their markers.

``python -m lunzheng.export.score_tables`` is the last step of ``make eval``, so that the texts say what was measured.
"""

from __future__ import annotations

import re
from pathlib import Path

from lunzheng.evaluation.score_cells import extra_tables
from lunzheng.evaluation.score_file import ScoreFile, read_scores
from lunzheng.store import write_atomic

_BLOCK = re.compile(r"(<!-- scores (\w+) -->\n).*?(<!-- /scores -->)", re.DOTALL)
_SHORT = {
    "units span": "units, span F1",
    "units typed": "units, span and type F1",
    "side": "side, accuracy",
    "facet": "facet, accuracy",
    "relations": "relations end to end, F1",
    "causal": "causal relations, F1",
    "strategies named": "strategies named",
    "central": "central claims, F1",
    "discourse units (GCDT dev)": "discourse units (GCDT dev), F1",
}
_CHINESE = {
    "units span": "论元区间 F1",
    "units typed": "论元区间与类型 F1",
    "side": "立场准确率",
    "facet": "角度准确率",
    "relations": "论证关系 F1（端到端）",
    "causal": "因果关系 F1",
    "strategies named": "策略找对的比例",
    "central": "中心论点 F1",
    "discourse units (GCDT dev)": "话语单元 F1（GCDT dev）",
}
_HEADS = {
    "short": ("score", "model", "95 % interval", "trivial baseline"),
    "zh": ("指标", "模型", "95 % 区间", "平凡基线"),
    "full": ("score", "model", "95 % interval", "trivial baseline"),
}


def score_table(file: ScoreFile, style: str) -> str:
    """A Markdown table; the full style has the further tables below it.

    Args:
        file: as ``lunzheng eval --out`` writes it.
        style: ``short`` or ``zh`` for the READMEs, ``full`` for the model card.
    """
    names = {"short": _SHORT, "zh": _CHINESE}.get(style) or {name: name for name in file.scores}
    rows = ["| " + " | ".join(_HEADS[style]) + " |", "| --- | --- | --- | --- |"]
    for name, words in names.items():
        if name in file.scores:
            score = file.scores[name]
            interval = f"{score.low:.2f}–{score.high:.2f}" if score.low < score.high else ""
            rows.append(f"| {words} | {score.score:.2f} | {interval} | {score.baseline:.2f} |")
    return "\n".join(rows) + "\n" + (_further(file) if style == "full" else "")


def _further(file: ScoreFile) -> str:
    parts = []
    for table in extra_tables(file):
        lines = [table.heads, ("---",) * len(table.heads), *table.rows]
        parts.append(f"\n{table.title}:\n\n" + "".join(f"| {' | '.join(cells)} |\n" for cells in lines))
    return "".join(parts)


def fill(text: str, scores: ScoreFile) -> str:
    """*text* with every marked block made anew."""
    return _BLOCK.sub(lambda m: m[1] + score_table(scores, m[2]) + m[3], text)


def main() -> None:
    """Refresh the texts of the checkout in the current folder."""
    scores = read_scores(Path("docs/scores.json"))
    for name in ("README.md", "README.zh.md", "models/lunzheng-small/README.md"):
        path = Path(name)
        write_atomic(path, fill(path.read_text(encoding="utf-8"), scores))


if __name__ == "__main__":
    main()
