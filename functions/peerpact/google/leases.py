"""A lease keeps two runs of one job apart, as a courtesy: correctness rests on keys, not on it.

It is a Cloud Storage object created only if it does not exist (``ifGenerationMatch=0``) and taken over only
after it has expired, against the generation that was seen. Beside the leases lies when each job last succeeded.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import quote

from peerpact.errors import GoogleError
from peerpact.google.session import Session

_ROOT = "https://storage.googleapis.com"
_TEXT = {"Content-Type": "text/plain"}


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
        url = f"{_ROOT}/storage/v1/b/{self._bucket}/o/{quote(lease.name, safe='')}"
        try:
            self._session.request("DELETE", url, params={"ifGenerationMatch": lease.generation})
        except GoogleError as error:
            if error.status not in {404, 412}:
                raise

    def note_success(self, job: str, now: datetime) -> None:
        """Write down that the job succeeded."""
        url = f"{_ROOT}/upload/storage/v1/b/{self._bucket}/o"
        params = {"uploadType": "media", "name": f"{job}.succeeded"}
        self._session.request("POST", url, params=params, data=now.isoformat(), headers=_TEXT)

    def last_success(self, job: str) -> datetime | None:
        """Return when the job last succeeded; None when it never did."""
        url = f"{_ROOT}/storage/v1/b/{self._bucket}/o/{job}.succeeded"
        try:
            return datetime.fromisoformat(self._session.request("GET", url, params={"alt": "media"}).text)
        except GoogleError as error:
            if error.status != 404:
                raise
            return None

    def _create(self, name: str, body: str, generation: str) -> Lease | None:
        url = f"{_ROOT}/upload/storage/v1/b/{self._bucket}/o"
        params = {"uploadType": "media", "name": name, "ifGenerationMatch": generation}
        headers = {"Content-Type": "application/json"}
        try:
            answer = self._session.request("POST", url, params=params, data=body, headers=headers)
        except GoogleError as error:
            if error.status != 412:
                raise
            return None
        return Lease(name, answer.json()["generation"])

    def _take_over(self, name: str, body: str, now: datetime) -> Lease | None:
        url = f"{_ROOT}/storage/v1/b/{self._bucket}/o/{quote(name, safe='')}"
        try:
            seen = self._session.request("GET", url).json()["generation"]
            held = self._session.request("GET", url, params={"alt": "media", "generation": seen}).json()
        except GoogleError as error:
            if error.status != 404:
                raise
            return None
        if datetime.fromisoformat(held["expires"]) > now:
            return None
        return self._create(name, body, seen)
