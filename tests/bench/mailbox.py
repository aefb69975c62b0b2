"""Weighs each job that opens the mailbox on whatever may lie there, each time with an ordinary answer behind it.

    python tests/bench/mailbox.py [WORD OF A NAME]

The Workspace is served by this process; the jobs come over HTTP, each in a process of its own, as in ``memory.py``, as
often as it takes. All have mails to send. Exit status 1 if a run holds more than it may, if a job sends nothing, or if
the ordinary answer isn't taken.
"""

from __future__ import annotations

import base64
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, timedelta
from email import policy
from email.message import EmailMessage
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1]))

from memory import runs
from rich.console import Console
from rich.table import Table
from startup import configuration

from cast import MAIL, MONDAY, Cast
from peerpact.demo.company import found
from peerpact.jobs.catalogue import JOBS
from peerpact.programme.roster.asked import EXAMPLES
from workspace_emulator import Clock, Workspace, serving

MOST = 256
"""Mebibytes, whatever lies there."""
BEN, CLEO = "ben@example.com", "cleo@example.com"
MEGABYTE = 1_000_000


def large(cast: Cast) -> None:
    """20 answers with an attachment of 20 MB: more than is read."""
    for _ in range(20):
        _answer(cast, attachments=1, size=20 * MEGABYTE)


def nearly_large(cast: Cast) -> None:
    """20 answers just below what is read."""
    for _ in range(20):
        _answer(cast, attachments=1, size=7 * MEGABYTE)


def many(cast: Cast) -> None:
    """1,000 answers of one person."""
    for number in range(1_000):
        _answer(cast, words=f"I will ask colleague {number} what to do more of.")


def in_pieces(cast: Cast) -> None:
    """500 answers with 50 attachments each."""
    for _ in range(500):
        _answer(cast, attachments=50, size=1_000)


def long(cast: Cast) -> None:
    """20 answers of 4 MB of text."""
    for _ in range(20):
        _answer(cast, words="I will ask Dina, and then ask again.\n" * 110_000)


MAILBOXES: tuple[Callable[[Cast], None], ...] = (large, nearly_large, many, in_pieces, long)


def main(word: str) -> int:
    table = Table(title="Memory of the jobs that open the mailbox", title_justify="left")
    for name in ("In the mailbox", "Job", "Runs", "Most MiB", "May", "Seconds", "Sent"):
        table.add_column(name, justify="left" if name in {"In the mailbox", "Job"} else "right")
    console, failed = Console(width=120), False
    for fill in MAILBOXES:
        if word in fill.__name__:
            rows, is_taken = weigh(fill)
            for job, held, seconds, sent in rows:
                what = (fill.__doc__ or "").rstrip(".")
                table.add_row(
                    what, job, str(len(held)), str(max(held)), str(MOST), f"{seconds:.0f}", str(sent)
                )
                failed = failed or max(held) > MOST or not sent
            console.print(f"{fill.__name__}: the answer behind is {'taken' if is_taken else 'NOT taken'}")
            failed = failed or not is_taken
    console.print(table)
    return int(failed)


Weighed = tuple[str, list[int], float, int]
"""A job, what each of its runs held, the seconds of all, and how many mails they sent."""


def weigh(fill: Callable[[Cast], None]) -> tuple[list[Weighed], bool]:
    """Weigh the jobs on a mailbox that was filled so; tell as well whether the answer behind was taken."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        workspace = Workspace(clock=Clock(MONDAY - timedelta(days=3)))
        roster = Path(__file__).resolve().parents[1] / "roster.csv"
        company = found(workspace, roster=roster, first_round=date(2026, 1, 5), seed=1, calendars=False)
        workspace.clock.set(MONDAY)
        cast = Cast(company)
        _until_they_are_asked(cast)
        fill(cast)
        cast.reply(BEN, "I will read the report on Friday.", to="commitment-request")
        cast.run("check_roster")
        _ask_for_examples(cast)
        cast.run("check_roster")
        cast.wait(days=15)  # a follow-up is due to everybody
        with serving(company.front) as url:
            rows = [_weighed(job, cast, url, folder) for job in JOBS if JOBS[job].mailbox_scopes]
        return rows, BEN in {c["Person"] for c in cast.ledger("Commitments")}


def _weighed(job: str, cast: Cast, url: str, folder: Path) -> Weighed:
    began, before = time.perf_counter(), _sent(cast)
    held = runs(job, configuration(cast.company, url, job, folder))
    return job, held, time.perf_counter() - began, _sent(cast) - before


def _sent(cast: Cast) -> int:
    return sum(row["State"] == "sent" for row in (*cast.tab("Letters"), *cast.ledger("Letters")))


def _ask_for_examples(cast: Cast) -> None:
    """Have an admin ask for one of each mail: of itself book_first_meetings has none to send here."""
    sheet = cast.company.sheet().worksheet("Start here")
    column = sheet.row_values(1).index("Answer") + 1
    sheet.update_cell(sheet.col_values(1).index(EXAMPLES) + 1, column, "yes")


def _until_they_are_asked(cast: Cast) -> None:
    for days, job in (
        (0, "pair_people"),
        (3, "pair_people"),
        (0, "book_first_meetings"),
        (14, "book_first_meetings"),
    ):
        cast.wait(days=days, hours=3 if days == 3 else 0)
        cast.run(job)
    cast.run("send_follow_ups")


def _answer(cast: Cast, *, words: str = "Thank you!", attachments: int = 0, size: int = 0) -> None:
    """Let Cleo answer her letter that asks for a commitment."""
    session = cast.company.session(CLEO)
    letter = next(m for m in cast.mails(CLEO) if (m["X-Peerpact"] or "").startswith("commitment-request"))
    reply = EmailMessage(policy=policy.SMTP)
    reply["From"], reply["To"] = CLEO, letter["Reply-To"] or letter["From"]
    reply["Subject"], reply["In-Reply-To"] = f"Re: {letter['Subject']}", letter["Message-ID"]
    reply.set_content(words)
    for number in range(attachments):
        reply.add_attachment(
            b"\xff" * size, maintype="application", subtype="octet-stream", filename=f"{number}.bin"
        )
    body = {"raw": base64.urlsafe_b64encode(reply.as_bytes()).decode()}
    session.post(f"{MAIL}/messages/send", json=body).raise_for_status()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
