"""The notebook of the documentation runs from top to bottom."""

from __future__ import annotations

import ast
import json
from pathlib import Path

import pytest

import lunzheng


def test_every_cell_of_the_tour_runs(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    notebook = json.loads((root / "docs" / "tour.ipynb").read_text(encoding="utf-8"))
    assert (notebook["nbformat"], len({cell["id"] for cell in notebook["cells"]})) == (4, len(notebook["cells"]))
    monkeypatch.chdir(root / "docs")
    names: dict[str, object] = {}
    shown = []
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            tree = ast.parse("".join(cell["source"]))
            last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
            exec(compile(tree, "tour.ipynb", "exec"), names)
            if last is not None:
                assert isinstance(last, ast.Expr)
                shown.append(eval(compile(ast.Expression(last.value), "tour.ipynb", "eval"), names))
    assert isinstance(shown[0], lunzheng.Map)
    assert [list(table["name"]) for table in shown if "name" in getattr(table, "columns", ())][-1] == ["剪包", "现抻"]
    assert all(len(value) > 0 for value in shown[1:])  # type: ignore[arg-type]
