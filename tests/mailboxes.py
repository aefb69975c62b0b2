"""The small company with more than one mailbox: each mailbox's own jobs, and those that look after the whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta

from cast import Cast
from checker import Checker
from peerpact.config import Config, MailboxPlace
from peerpact.demo.company import INSTALLER, Company, account_credentials, account_of
from peerpact.jobs.catalogue import JOBS
from peerpact.operating.installation import placed
from peerpact.operating.mailboxes import make_shares
from workspace_emulator import InProcessAdapter, User

WHOLE = tuple(name for name, job in JOBS.items() if not job.is_of_mailbox)
EACH = tuple(name for name, job in JOBS.items() if job.is_of_mailbox)


class Several:
    """A company whose programme several mailboxes look after."""

    def __init__(
        self, company: Company, *more: str, place: Callable[[str], MailboxPlace] | None = None
    ) -> None:
        self.company = company
        self._place = place or (lambda mailbox: MailboxPlace(mailbox=mailbox))
        self.add(company.config.mailbox, *more)

    def add(self, *mailboxes: str) -> None:
        """Add mailboxes, as who raises ``mailboxes`` in Terraform and runs ``peerpact init`` does."""
        workspace, config = self.company.workspace, self.company.config
        new = tuple(self._place(m) for m in mailboxes if m not in {p.mailbox for p in config.mailboxes})
        for place in new:
            if place.mailbox != config.mailbox:
                workspace.add_user(User(email=place.mailbox, name="Peer mentoring", reads_users=True))
        self.set(replace(config, mailboxes=(*config.mailboxes, *new)))
        self.init()

    def init(self) -> list[str]:
        """Make or upgrade what each mailbox has; returns what was done."""
        done, config = [], self.company.config
        places = []
        for place in placed(config):
            made = make_shares(
                config,
                place,
                title="Peer mentoring",
                accounts=[account_of(name) for name in JOBS],
                ledger_accounts=[account_of(job.name) for job in JOBS.values() if job.opens_ledger],
                transport=InProcessAdapter(self.company.front),
                credentials=account_credentials(self.company.workspace, INSTALLER),
            )
            done += [change for it in made.values() for change in it.changes]
            places.append(replace(place, share=made["share"].key, ledger=made["ledger"].key))
        self.set(replace(config, mailboxes=tuple(places)))
        return done

    def close(self, mailbox: str) -> None:
        """Let a mailbox get no new pairings."""
        places = [
            replace(p, is_closing=p.is_closing or p.mailbox == mailbox) for p in self.company.config.mailboxes
        ]
        self.set(replace(self.company.config, mailboxes=tuple(places)))

    def set(self, config: Config) -> None:
        self.company = replace(self.company, config=config)
        self.whole = Cast(self.company)
        self.of = {
            place.mailbox: Cast(
                replace(
                    self.company,
                    config=replace(config.of(place), unit=f"of {place.mailbox}", mailboxes=config.mailboxes),
                )
            )
            for place in config.mailboxes
        }

    def run(self, name: str) -> None:
        """Run a job: of the whole once, of the mailboxes each one's."""
        for cast in self.of.values() if JOBS[name].is_of_mailbox else [self.whole]:
            cast.run(name)

    def tick(self, *names: str) -> None:
        """Run jobs with what looks after the whole between them, as an hour does."""
        for name in names:
            for job in ("check_roster", name):
                self.run(job)
                self.company.workspace.clock.move(timedelta(minutes=1))
        self.run("check_roster")

    def letters(self) -> Counter[str]:
        """Return how often each letter has left, from whichever mailbox."""
        return Counter(
            mail["X-Peerpact"]
            for cast in self.of.values()
            for mail in cast.mails(cast.company.config.mailbox, "in:sent")
            if mail["X-Peerpact"]
        )

    def faults(self) -> list[str]:
        found = []
        for mailbox, cast in self.of.items():
            config = cast.company.config
            checker = Checker(
                self.company.front,
                mailbox=mailbox,
                programme=config.programme_spreadsheet,
                ledger=config.ledger_spreadsheet,
            )
            found += [f"{mailbox}: {fault}" for fault in checker.faults()]
        return found


def people_of(row: dict[str, str]) -> Sequence[str]:
    return row["Addresses"].split(", ")
