"""Cloud Run entry points: one short HTTP function per job, served by the ``functions-framework`` command.

Answers: 200 done (or a fault that a retry can't help, told to the admins), 503 go on at the next tick, 500 a bug.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Request

Answer = tuple[dict[str, object], int]


def check_roster(request: Request) -> Answer:
    """Validate the admins' tabs and refresh Problems."""
    return _serve("check_roster", request)


def pair_people(request: Request) -> Answer:
    """Propose pairings when a round opens; repair broken ones."""
    return _serve("pair_people", request)


def book_first_meetings(request: Request) -> Answer:
    """Introduce partners, book their first meetings and follow what people do with them."""
    return _serve("book_first_meetings", request)


def send_follow_ups(request: Request) -> Answer:
    """Ask for commitments, and once a month what became of them."""
    return _serve("send_follow_ups", request)


def collect_replies(request: Request) -> Answer:
    """Read replies, update the ledger, acknowledge."""
    return _serve("collect_replies", request)


def report(request: Request) -> Answer:
    """Refresh the Overview and send the digest to the admins."""
    return _serve("report", request)


def _serve(job: str, request: Request) -> Answer:
    if request.method != "POST":
        return {"error": "Only POST runs a job."}, 405
    from peerpact.serving import serve  # noqa: PLC0415 - when the port is open already

    return serve(job)
