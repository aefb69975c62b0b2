"""Pairings of one round that share somebody, as an edit by hand or a restored spreadsheet may leave them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from peerpact.programme.meetings.history import has_met
from peerpact.programme.pairing.groups import Progress
from peerpact.programme.pairings import Pairing, PairingState

IN_TWO = "Somebody of them has another pairing of this round."


def progress_of(pairing: Pairing) -> Progress:
    if pairing.state is PairingState.PROPOSED:
        return Progress.PROPOSED
    return Progress.MET if has_met(pairing) else Progress.INTRODUCED


def apart(pairings: Iterable[Pairing]) -> dict[str, Pairing]:
    """Return by id those standing pairings that change so that everybody is in one: the one that came furthest.

    The others of the pairing that somebody leaves stay together; one alone is free for another partner.
    """
    placed: set[str] = set()
    changed: dict[str, Pairing] = {}
    for pairing in sorted(pairings, key=_furthest_first):
        left = tuple(p for p in pairing.people if p not in placed)
        placed.update(left)
        if len(left) < 2:
            changed[pairing.id] = replace(pairing, state=PairingState.ENDED, notes=IN_TWO)
            placed.difference_update(left)
        elif left != pairing.people:
            changed[pairing.id] = replace(pairing, people=left, notes=IN_TWO)
    return changed


def _furthest_first(pairing: Pairing) -> tuple[int, int, date, str]:
    """A group of three can spare somebody, so two of the same progress come before it."""
    return -progress_of(pairing), len(pairing.people), pairing.proposed_on or date.max, pairing.id
