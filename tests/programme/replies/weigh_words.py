"""Learns from the tables of replies here how heavily words weigh, for ``replies/weights.py``: ``make weights``.

A logistic regression by small steps, in an order that is always the same: the same tables give the same weights.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from math import exp, sqrt
from pathlib import Path
from random import Random
from typing import NamedTuple

from peerpact.programme import languages
from peerpact.programme.replies.weights import parts_of

HERE = Path(__file__).parent
LANGUAGES = ("en", "de", "fr", "es")
TIMES, STEP, FADES, FORGETS = 25, 0.3, 0.3, 0.002
LIGHTEST = 0.1
_CARE_WEIGHS = 2.0
"""A reply of distress counts twice: it is the rarer one."""


class Row(NamedTuple):
    table: str
    language: str
    is_distress: bool
    text: str


def rows() -> Iterator[Row]:
    """Yield every reply of the tables that words are weighed by."""
    for path in sorted(HERE.glob("*.tsv")):
        language = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("@"):
                language = line[1:3]
            elif line and not line.startswith(("#", "promises: ")):
                row = _row(path.stem, language, line.split("\t"))
                if row and row.language in LANGUAGES:
                    yield row._replace(text=row.text.replace("\\n", "\n"))
    for code, sizes in tomllib.loads((HERE / "phrases.toml").read_text(encoding="utf-8")).items():
        yield from (Row("phrases", code, False, text) for texts in sizes.values() for text, _ in texts)


def _row(table: str, language: str, cells: Sequence[str]) -> Row | None:
    kind, _, code = table.partition("_")
    if kind == "distress":
        return Row(table, code, cells[0] == "care", cells[1])
    if kind in {"oblique", "weighed"}:
        return Row(table, cells[0], "care" in cells[-2].split(" / "), cells[-1])
    if kind == "said" and code != "other":
        return Row(table, code[:2], "care" in cells[-1].split(" / "), cells[-2])
    if kind == "phone":
        return Row(table, language, code == "distress", cells[0])
    if table in {"no_promises", "dated", "due_days"}:
        return Row(table, cells[0], False, cells[-1])
    return Row(table, cells[0], False, cells[2]) if table == "wishes" else None


def learnt(replies: Sequence[tuple[tuple[str, ...], bool]]) -> dict[str, float]:
    """Return the weight of each part, and that of every reply at ""."""
    order = Random(1)  # noqa: S311 - shuffles, always in the same way
    found = {"": 0.0}
    todo = list(replies)
    for turn in range(TIMES):
        order.shuffle(todo)
        step = STEP / (1 + turn * FADES)
        for parts, is_distress in todo:
            _learn(found, parts, step, is_distress=is_distress)
    return found


def _learn(weights: dict[str, float], parts: Sequence[str], step: float, *, is_distress: bool) -> None:
    root = sqrt(max(1, len(parts)))
    said = weights[""] + sum([weights.get(p, 0.0) for p in parts]) / root
    error = is_distress - 1 / (1 + exp(-max(-30.0, min(30.0, said))))
    change = error * step * (_CARE_WEIGHS if is_distress else 1.0)
    weights[""] += change * STEP
    for part in parts:
        before = weights.get(part, 0.0)
        weights[part] = before + change / root - step * FORGETS * before


def weights_of(language: str) -> dict[str, float]:
    """Return a language's weights as its file holds them: to a tenth, without those that hardly weigh."""
    found = learnt([(parts_of(r.text), r.is_distress) for r in rows() if r.language == language])
    heavy = {part: round(weight, 1) for part, weight in found.items() if abs(weight) >= LIGHTEST}
    return {part: weight for part, weight in heavy.items() if weight or not part}


def written(weights: Mapping[str, float]) -> str:
    """Return the file: for each weight the parts that have it, the heaviest first."""
    lines = [
        "# How heavily words weigh as words of distress; learnt from tests/programme/replies by make weights.",
        "# A word, the beginning of one, or two next to each other; below zero: rather of ordinary replies.",
        f"every_reply = {weights['']}",
        "",
        "[parts]",
    ]
    for weight in sorted(set(weights.values()), reverse=True):
        parts = sorted(part for part, each in weights.items() if each == weight and part)
        lines += [f'"{weight}" = "{", ".join(parts)}"'] if parts else []
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    for code in LANGUAGES:
        (languages.FOLDER / code / "weights.toml").write_text(written(weights_of(code)), encoding="utf-8")
        sys.stdout.write(f"{code}: done\n")
