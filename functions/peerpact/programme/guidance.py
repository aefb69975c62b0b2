"""The guidance: ground rules, questions, skill prompts, and where help is to be had in confidence, by language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from peerpact.programme import languages


class GuidanceKind(StrEnum):
    """As the column *Kind* shows it."""

    GROUND_RULE = "ground rule"
    FIRST_QUESTION = "first-meeting question"
    MONTHLY_QUESTION = "monthly question"
    SKILL_PROMPT = "skill prompt"
    SESSION = "session"
    """What a meeting is about beside the promises: the second line is for the second meeting."""
    LISTENING = "listening"
    """A card for the first meeting."""
    CONFIDENTIAL_HELP = "confidential help"


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceLine:
    """One row of the tab Guidance."""

    kind: GuidanceKind
    language: str
    text: str
    order: int = 0


@dataclass(frozen=True, slots=True)
class Guidance:
    """All lines, in the order in which they are used."""

    lines: tuple[GuidanceLine, ...] = ()

    def of(self, kind: GuidanceKind, language: str) -> tuple[str, ...]:
        """Return the lines of a kind in a language, in English when there are none."""
        found = tuple(x.text for x in self.lines if x.kind is kind and x.language == language)
        return found or tuple(x.text for x in self.lines if x.kind is kind and x.language == "en")

    def one_of(self, kind: GuidanceKind, language: str, number: int) -> str:
        """Return the line whose turn it is, counted round and round; empty when there are none."""
        lines = self.of(kind, language)
        return lines[number % len(lines)] if lines else ""

    def of_meeting(self, number: int, language: str) -> dict[str, Any]:
        """Return what there is for a meeting: all that a first one needs, or the next exercise and a question."""
        session = self.one_of(GuidanceKind.SESSION, language, number - 1)
        if number == 1:
            return {
                "session": session,
                "ground_rules": self.of(GuidanceKind.GROUND_RULE, language),
                "starters": self.of(GuidanceKind.FIRST_QUESTION, language),
                "listening": self.of(GuidanceKind.LISTENING, language),
            }
        question = self.one_of(GuidanceKind.MONTHLY_QUESTION, language, number - 1)
        exercise = session or self.one_of(GuidanceKind.SKILL_PROMPT, language, number - 1)
        starters = (question,) if question else ()
        return {"number": number, "session": exercise, "ground_rules": (), "starters": starters}


def seeded() -> Guidance:
    """Return what the tab Guidance begins with, in every language."""
    lines = (
        GuidanceLine(kind=GuidanceKind(row["kind"]), language=code, text=row["text"], order=int(row["order"]))
        for code in languages.codes()
        for row in languages.guidance(code)
    )
    return Guidance(tuple(sorted(lines, key=lambda line: (line.kind, line.language, line.order))))
