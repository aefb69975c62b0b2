"""Replies with their meanings, from ``said_*.tsv``, and how well ``understand`` does on them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from peerpact.programme.replies.meaning import Asked, Understood, understand

HERE = Path(__file__).parent
TODAY = date(2026, 1, 12)
OUTCOME = re.compile(r"(kept|partly|not yet|dropped)\b")


@dataclass(frozen=True, kw_only=True)
class Said:
    """One reply: ``accepted`` are all meanings that may be recorded; "ask" records nothing, "care" reaches a person."""

    language: str
    promises: tuple[str, ...]
    text: str
    accepted: tuple[str, ...]

    @property
    def has_plain_reading(self) -> bool:
        return not {"ask", "care"} & set(self.accepted)


def said_in(name: str) -> Iterator[Said]:
    promises: tuple[str, ...] = ()
    for line in (HERE / f"said_{name}.tsv").read_text(encoding="utf-8").splitlines():
        if line.startswith("promises: "):
            texts = line.removeprefix("promises: ")
            promises = () if texts == "none" else tuple(texts.split(" / "))
        elif line and not line.startswith("#"):
            *language, text, meanings = line.split("\t")
            yield Said(
                language=language[0] if language else name[:2],
                promises=promises,
                text=text.replace("\\n", "\n"),
                accepted=tuple(
                    OUTCOME.sub(r"1=\1", m, count=1) if OUTCOME.match(m) else m for m in _split(meanings)
                ),
            )


def _split(meanings: str) -> list[str]:
    return [meaning.strip() for meaning in meanings.split(" / ")]


def understood(said: Said) -> Understood:
    return understand(
        said.text,
        open_commitments=said.promises,
        languages=(said.language,),
        on=TODAY,
        asked=Asked.OUTCOMES if said.promises else Asked.COMMITMENT,
    )


def in_words(read: Understood) -> str:
    """Write what would be recorded as the tables do."""
    if read.care:
        return "care"
    parts = [" ".join(f"{n}={outcome}" for n, outcome in sorted(read.outcomes.items()))]
    parts += [f"new {len(read.promises)}"] if read.promises else []
    parts += [f"{r.kind} {r.until}" if r.until else str(r.kind) for r in read.requests]
    parts += ["question"] if read.question else []
    return ", ".join(p for p in parts if p) or "ask"


def is_accepted(words: str, said: Said) -> bool:
    return any(words == a or (a.endswith(" *") and words.startswith(a[:-2])) for a in said.accepted)


def measured(replies: list[Said]) -> tuple[Counter[str], list[str]]:
    """Return counts (all, plain, asked, wrong, missed care, needless care) and the replies that went wrong."""
    counts: Counter[str] = Counter()
    wrong: list[str] = []
    for said in replies:
        words = in_words(understood(said))
        counts.update(["all", *(["plain"] if said.has_plain_reading else [])])
        if is_accepted(words, said):
            continue
        counts.update([_failed(words, said)])
        wrong += [f"{said.text!r}: {words}, not {said.accepted}"] if words != "ask" else []
    return counts, wrong


def _failed(words: str, said: Said) -> str:
    if "care" in said.accepted:
        return "missed care" if words == "ask" else "wrong"
    return {"ask": "asked", "care": "needless care"}.get(words, "wrong")
