"""What bears the mark, taken away: this run's things, and what an earlier one left when it was stopped."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from googleapiclient.errors import HttpError

from stage import MARK, Stage


def sweep(stage: Stage) -> int:
    """Take away all that bears the mark, of earlier runs too; return how many things that were."""
    taken = 0
    for person in (stage.ada, stage.ben):
        for call in _marked(stage, person):
            with suppress(HttpError):
                call.execute()
                taken += 1
    return taken


def _marked(stage: Stage, person: str) -> Iterator[Any]:
    """Yield the calls that take away what bears the mark and is somebody's."""
    files, calendar = stage.api("drive", person).files(), stage.api("calendar", person)
    wanted = f"name contains '{MARK}' and 'me' in owners"
    for file in files.list(q=wanted, pageSize=1000).execute()["files"]:
        yield files.delete(fileId=file["id"])
    for event in calendar.events().list(calendarId="primary", q=MARK).execute()["items"]:
        yield calendar.events().delete(calendarId="primary", eventId=event["id"], sendUpdates="none")
    for entry in calendar.calendarList().list().execute()["items"]:
        if entry["summary"].startswith(MARK) and not entry.get("primary"):
            yield calendar.calendars().delete(calendarId=entry["id"])
    yield from _marked_mail(stage, person)
    if person == stage.ada:
        groups = stage.api("admin").groups()
        for group in groups.list(domain=stage.domain).execute().get("groups", []):
            if group["email"].startswith(MARK):
                yield groups.delete(groupKey=group["email"])


def _marked_mail(stage: Stage, person: str) -> Iterator[Any]:
    users = stage.api("gmail", person).users()
    for draft in users.drafts().list(userId="me", q=f"subject:{MARK}").execute().get("drafts", []):
        yield users.drafts().delete(userId="me", id=draft["id"])
    found = users.messages().list(userId="me", q=f"in:anywhere subject:{MARK}", maxResults=500).execute()
    for message in found.get("messages", []):
        yield users.messages().delete(userId="me", id=message["id"])
    for label in users.labels().list(userId="me").execute()["labels"]:
        if label["name"].startswith(MARK):
            yield users.labels().delete(userId="me", id=label["id"])
