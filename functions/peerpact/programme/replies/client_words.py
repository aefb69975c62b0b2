"""The words of mail programs, read from ``words/mail_clients.toml`` once. What they prove is evidence's."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import NamedTuple

from peerpact.programme.replies.phrases import written_out

FOLDER = Path(__file__).parent / "words"


class BannerWords(NamedTuple):
    """What the warnings of gateways say: see banners."""

    outside: tuple[str, ...]
    warnings: tuple[str, ...]
    named: tuple[str, ...]
    this_mail: tuple[str, ...]
    clicks: tuple[str, ...]
    phrases: tuple[str, ...]
    small: frozenset[str]
    spoken: frozenset[str]


class ReactionWords(NamedTuple):
    said: tuple[str, ...]
    tapbacks: tuple[str, ...]


class AwayNoteWords(NamedTuple):
    away: tuple[str, ...]
    elsewhere: tuple[str, ...]
    answered: tuple[str, ...]
    gone: tuple[str, ...]
    instead: tuple[str, ...]
    later: tuple[str, ...]
    automatic: tuple[str, ...]
    """One of these is enough."""
    polite: tuple[str, ...]
    returning: tuple[str, ...]
    answering: tuple[str, ...]
    returns: tuple[str, ...]
    """What sentences say that name the first day back."""


class ClientWords(NamedTuple):
    """All in lower case."""

    leads: frozenset[str]
    verbs: tuple[str, ...]
    openers: tuple[str, ...]
    tellers: frozenset[str]
    markers: tuple[str, ...]
    bare_markers: tuple[str, ...]
    labels: dict[str, frozenset[str]]
    """Label to the kinds of header it may name: a "Data" is Italian for date."""
    footers_alone: tuple[str, ...]
    footer_ends: tuple[str, ...]
    devices: tuple[str, ...]
    spoken: frozenset[str]
    sign_offs: frozenset[str]
    notices: tuple[str, ...]
    first_persons: frozenset[str]
    sure_notices: tuple[str, ...]
    notice_headings: frozenset[str]
    schedulers: tuple[str, ...]
    scheduling: tuple[str, ...]
    away_subjects: tuple[str, ...]
    away_phrases: tuple[str, ...]
    bounce_subjects: tuple[str, ...]
    delay_subjects: tuple[str, ...]
    delays: tuple[str, ...]
    complaint_subjects: tuple[str, ...]
    away_notes: AwayNoteWords
    banners: BannerWords
    reactions: ReactionWords


@cache
def client_words() -> ClientWords:
    words = tomllib.loads((FOLDER / "mail_clients.toml").read_text(encoding="utf-8"))
    return ClientWords(
        leads=frozenset(_folded(words["leads"])),
        verbs=_folded(words["verbs"]),
        openers=_folded(words["openers"]),
        tellers=frozenset(_folded(words["tellers"])),
        markers=_folded(words["markers"]),
        bare_markers=_folded(words["bare_markers"]),
        labels=_kinds_by_label(words["labels"]),
        footers_alone=_folded(words["footers"]["alone"]),
        footer_ends=_folded(words["footers"]["ends"]),
        devices=_folded(words["footers"]["devices"]),
        spoken=frozenset(_folded(words["footers"]["spoken"])),
        sign_offs=frozenset(_folded(words["footers"]["sign_offs"])),
        notices=_folded(words["footers"]["notices"]),
        first_persons=frozenset(_folded(words["footers"]["first_persons"])),
        sure_notices=_folded(words["footers"]["sure_notices"]),
        notice_headings=frozenset(_folded(words["footers"]["notice_headings"])),
        schedulers=_folded(words["footers"]["schedulers"]),
        scheduling=_folded(words["footers"]["scheduling"]),
        away_subjects=_folded(words["subjects"]["away"]),
        away_phrases=_folded(words["subjects"]["says_away"]),
        bounce_subjects=_folded(words["subjects"]["bounced"]),
        delay_subjects=_folded(words["subjects"]["delayed"]),
        delays=_folded(words["subjects"]["says_delayed"]),
        complaint_subjects=_folded(words["subjects"]["complains"]),
        away_notes=AwayNoteWords(
            **{name: _folded(_each(words["away_notes"][name])) for name in AwayNoteWords._fields}
        ),
        banners=_banners(words["banners"]),
        reactions=ReactionWords(
            said=_folded(words["reactions"]["said"]), tapbacks=_folded(words["reactions"]["tapbacks"])
        ),
    )


def _banners(words: dict[str, list[str]]) -> BannerWords:
    return BannerWords(
        outside=_folded(words["outside"]),
        warnings=_folded(words["warnings"]),
        named=_folded(words["named"]),
        this_mail=_folded(words["this_mail"]),
        clicks=_folded(words["clicks"]),
        phrases=_folded(words["phrases"]),
        small=frozenset(_folded(words["small"])),
        spoken=frozenset(_folded(words["spoken"])),
    )


def _each(phrases: list[str]) -> list[str]:
    return [phrase for written in phrases for phrase in written_out(written)]


def _folded(words: list[str]) -> tuple[str, ...]:
    return tuple(sorted({w.casefold() for w in words}, key=lambda w: (-len(w), w)))


def _kinds_by_label(labels: dict[str, list[str]]) -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for kind, words in labels.items():
        for word in words:
            kinds.setdefault(word.casefold(), set()).add(kind)
    return {label: frozenset(found) for label, found in kinds.items()}
