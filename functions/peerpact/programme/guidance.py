"""The guidance: ground rules, questions, skill prompts, and where help is to be had in confidence, by language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
