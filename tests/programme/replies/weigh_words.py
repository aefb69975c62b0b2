"""Learns from the tables of replies here how heavily words weigh, for ``replies/weights.py``: ``make weights``.

A logistic regression: the same tables give the same weights. Beside whole replies, which the other tests try as
well, it learns from ``weighed_*.txt``: what somebody does, how the writer is, what is promised and whole sentences,
each of distress and of ordinary work, said of several people and behind several answers.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from math import sqrt
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from peerpact.programme import languages
from peerpact.programme.replies.weights import parts_of, scopes

HERE = Path(__file__).parent
LANGUAGES = sorted(path.stem.removeprefix("weighed_") for path in HERE.glob("weighed_*.txt"))
"""Those that have such a file, and ``weighed_ways.toml`` the ways in which its phrases are said."""
Values = npt.NDArray[np.float64]
TURNS, FADES, LIGHTEST = 3, 0.1, 0.2
CARE_COUNTS = 3.0
"""A reply of distress counts so often: it is the rarer one."""
OFTEN = 2
"""So often is each phrase of ``weighed_*.txt`` said, each time of somebody else or behind another answer."""


_WAYS = tomllib.loads((HERE / "weighed_ways.toml").read_text(encoding="utf-8"))


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
    for code in LANGUAGES:
        yield from _said(code)
    for code, sizes in tomllib.loads((HERE / "phrases.toml").read_text(encoding="utf-8")).items():
        yield from (Row("phrases", code, False, text) for texts in sizes.values() for text, _ in texts)


def _said(code: str) -> Iterator[Row]:
    """Yield the phrases of a language, each said in some ways, always the same."""
    kind, any_way, ways = "", Random(3), _WAYS[code]  # noqa: S311 - chooses, always in the same way
    for line in (HERE / f"weighed_{code}.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("@"):
            sort, kind = line[1:].split()
            continue
        for phrase in line.split(" | ") * OFTEN:
            begin = any_way.choice(ways[kind]) if kind in ways else ""
            answer = any_way.choice(ways["answer"]) if kind != "promise" else ""
            yield Row("weighed", code, sort == "care", answer + (begin + phrase).strip())


def _row(table: str, language: str, cells: Sequence[str]) -> Row | None:
    kind, _, code = table.partition("_")
    if kind == "distress":
        return Row(table, code, cells[0] == "care", cells[1])
    if kind in {"oblique", "weighed", "fresh"}:
        return Row(table, cells[0], "care" in cells[-2].split(" / "), cells[-1])
    if kind == "said" and code != "other":
        return Row(table, code[:2], "care" in cells[-1].split(" / "), cells[-2])
    if kind == "phone":
        return Row(table, language, code == "distress", cells[0])
    if table in {"no_promises", "dated", "due_days"}:
        return Row(table, cells[0], False, cells[-1])
    return Row(table, cells[0], False, cells[2]) if table == "wishes" else None


def learnt(replies: Sequence[tuple[str, bool]]) -> dict[str, float]:
    """Return the weight of each part, and that of every reply at "".

    Of a reply its heaviest sentence is learnt from, or all of it: which, is seen by the weights learnt before.
    """
    bags = [[parts_of(scope) for scope in scopes(text)] for text, _ in replies]
    places = {part: at for at, part in enumerate(sorted({p for bag in bags for parts in bag for p in parts}))}
    shares = _shares([parts for bag in bags for parts in bag], places)
    ends = np.cumsum([len(bag) for bag in bags])
    meant = np.array([is_distress for _, is_distress in replies], dtype=float)
    found, chosen = np.zeros(len(places) + 1), ends - 1
    for _ in range(TURNS):
        heaviest = shares[chosen]
        given = (heaviest, heaviest.T.tocsr(), meant)
        found = minimize(_error, found, args=given, jac=True, method="L-BFGS-B", options={"maxiter": 100}).x
        heavy = shares @ found[:-1]
        chosen = np.array(
            [
                end - len(b) + int(heavy[end - len(b) : end].argmax())
                for b, end in zip(bags, ends, strict=True)
            ]
        )
    return {"": float(found[-1]), **{part: float(found[at]) for part, at in places.items()}}


def _shares(texts: Sequence[tuple[str, ...]], places: Mapping[str, int]) -> csr_matrix:
    """Return for each text how much each of its parts counts, as ``weight_of`` adds them up."""
    at = [places[part] for parts in texts for part in parts]
    counts = [1 / sqrt(max(1, len(parts))) for parts in texts for _ in parts]
    starts = np.cumsum([0, *map(len, texts)])
    return csr_matrix((counts, at, starts), shape=(len(texts), len(places)))


def _error(weights: Values, shares: csr_matrix, by_part: csr_matrix, meant: Values) -> tuple[float, Values]:
    """Return how far weights are from what was meant, and which way is up."""
    said = np.clip(shares @ weights[:-1] + weights[-1], -30, 30)
    counts = np.where(meant > 0, CARE_COUNTS, 1.0)
    error = counts * (1 / (1 + np.exp(-said)) - meant)
    loss = float(
        (counts * (np.logaddexp(0, said) - meant * said)).sum() + FADES / 2 * (weights[:-1] ** 2).sum()
    )
    return loss, np.append(by_part @ error + FADES * weights[:-1], error.sum())


def weights_of(language: str) -> dict[str, float]:
    """Return a language's weights as its file holds them: to a tenth, without those that hardly weigh."""
    found = learnt([(r.text, r.is_distress) for r in rows() if r.language == language])
    heavy = {part: round(weight, 1) for part, weight in found.items() if not part or abs(weight) >= LIGHTEST}
    return {part: weight for part, weight in heavy.items() if weight or not part}


def digest_of(language: str) -> str:
    """Return what tells whether the tables are those that a language's weights were learnt from."""
    said = sorted(f"{row.is_distress} {row.text}" for row in rows() if row.language == language)
    return sha256("\n".join(said).encode()).hexdigest()[:16]


def written(language: str, weights: Mapping[str, float]) -> str:
    """Return the file: for each weight the parts that have it, the heaviest first."""
    lines = [
        "# How heavily words weigh as words of distress; learnt from tests/programme/replies by make weights.",
        "# A word, the beginning of one, or two next to each other; below zero: rather of ordinary replies.",
        f'learnt_from = "{digest_of(language)}"',
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
        (languages.FOLDER / code / "weights.toml").write_text(
            written(code, weights_of(code)), encoding="utf-8"
        )
        sys.stdout.write(f"{code}: done\n")
