"""Checks the state of a local Workspace against the six promises. Written apart from the jobs: it shares no code
with them, reads the raw spreadsheets, calendars and mailboxes, and returns sentences about what is wrong.
"""

from __future__ import annotations

import base64
import json
from collections import Counter, defaultdict
from collections.abc import Iterator
from email import message_from_bytes, policy
from functools import lru_cache
from typing import Any

from workspace_emulator import Front, session_for

SHEETS = "https://sheets.googleapis.com/v4/spreadsheets"
CALENDAR = "https://www.googleapis.com/calendar/v3/calendars/primary/events"
GMAIL = "https://gmail.googleapis.com/gmail/v1/users/me"


class Checker:
    """Looks at everything as its owner."""

    def __init__(self, front: Front, *, mailbox: str, programme: str, ledger: str) -> None:
        self._front = front
        self._mailbox = mailbox
        self._owner = session_for(front, mailbox)
        self.programme = {t: self._rows(programme, t) for t in ("Roster", "Never pair", "Pairings")}
        self.ledger = {t: self._rows(ledger, t) for t in ("Commitments", "Letters", "Replies")}
        self._programme_id = programme
        self.archived: dict[str, list[dict[str, Any]]] = defaultdict(list)
        """Rows that left their tabs, by tab."""
        for key in (programme, ledger):
            self._read_archive(key)
        self._read: dict[str, list[Any]] = {}

    def faults(self) -> list[str]:
        """Return everything that is wrong, in sentences; nothing when all holds."""
        return [
            *self._breaches(),
            *self._people_in_several_pairings(),
            *self._doubled_invitations(),
            *self._doubled_letters(),
            *self._replies_taken_twice(),
            *self._leaked_texts(),
        ]

    def standing(self, round_number: int) -> list[list[str]]:
        return [
            row["Addresses"].split(", ")
            for row in self.programme["Pairings"]
            if row["Round"] == round_number and row["State"] in {"Proposed", "Approved"}
        ]

    def bosses(self) -> dict[str, set[str]]:
        """Return everybody above each person, found by walking up."""
        manager = {
            r["E-mail"].strip().lower(): r.get("Manager", "").strip().lower()
            for r in self.programme["Roster"]
        }
        above: dict[str, set[str]] = {}
        for person in manager:
            seen: set[str] = set()
            step = manager.get(person, "")
            while step and step not in seen:
                seen.add(step)
                step = manager.get(step, "")
            above[person] = seen
        return above

    def _breaches(self) -> Iterator[str]:
        above = self.bosses()
        never = {
            frozenset((r["Person"].lower(), r["Never with"].lower())) for r in self.programme["Never pair"]
        }
        for row in self.programme["Pairings"]:
            people = row["Addresses"].split(", ")
            for i, one in enumerate(people):
                for other in people[i + 1 :]:
                    if other in above.get(one, ()) or one in above.get(other, ()):
                        yield f"{one} and {other} are in one reporting line"
                    if frozenset((one, other)) in never:
                        yield f"{one} and {other} must never be paired"

    def _people_in_several_pairings(self) -> Iterator[str]:
        rounds = {row["Round"] for row in self.programme["Pairings"]}
        for number in rounds:
            counts = Counter(p for people in self.standing(number) for p in people)
            yield from (f"{p} is in {n} pairings of round {number}" for p, n in counts.items() if n > 1)

    def _doubled_invitations(self) -> Iterator[str]:
        """Every pairing has at most one event that is not cancelled, and each guest one copy of it."""
        events = self._pages(self._owner, CALENDAR, "items", showDeleted="false")
        ours = [e for e in events if "peerpact" in e.get("extendedProperties", {}).get("private", {})]
        counts = Counter(e["extendedProperties"]["private"]["key"] for e in ours)
        yield from (f"{key} has {n} events" for key, n in counts.items() if n > 1)
        invitations: Counter[tuple[str, str]] = Counter()
        for person in self._people():
            subjects = [str(mail["Subject"]) for mail in self._mails(person)]
            invitations.update((person, subject) for subject in subjects if "Invitation" in subject)
        yield from (f"{p} was invited {n} times: {s}" for (p, s), n in invitations.items() if n > 1)

    def _doubled_letters(self) -> Iterator[str]:
        """Each key arrived in its person's mailbox exactly once, if the books say it was sent."""
        arrived: Counter[tuple[str, str]] = Counter()
        for person in self._people():
            for mail in self._mails(person):
                if mail["X-Peerpact"] and self._mailbox in str(mail["From"]):
                    arrived[person, str(mail["X-Peerpact"])] += 1
        yield from (f"{p} got {key} {n} times" for (p, key), n in arrived.items() if n > 1)
        letters = [
            *self.ledger["Letters"],
            *self._rows(self._programme_id, "Letters"),
            *self.archived["Letters"],
        ]
        inboxes = set(self._people())
        for letter in letters:
            if letter["Person"] not in inboxes:
                continue  # the confidential contact may be of another domain
            if letter["State"] == "sent" and not arrived[letter["Person"], letter["Letter"]]:
                yield f"{letter['Letter']} is on record as sent, but never arrived"
            if letter["State"] != "sent":
                yield f"{letter['Letter']} is {letter['State']}"
        known = {letter["Letter"] for letter in letters}
        yield from (f"{key} arrived at {p}, but is on no record" for p, key in arrived if key not in known)

    def _replies_taken_twice(self) -> Iterator[str]:
        counts = Counter(r["Message"] for r in self.ledger["Replies"])
        yield from (f"mail {m} was taken {n} times" for m, n in counts.items() if n > 1)
        commitments = Counter(c["Commitment"] for c in self.ledger["Commitments"])
        yield from (f"commitment {c} is there {n} times" for c, n in commitments.items() if n > 1)

    def _leaked_texts(self) -> Iterator[str]:
        """No commitment's text is anywhere but in the ledger and the pair's and the programme's mailboxes."""
        allowed: dict[str, set[str]] = defaultdict(set)
        pairings = [*self.archived["Pairings"], *self.programme["Pairings"]]
        pairs = {r["Pairing"]: set(r["Addresses"].split(", ")) for r in pairings}
        for row in [*self.ledger["Commitments"], *self.archived["Commitments"]]:
            text = row.get("Text", "")
            if len(text) > 12 and text != "(erased)":
                allowed[text] |= {row["Person"], *pairs.get(row["Pairing"], ())}
        everything = self._all_kept_of(self._programme_id)
        events = repr(self._pages(self._owner, CALENDAR, "items", showDeleted="true"))
        yield from (
            f"in the programme spreadsheet: {t}"
            for t in allowed
            if json.dumps(t, ensure_ascii=False)[1:-1] in everything
        )
        yield from (f"in an event: {t}" for t in allowed if t in events)
        for person in self._people():
            theirs = (m for m in self._mails(person) if person not in str(m["From"]))  # not their own words
            mails = "\n".join(map(_text_of, theirs))
            words = " ".join(mails.split())
            yield from (
                f"in the mailbox of {person}: {t}"
                for t, may in allowed.items()
                if person not in may and t in words
            )

    def _people(self) -> list[str]:
        return [u.email for u in self._front.workspace.users() if u.email != self._mailbox]

    def _rows(self, spreadsheet: str, title: str) -> list[dict[str, Any]]:
        return rows_of(self._owner, spreadsheet, title)

    def _all_kept_of(self, spreadsheet: str) -> str:
        """Return whatever the Workspace keeps of a spreadsheet: no field of it can hide somebody's words."""
        kept = self._front.workspace.store.snapshot().collections
        parts = [documents for name, documents in kept.items() if spreadsheet in name.split("/")]
        parts += [{name: d[spreadsheet]} for name, d in kept.items() if spreadsheet in d]
        return json.dumps(parts, ensure_ascii=False)

    def _read_archive(self, spreadsheet: str) -> None:
        parts: dict[tuple[Any, Any], str] = defaultdict(str)
        for row in sorted(self._rows(spreadsheet, "Archive"), key=lambda r: int(r["Part"])):
            parts[row["Of"], row["Moved"]] += row["Rows"]
        for tabs in map(json.loads, parts.values()):
            for title, columns, *rows in tabs:
                self.archived[title] += [dict(zip(columns, row, strict=True)) for row in rows]

    def _mails(self, person: str) -> list[Any]:
        """Return all of somebody's mails, read once."""
        if person not in self._read:
            session = session_for(self._front, person)
            ids = [m["id"] for m in self._pages(session, f"{GMAIL}/messages", "messages", maxResults="500")]
            self._read[person] = [self._mail(session, mail_id) for mail_id in ids]
        return self._read[person]

    def _mail(self, session: Any, mail_id: str) -> Any:
        return read_mail(session.get(f"{GMAIL}/messages/{mail_id}", params={"format": "raw"}).json()["raw"])

    def _pages(self, session: Any, url: str, name: str, **params: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        page: dict[str, str] = {}
        while True:
            answer = session.get(url, params={**params, **page}).json()
            found += answer.get(name, [])
            if "nextPageToken" not in answer:
                return found
            page = {"pageToken": answer["nextPageToken"]}


def rows_of(session: Any, spreadsheet: str, title: str) -> list[dict[str, Any]]:
    """Return the rows of a tab that have anything in their first cell, by header."""
    params = {"valueRenderOption": "UNFORMATTED_VALUE"}
    answer = session.get(f"{SHEETS}/{spreadsheet}/values/'{title}'", params=params).json()
    header, *rows = answer.get("values", [[]])
    padded = [[*row, *[""] * (len(header) - len(row))] for row in rows]
    return [dict(zip(header, row, strict=False)) for row in padded if row and str(row[0]).strip()]


@lru_cache(maxsize=1024)
def read_mail(raw: str) -> Any:
    """Return a mail as Gmail gives it; the same one again for all that look at it, none of whom changes it."""
    return message_from_bytes(base64.urlsafe_b64decode(raw + "=="), policy=policy.default)


@lru_cache(maxsize=1024)
def _text_of(mail: Any) -> str:
    parts = [p for p in mail.walk() if p.get_content_type() in {"text/plain", "text/html"}]
    return "\n".join(str(p.get_content()) for p in parts)
