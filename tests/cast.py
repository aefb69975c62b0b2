"""The fixed cast: what tests do with the small company, in the words of the programme."""

from __future__ import annotations

import base64
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from typing import Any
from urllib.parse import quote

from checker import Checker, read_mail, rows_of
from peerpact.demo.company import Company, init
from peerpact.google.spreadsheets import Made
from peerpact.jobs import job as running
from peerpact.jobs.catalogue import JOBS
from workspace_emulator import Snapshot

MONDAY = datetime(2026, 1, 5, 6, 0, tzinfo=UTC)
"""The day on which the first round of the tests' companies opens."""
EVENTS = "https://www.googleapis.com/calendar/v3/calendars/primary/events"
MAIL = "https://gmail.googleapis.com/gmail/v1/users/me"


class Cast:
    """A company and its People team, as tests speak of them."""

    def __init__(self, company: Company) -> None:
        self.company = company
        self.clock = company.workspace.clock
        self._states: dict[Callable[[Cast], object], tuple[Snapshot, datetime]] = {}

    def bring_to(self, state: Callable[[Cast], object]) -> Cast:
        """Come from the beginning to a state in which many tests begin; it is prepared once a process.

        For states that hang on nothing but the function that prepares them, from the company as it was founded.
        """
        workspace = self.company.workspace
        if state in self._states:
            snapshot, now = self._states[state]
            workspace.store.restore(snapshot)
            self.clock.set(now)
        else:
            state(self)
            self._states[state] = workspace.store.snapshot(), self.clock.now()
        workspace.calls.clear()
        return self

    def run(self, name: str) -> running.Outcome:
        """Run a job now and apply what it decides."""
        job = JOBS[name]
        return running.run(job, lambda: self.company.access(job), self.clock.now)

    def preview(self, name: str) -> list[str]:
        job = JOBS[name]
        outcome = running.preview(job, self.company.access(job), self.clock.now())
        return [action.sentence() for action in outcome.plan.actions]

    def go_to(self, moment: datetime) -> None:
        self.clock.set(moment)

    def wait(self, **how_long: float) -> None:
        self.clock.move(timedelta(**how_long))

    def tab(self, title: str) -> list[dict[str, str]]:
        """Return a tab of the programme spreadsheet as the admin sees it."""
        answer = self.company.session(self.company.admin).get(self._values_of(f"'{title}'"))
        answer.raise_for_status()
        header, *rows = answer.json()["values"]
        short = ([*row, *[""] * (len(header) - len(row))] for row in rows if any(row))
        return [dict(zip(header, row, strict=True)) for row in short]

    def wishes(self) -> list[dict[str, str]]:
        """Return what people wish in private, as the mailbox sees it."""
        config = self.company.config
        url = f"https://sheets.googleapis.com/v4/spreadsheets/{config.wishes_spreadsheet}/values/'Wishes'"
        header, *rows = self.company.session(config.mailbox).get(url).json()["values"]
        return [dict(zip(header, row, strict=False)) for row in rows]

    def ledger(self, title: str) -> list[dict[str, Any]]:
        """Return the rows of a tab of the ledger, as the mailbox sees them."""
        config = self.company.config
        return rows_of(self.company.session(config.mailbox), config.ledger_spreadsheet, title)

    def enter(self, title: str, cell: str, value: object) -> None:
        """Type something into the programme spreadsheet, as the admin."""
        url, body = self._values_of(f"'{title}'!{cell}"), {"values": [[value]]}
        how = {"valueInputOption": "USER_ENTERED"}
        self.company.session(self.company.admin).put(url, params=how, json=body).raise_for_status()

    def _values_of(self, notation: str) -> str:
        key = self.company.config.programme_spreadsheet
        return f"https://sheets.googleapis.com/v4/spreadsheets/{key}/values/{quote(notation)}"

    def answer_problem(self, problem: str, answer: str) -> None:
        """Answer the problem whose sentence has these words, as the admin."""
        header, *rows = self.company.sheet().worksheet("Problems").get_all_values()
        [number] = [n for n, row in enumerate(rows, start=2) if problem in row[header.index("What is wrong")]]
        self.enter("Problems", f"{chr(65 + header.index('Answer'))}{number}", answer)

    def leave(self, *people: str) -> None:
        """Let people take part no more, and say as the admin that it is meant so."""
        roster = self.company.sheet().worksheet("Roster")
        addresses, column = roster.col_values(2), roster.row_values(1).index("Taking part") + 1
        for person in people:
            roster.update_cell(addresses.index(person) + 1, column, "no")
        self.run("check_roster")
        self.answer_doubts()

    def answer_doubts(self) -> None:
        """Say of every ending that waits that it is meant so."""
        header, *rows = self.company.sheet().worksheet("Problems").get_all_values()
        for number, row in enumerate(rows, start=2):
            if "until then nothing is ended" in row[header.index("What is wrong")].lower():
                self.enter("Problems", f"{chr(65 + header.index('Answer'))}{number}", "yes")

    def setting(self, name: str, value: object) -> None:
        sheet = self.company.sheet().worksheet("Settings")
        self.enter("Settings", f"B{sheet.col_values(1).index(name) + 1}", value)

    def lengthen_rounds(self, months: int) -> None:
        """Have rounds last longer, as an admin who says yes to it."""
        self.setting("Months per round", months)
        self.run("check_roster")
        self.answer_problem("“Months per round” was", "yes")

    def mails(self, person: str, query: str = "in:inbox") -> list[EmailMessage]:
        """Return somebody's mails, oldest first."""
        session = self.company.session(person)
        found = session.get(f"{MAIL}/messages", params={"q": query}).json().get("messages", [])
        return [self._mail(session, m["id"]) for m in reversed(found)]

    def letters(self, person: str) -> list[str]:
        """Return the keys of the letters somebody got, oldest first."""
        return [m["X-Peerpact"] for m in self.mails(person) if m["X-Peerpact"]]

    def reply(self, person: str, words: str, *, to: str, headers: Mapping[str, str] | None = None) -> None:
        """Answer the letter whose key begins with ``to``, quoting it as Gmail does, under further headers."""
        session = self.company.session(person)
        found = session.get(f"{MAIL}/messages", params={"q": "in:inbox"}).json()["messages"]
        for entry in found:
            letter = self._mail(session, entry["id"])
            if (letter["X-Peerpact"] or "").startswith(to):
                self.send_reply(person, letter, words, thread=entry["threadId"], headers=headers)
                return
        raise AssertionError(f"{person} has no letter {to}")

    def send_reply(
        self,
        person: str,
        letter: EmailMessage,
        words: str,
        *,
        thread: str,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        """Answer a letter in its thread, quoting it as Gmail does."""
        reply = _reply(letter, person, words)
        for name, value in (headers or {}).items():
            reply[name] = value
        raw = base64.urlsafe_b64encode(reply.as_bytes()).decode()
        body = {"raw": raw, "threadId": thread}
        self.company.session(person).post(f"{MAIL}/messages/send", json=body).raise_for_status()

    def open_unread(self, person: str) -> list[tuple[str, EmailMessage]]:
        """Return the thread and content of each mail that somebody has not read yet, oldest first, and read them."""
        session = self.company.session(person)
        found = session.get(f"{MAIL}/messages", params={"q": "in:inbox is:unread"}).json().get("messages", [])
        for entry in found:
            url = f"{MAIL}/messages/{entry['id']}/modify"
            session.post(url, json={"removeLabelIds": ["UNREAD"]}).raise_for_status()
        return [(e["threadId"], self._mail(session, e["id"])) for e in reversed(found)]

    def write(self, sender: str, words: str, *, to: str, subject: str = "Hello") -> None:
        """Write a new mail, unconnected to any letter."""
        mail = EmailMessage(policy=policy.SMTP)
        mail["From"], mail["To"], mail["Subject"] = sender, to, subject
        mail.set_content(words)
        raw = base64.urlsafe_b64encode(mail.as_bytes()).decode()
        self.company.session(sender).post(f"{MAIL}/messages/send", json={"raw": raw}).raise_for_status()

    def forward(self, person: str, other: str, *, to: str) -> None:
        """Pass on to somebody, as it is, the letter whose key begins with ``to``."""
        letter = next(m for m in self.mails(person) if (m["X-Peerpact"] or "").startswith(to))
        raw = base64.urlsafe_b64encode(letter.as_bytes()).decode()
        body = {"raw": raw, "labelIds": ["INBOX"]}
        self.company.session(other).post(f"{MAIL}/messages", json=body).raise_for_status()

    def discard(self, person: str) -> None:
        """Empty somebody's inbox."""
        session = self.company.session(person)
        found = session.get(f"{MAIL}/messages", params={"q": "in:inbox"}).json().get("messages", [])
        for entry in found:
            session.post(f"{MAIL}/messages/{entry['id']}/trash").raise_for_status()

    def events(self, person: str) -> list[dict[str, Any]]:
        answer = self.company.session(person).get(EVENTS, params={"showDeleted": "true"}).json()
        config = self.company.config
        ours = {config.mailbox, *(place.mailbox for place in config.mailboxes)}
        unknown = {"email": config.mailbox}  # a cancelled event shows little more than its id
        return [e for e in answer["items"] if e.get("organizer", unknown)["email"] in ours]

    def answer(self, person: str, status: str) -> None:
        """Answer the invitation to the first meeting."""
        event = self.events(person)[0]
        guests = [{**a, "responseStatus": status} if a["email"] == person else a for a in event["attendees"]]
        self.patch_event(person, event["id"], {"attendees": guests})

    def patch_event(self, person: str, event_id: str, body: dict[str, Any]) -> None:
        session = self.company.session(person)
        session.patch(f"{EVENTS}/{event_id}", params={"sendUpdates": "all"}, json=body).raise_for_status()

    def init(self, *newcomers: str) -> dict[str, Made]:
        """Run ``peerpact init`` again, with accounts of more jobs."""
        company = self.company
        return init(company.workspace, company.front, company.config, company.admin, *newcomers)

    def checker(self) -> Checker:
        config = self.company.config
        return Checker(
            self.company.front,
            mailbox=config.mailbox,
            programme=config.programme_spreadsheet,
            ledger=config.ledger_spreadsheet,
        )

    def writes(self) -> int:
        """Return how many writing calls were made since the last look."""
        calls = self.company.workspace.calls
        count = sum(c.kind == "write" for c in calls)
        calls.clear()
        return count

    def _mail(self, session: Any, message_id: str) -> EmailMessage:
        mail: EmailMessage = read_mail(
            session.get(f"{MAIL}/messages/{message_id}", params={"format": "raw"}).json()["raw"]
        )
        return mail


def _reply(letter: EmailMessage, person: str, words: str) -> EmailMessage:
    reply = EmailMessage(policy=policy.SMTP)
    reply["From"], reply["To"] = person, letter["Reply-To"] or letter["From"]
    reply["Subject"] = f"Re: {letter['Subject']}"
    reply["In-Reply-To"] = reply["References"] = letter["Message-ID"]
    quoted = "\n".join(f"> {line}" for line in letter.get_body(("plain",)).get_content().splitlines())  # type: ignore[union-attr]
    reply.set_content(f"{words}\n\nOn Mon, 5 Jan 2026 at 10:00, {letter['From']} wrote:\n\n{quoted}\n")
    return reply
