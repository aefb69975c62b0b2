"""How the example company's people behave: they accept, decline, move, answer in their own words, and forget.

Everything they do goes through the Workspace's API, as themselves.
"""

from __future__ import annotations

import base64
import heapq
import random
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from html import unescape
from textwrap import shorten
from types import MappingProxyType
from typing import Any
from urllib.parse import parse_qs, unquote

import requests

from peerpact.demo.company import Company
from peerpact.demo.phrases import KEPT, NEXT, NOT_YET, ODD, PARTLY, PROMISES
from peerpact.google.seen import event_seen
from peerpact.programme import languages
from peerpact.programme.days_off import Absence
from peerpact.programme.meetings.event import EventSeen

PROMISES_UNASKED = 0.25
"""So many answer an introduction after their first meeting, before anybody asks: a guess."""
WRITES_IN_THE_MEETING = 0.3
"""So many write their promise at a meeting's end, by the link in its event: a guess."""
_LINK = re.compile(r'href="(mailto:[^"]+)"')
_HOURS_AFTER = timedelta(hours=3)
_EVENTS = "https://www.googleapis.com/calendar/v3/calendars/primary/events"
_MAIL = "https://gmail.googleapis.com/gmail/v1/users/me"


@dataclass(frozen=True, slots=True, order=True)
class _Intention:
    """Something somebody means to do at a moment."""

    at: datetime
    number: int
    what: Callable[[], None]


class Colleagues:
    """Everybody in the company but the People team. The same seed, the same doings."""

    def __init__(
        self,
        company: Company,
        *,
        seed: int,
        languages: dict[str, str],
        leave: Mapping[str, Absence] = MappingProxyType({}),
        writes_in_the_meeting: float = WRITES_IN_THE_MEETING,
    ) -> None:
        self._leave = leave
        self._writes_in_the_meeting = writes_in_the_meeting
        self.did: Counter[str] = Counter()
        self.told: list[str] = []
        """What they did, one sentence each, without its full stop."""
        self._company = company
        self._seed = seed
        self._languages = languages
        self._sessions: dict[str, requests.Session] = {}
        self._agenda: list[_Intention] = []
        self._endings: list[_Intention] = []
        """What is meant to be done at a meeting's end."""
        self._seen: dict[str, tuple[int, int]] = {}
        self._number = 0
        self._odd = list(ODD)

    def live(self) -> None:
        """Let everybody look at calendar and inbox, and do what they meant to do by now."""
        now = self._company.workspace.clock.now()
        for user in self._company.workspace.users():
            if user.email in {self._company.config.mailbox, self._company.admin}:
                continue
            if user.email in self._leave and now.date() in self._leave[user.email]:
                continue
            if self._seen.get(user.email) != self._state(user.email):
                self._look_at_invitations(user.email, now)
                self._look_at_mail(user.email, now)
                self._seen[user.email] = self._state(user.email)
        while self._agenda and self._agenda[0].at <= now:
            heapq.heappop(self._agenda).what()

    def end_meetings(self) -> None:
        """Let those of whom a meeting has ended by now do what they do then."""
        now = self._company.workspace.clock.now()
        while self._endings and self._endings[0].at <= now:
            heapq.heappop(self._endings).what()

    def _name(self, person: str) -> str:
        return next((u.name for u in self._company.workspace.users() if u.email == person), person)

    def _state(self, person: str) -> tuple[int, int]:
        """Return what changes when anything comes to somebody's calendar or inbox."""
        store = self._company.workspace.store
        calendar, inbox = f"calendar/copies/{person}", f"gmail/messages/{person}"
        return store.collection(calendar).version, store.collection(inbox).version

    def _look_at_invitations(self, person: str, now: datetime) -> None:
        for event in self._new_invitations(person, now):
            dice = self._dice(person, event["id"], event.get("sequence", 0))
            doing = dice.choices(("accept", "decline", "move", "forget"), (76, 8, 6, 10))[0]
            if doing != "forget":
                self._intend(
                    now + timedelta(hours=dice.randint(1, 40)), self._answer, person, event["id"], doing
                )

    def _new_invitations(self, person: str, now: datetime) -> list[dict[str, Any]]:
        answer = self._get(
            person, _EVENTS, timeMin=now.isoformat(), updatedMin=(now - timedelta(hours=9)).isoformat()
        )
        seen = self._company.workspace.store.collection(f"demo/seen/{person}")
        fresh = []
        for event in answer.get("items", ()):
            mark = f"{event['id']}/{event.get('sequence', 0)}"
            mine: dict[str, Any] = next((a for a in event.get("attendees", ()) if a["email"] == person), {})
            organiser = event.get("organizer", {}).get(
                "email"
            )  # a deleted event shows little more than its id
            if organiser == self._company.config.mailbox and mark not in seen and mine:
                seen[mark] = True
                fresh += [event] if mine["responseStatus"] == "needsAction" else []
        return fresh

    def _answer(self, person: str, event_id: str, doing: str) -> None:
        event = self._get(person, f"{_EVENTS}/{event_id}")
        seen = event_seen(event)
        if seen.is_cancelled or seen.start is None or seen.start < self._now():
            return
        if doing == "move":
            self._patch(person, event_id, _a_day_later(seen))
        status = "declined" if doing == "decline" else "accepted"
        event = self._get(person, f"{_EVENTS}/{event_id}")
        guests = [{**a, "responseStatus": status} if a["email"] == person else a for a in event["attendees"]]
        self._patch(person, event_id, {"attendees": guests})
        done = {"accept": "accepted", "decline": "declined", "move": "moved"}[doing]
        self.did[done] += 1
        self.told.append(f"{self._name(person)} {done} a meeting")
        writes = self._dice("writes in meetings", person).random() < self._writes_in_the_meeting
        if status == "accepted" and seen.end and writes:
            self._number += 1
            end = _Intention(seen.end, self._number, lambda: self._write_it_down(person, event_id))
            heapq.heappush(self._endings, end)

    def _write_it_down(self, person: str, event_id: str) -> None:
        """Promise something by the link in the event, if the meeting is over; where it was put off, after that."""
        event = self._get(person, f"{_EVENTS}/{event_id}")
        seen = event_seen(event)
        link = _LINK.search(event.get("description", ""))
        if (
            seen.is_cancelled
            or seen.end is None
            or link is None
            or any(g.answer == "declined" for g in seen.guests)
        ):
            return
        if seen.end > self._now():
            self._number += 1
            again = _Intention(seen.end, self._number, lambda: self._write_it_down(person, event_id))
            heapq.heappush(self._endings, again)
            return
        address, filled = unescape(link[1]).removeprefix("mailto:").split("?", 1)
        mail = EmailMessage(policy=policy.SMTP)
        mail["From"], mail["To"], mail["Subject"] = person, unquote(address), parse_qs(filled)["subject"][0]
        dice = self._dice("promise", person, event_id)
        mail.set_content(dice.choice(PROMISES[self._language(person)]))
        self._post(person, f"{_MAIL}/messages/send", {"raw": _encoded(mail)})
        self.did["promises at a meeting's end"] += 1

    def _look_at_mail(self, person: str, now: datetime) -> None:
        query = f"in:inbox is:unread from:{self._company.config.mailbox}"
        found = self._get(person, f"{_MAIL}/messages", q=query).get("messages", ())
        for message in reversed(found):
            letter = self._open(person, message["id"])
            dice = self._dice(person, letter["X-Peerpact"] or message["id"])
            kind = (letter["X-Peerpact"] or "").partition(":")[0]
            if kind == "introduction" and dice.random() < PROMISES_UNASKED:
                self._intend_after_meeting(person, message["id"], message["threadId"], now)
            if kind in {"commitment-request", "follow-up", "reminder", "turn"} and dice.random() < 0.86:
                days = dice.choice((0, 0, 1, 1, 2, 3, 5, 9))
                when = now + timedelta(days=days, hours=dice.randint(1, 6))
                self._intend(when, self._reply, person, message["id"], message["threadId"], kind)

    def _intend_after_meeting(self, person: str, message_id: str, thread_id: str, now: datetime) -> None:
        """Mean to answer an introduction some hours after the first meeting, as it asks for."""
        events = self._get(person, _EVENTS, timeMin=now.isoformat()).get("items", ())
        ours = [e for e in events if e["organizer"].get("email") == self._company.config.mailbox]
        ends = {e["id"]: seen.end for e in ours if (seen := event_seen(e)).end}
        if ends:
            first = min(ends, key=lambda event: ends[event])
            self._intend(ends[first] + _HOURS_AFTER, self._promise, person, first, message_id, thread_id)

    def _promise(self, person: str, event_id: str, message_id: str, thread_id: str) -> None:
        """Answer an introduction, if they have met; where the meeting was put off, after that."""
        seen = event_seen(self._get(person, f"{_EVENTS}/{event_id}"))
        if seen.is_cancelled or seen.end is None or any(g.answer == "declined" for g in seen.guests):
            return
        if seen.end > self._now():
            self._intend(seen.end + _HOURS_AFTER, self._promise, person, event_id, message_id, thread_id)
        else:
            self._reply(person, message_id, thread_id, "introduction")

    def _open(self, person: str, message_id: str) -> EmailMessage:
        raw = self._get(person, f"{_MAIL}/messages/{message_id}", format="raw")["raw"]
        self._post(person, f"{_MAIL}/messages/{message_id}/modify", {"removeLabelIds": ["UNREAD"]})
        return message_from_bytes(_decoded(raw), policy=policy.default)

    def _reply(self, person: str, message_id: str, thread_id: str, kind: str) -> None:
        letter = self._open(person, message_id)
        dice = self._dice(person, "reply", message_id)
        words = self._words(person, kind, dice, asks_about_something=_numbers(letter))
        reply = _as_reply(letter, person, words, dice.choice(("gmail", "outlook", "phone", "below")))
        self._post(person, f"{_MAIL}/messages/send", {"raw": _encoded(reply), "threadId": thread_id})
        self.did["replies"] += 1
        said = " ".join(words.partition("\n")[0].split())
        self.told.append(f"{self._name(person)} answered “{shorten(said, 60, placeholder=' …')}”")

    def _words(self, person: str, kind: str, dice: random.Random, *, asks_about_something: bool) -> str:
        language = self._language(person)
        promise = dice.choice(PROMISES[language])
        if kind == "turn":
            about = _about_the_round(language, dice, asks_about_something=asks_about_something)
            return about if dice.random() < 0.4 else f"{about}\n\n{NEXT[language].format(promise)}"
        if self._odd and kind == "follow-up" and dice.random() < 0.12:
            return self._odd.pop(0)
        if not asks_about_something:
            return promise
        lines = dice.choices((KEPT, PARTLY, NOT_YET), (78, 8, 14))[0]
        answer = dice.choice(lines[language])
        return answer if dice.random() < 0.4 else f"{answer}\n\n{NEXT[language].format(promise)}"

    def _language(self, person: str) -> str:
        language = self._languages.get(person, "en")
        return language if language in PROMISES else "en"

    def _dice(self, *parts: object) -> random.Random:
        return random.Random("/".join(map(str, (self._seed, *parts))))  # noqa: S311 - a play, seeded

    def _intend(self, at: datetime, what: Callable[..., None], person: str, *details: str) -> None:
        """Mean to do something at a moment, or after the leave in which that is."""
        self._number += 1
        leave = self._leave.get(person)
        if leave and at.date() in leave:
            at += leave.last - at.date() + timedelta(days=3)
        heapq.heappush(self._agenda, _Intention(at, self._number, lambda: what(person, *details)))

    def _now(self) -> datetime:
        return self._company.workspace.clock.now()

    def _session(self, person: str) -> requests.Session:
        if person not in self._sessions:
            self._sessions[person] = self._company.session(person)
        return self._sessions[person]

    def _get(self, person: str, url: str, **params: str) -> dict[str, Any]:
        response = self._session(person).get(url, params=params)
        response.raise_for_status()
        return dict(response.json())

    def _post(self, person: str, url: str, body: dict[str, Any]) -> None:
        self._session(person).post(url, json=body).raise_for_status()

    def _patch(self, person: str, event_id: str, body: dict[str, Any]) -> None:
        self._session(person).patch(
            f"{_EVENTS}/{event_id}", params={"sendUpdates": "all"}, json=body
        ).raise_for_status()


def _encoded(mail: EmailMessage) -> str:
    return base64.urlsafe_b64encode(mail.as_bytes()).decode()


def _a_day_later(event: EventSeen) -> dict[str, Any]:
    starts, ends = event.start, event.end
    assert starts
    assert ends
    days = timedelta(days=3 if starts.weekday() == 4 else 1)
    return {
        "start": {"dateTime": (starts + days).isoformat()},
        "end": {"dateTime": (ends + days).isoformat()},
    }


def _as_reply(letter: EmailMessage, person: str, words: str, client: str) -> EmailMessage:
    """Return a reply as one of some common mail programmes would make it."""
    reply = EmailMessage(policy=policy.SMTP)
    reply["From"] = person
    reply["To"] = letter["Reply-To"] or letter["From"]
    subject = str(letter["Subject"])
    reply["Subject"] = subject if subject.lower().startswith("re:") else f"Re: {subject}"
    reply["In-Reply-To"] = letter["Message-ID"]
    reply["References"] = f"{letter['References'] or ''} {letter['Message-ID']}".strip()
    body = letter.get_body(("plain",))
    quoted = body.get_content() if body else ""
    reply.set_content(_quoting(client, letter, words, quoted))
    return reply


def _quoting(client: str, letter: EmailMessage, words: str, quoted: str) -> str:
    name, address = parseaddr(str(letter["From"]))
    angled = "\n".join(f"> {line}" for line in quoted.splitlines())
    attribution = f"On {letter['Date']}, {name} <{address}> wrote:"
    if client == "outlook":
        head = f"From: {name} <{address}>\nSent: {letter['Date']}\nTo: {letter['To']}\nSubject: {letter['Subject']}"
        return f"{words}\n\n________________________________\n{head}\n\n{quoted}"
    if client == "phone":
        return f"{words}\n\nSent from my iPhone\n\n> {attribution}\n>\n{angled}"
    if client == "below":
        return f"{attribution}\n{angled}\n\n{words}\n"
    return f"{words}\n\n{attribution}\n\n{angled}\n"


def _about_the_round(language: str, dice: random.Random, *, asks_about_something: bool) -> str:
    """Return what became of the promise, how worthwhile it was, and, now and then, what they want next."""
    lines = (
        [dice.choice(dice.choices((KEPT, NOT_YET), (80, 20))[0][language])] if asks_about_something else []
    )
    lines.append(f"{dice.choices((2, 3, 4, 5), (5, 15, 45, 35))[0]}/5")
    wish = dice.choices(("stay", "another partner", "skip", ""), (30, 10, 3, 57))[0]
    lines += [languages.words(language)["buttons"][wish]] if wish else []
    return "\n\n".join(lines)


def _numbers(letter: EmailMessage) -> bool:
    """Tell whether a letter asks about numbered commitments."""
    body = letter.get_body(("plain",))
    return body is not None and "\n1. " in body.get_content()


def _decoded(raw: str) -> bytes:
    return base64.urlsafe_b64decode(raw + "=" * (-len(raw) % 4))
