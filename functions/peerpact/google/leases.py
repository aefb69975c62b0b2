"""A lease keeps two runs of one job apart, as a courtesy: correctness rests on keys, not on it.

It is a Cloud Storage object created only if it does not exist (``ifGenerationMatch=0``) and taken over only
after it has expired, against the generation that was seen. Beside the leases lies when each job last succeeded.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from peerpact.errors import GoogleError
from peerpact.google.apis import collection, execute
from peerpact.google.session import Session


@dataclass(frozen=True, slots=True)
class Lease:
    """A lease that is held: the object's name and generation."""

    name: str
    generation: str


class Leases:
    """The leases of one bucket."""

    def __init__(self, session: Session, bucket: str) -> None:
        self._session = session
        self._bucket = bucket

    def take(self, job: str, holder: str, *, now: datetime, length: timedelta) -> Lease | None:
        """Take the job's lease until ``now + length``; None when another run holds it."""
        body = json.dumps({"holder": holder, "expires": (now + length).isoformat()})
        lease = self._create(f"{job}.json", body, "0")
        return lease or self._take_over(f"{job}.json", body, now)

    def give_back(self, lease: Lease) -> None:
        """End a lease; one that was taken over meanwhile stays with its new holder."""
        request = self._objects.delete(
            bucket=self._bucket, object=lease.name, ifGenerationMatch=lease.generation
        )
        try:
            execute(request, self._session)
        except GoogleError as error:
            if error.status not in {404, 412}:
                raise

    def note_success(self, job: str, now: datetime) -> None:
        """Write down that the job succeeded."""
        self._put(f"{job}.succeeded", now.isoformat(), "text/plain")

    def last_success(self, job: str) -> datetime | None:
        """Return when the job last succeeded; None when it never did."""
        content = self._content(f"{job}.succeeded")
        return None if content is None else datetime.fromisoformat(content.decode())

    def _create(self, name: str, body: str, generation: str) -> Lease | None:
        try:
            made = self._put(name, body, "application/json", ifGenerationMatch=generation)
        except GoogleError as error:
            if error.status != 412:
                raise
            return None
        return Lease(name, made["generation"])

    def _take_over(self, name: str, body: str, now: datetime) -> Lease | None:
        request = self._objects.get(bucket=self._bucket, object=name)
        seen = self._if_there(request)
        if seen is None:
            return None
        held = self._content(name, generation=seen["generation"])
        if held is None or datetime.fromisoformat(json.loads(held)["expires"]) > now:
            return None
        return self._create(name, body, seen["generation"])

    def _content(self, name: str, **which: str) -> bytes | None:
        found: bytes | None = self._if_there(
            self._objects.get_media(bucket=self._bucket, object=name, **which)
        )
        return found

    def _put(self, name: str, body: str, kind: str, **unless: str) -> dict[str, Any]:
        from googleapiclient.http import MediaInMemoryUpload  # noqa: PLC0415 - only when needed

        media = MediaInMemoryUpload(body.encode(), mimetype=kind)
        request = self._objects.insert(bucket=self._bucket, name=name, media_body=media, **unless)
        return dict(execute(request, self._session))

    def _if_there(self, request: Any) -> Any:
        try:
            return execute(request, self._session)
        except GoogleError as error:
            if error.status != 404:
                raise
            return None

    @property
    def _objects(self) -> Any:
        return collection("storage", "objects")
