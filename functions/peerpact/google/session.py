"""One authorised HTTP session under gspread and google-api-python-client alike: time-outs, retries, counts, errors.

Every call is of one of three classes, which decide what may be tried again (google-platform facts, section 9):
a read, a keyed write (a repeat is refused or changes nothing), or an unkeyed write (a repeat would be a second
letter). A refused call (429, rate limits) was not carried out and may always be tried again; an ambiguous one
(5xx, a lost connection) only when a repeat is harmless.
"""

from __future__ import annotations

import json
import logging
import re
import threading
from collections import Counter
from collections.abc import Callable
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit

import google.auth.exceptions
import requests
import stamina
from google.auth.transport.requests import AuthorizedSession, Request
from requests.adapters import BaseAdapter, HTTPAdapter
from urllib3.exceptions import NewConnectionError

from peerpact.errors import ConfigError, OutOfTime
from peerpact.google.pace import Pace, cost_of
from peerpact.google.refusals import UNREADABLE, CallClass, Refusal, google_error

log = logging.getLogger(__name__)

TIMEOUT = (5.0, 60.0)
"""Seconds to connect and to wait for an answer."""
ATTEMPTS = 6
TOTAL_SECONDS = 90.0
"""A Sheets quota refills within a minute, so a refused call is given that long and a little more."""
LONGEST_WAIT = 65.0
"""A quota a minute is whole again after that, whatever Google asks us to wait."""
LEAST_SECONDS = 5.0
"""So long a call is tried again even at the end of a run, so that what was done can be recorded."""
_NO_TURN = "Google's quota is used up until after the end of this run. The next run goes on from here."
_QUOTED = r"(?s)[\"“].*[\"”]"
"""Google says back what it can't read of a request; that may be what somebody wrote, and sentences reach the log."""


_UNKEYED = r"/gmail/v1/users/[^/]+/(drafts|messages/send)$|/values/[^/]+:append$"
_MEDIA_TYPE = re.compile(r"[\w.+/-]{1,60}(; *charset=[\w-]{1,20})?")
_MEANT = {*range(300, 400), 403, 404, 407, 410}
"""Answers by which something is forbidden, gone or elsewhere: Google says so in an object, anybody else in a page."""
_SAY_NOTHING = re.compile(r"/batchModify$")
_ALWAYS_SAY = (
    (re.compile(r"GET /v4/spreadsheets/[^/:]+\?.*\bproperties\b"), b'"sheets"'),
    (re.compile(r"GET /v4/spreadsheets/[^/:]+/values:batchGet\?"), b'"valueRanges"'),
    (re.compile(r"POST /gmail/v1/users/[^/]+/labels\?"), b'"id"'),
)
"""Calls, and what their answers never lack: without it nothing would be taken for empty, or for there."""
_READING_POSTS = re.compile(r"/freeBusy$|:batchGet\w*$|:getByDataFilter$|:signJwt$|/token$")


def class_of(method: str, url: str) -> CallClass:
    """Tell a call's class. ``drafts/send`` is keyed: a draft is consumed by the first send that succeeds."""
    path = urlsplit(url).path
    if method.upper() == "GET" or _READING_POSTS.search(path):
        return CallClass.READ
    return CallClass.UNKEYED if re.search(_UNKEYED, path) else CallClass.KEYED


class Session:
    """An authorised way to Google that retries by class of call, counts calls and raises GoogleError alone.

    Any number of threads may call at once; each has a connection of its own, as ``requests`` does not promise that
    one may be shared.
    """

    def __init__(
        self, credentials: Any, *, transport: BaseAdapter | None = None, pace: Pace | None = None
    ) -> None:
        self.credentials = credentials
        self.calls: Counter[tuple[str, CallClass]] = Counter()
        self.refusals: Counter[str] = Counter()
        self.seconds_left: Callable[[], float] = lambda: TOTAL_SECONDS
        self._transport = transport
        self._pace = pace
        self._counting = threading.Lock()
        self._connections = threading.local()

    def request(self, method: str, url: str, **how: Any) -> requests.Response:
        """Make one call, trying again where that is harmless.

        Raises:
            GoogleError: Google refused for good, or could not be reached in time.
            OutOfTime: the quota is used up for longer than the run has.
        """
        call_class = class_of(method, url)
        how |= {"timeout": TIMEOUT, "allow_redirects": False}
        patience = min(TOTAL_SECONDS, self._seconds())
        try:
            for attempt in stamina.retry_context(
                on=lambda e: _wait(e, api_of(url), call_class, at_most=self._seconds()),
                attempts=ATTEMPTS,
                timeout=patience,
                wait_initial=1.0,
                wait_max=min(32.0, patience),
            ):
                with attempt:
                    self._count(api_of(url), call_class)
                    return self._paced(method, url, how)
        except Refusal as refusal:
            raise google_error(refusal, api_of(url), call_class) from None
        raise AssertionError("stamina ends with a result or an error")

    def _seconds(self) -> float:
        """Return how many seconds there are: those that the run has, but enough to record what was done."""
        return max(LEAST_SECONDS, self.seconds_left())

    def _count(self, api: str, call_class: CallClass) -> None:
        with self._counting:
            self.calls[api, call_class] += 1

    def _paced(self, method: str, url: str, how: dict[str, Any]) -> requests.Response:
        """Make one try when its turn has come; a refusal holds everybody back who draws on the same limit."""
        reads = class_of(method, url) is CallClass.READ
        bucket, units = cost_of(api_of(url), method, url, reads=reads)
        if self._pace and not self._pace.take_turn(bucket, units, at_most=self._seconds()):
            raise OutOfTime(_NO_TURN)
        try:
            return self._once(method, url, how)
        except Refusal as refusal:
            if refusal.was_not_carried_out:
                with self._counting:
                    self.refusals[api_of(url)] += 1
            if refusal.was_not_carried_out and self._pace:
                self._pace.refused(bucket, min(refusal.retry_after, LONGEST_WAIT))
            raise

    def _once(self, method: str, url: str, how: dict[str, Any]) -> requests.Response:
        try:
            response: requests.Response = self._connection.request(method, url, **how)
        except Unreadable as error:
            raise Refusal(0, UNREADABLE, str(error)) from error
        except requests.RequestException as error:
            raise Refusal(0, "noAnswer", f"no answer ({type(error).__name__})") from error
        except google.auth.exceptions.RefreshError as error:
            raise _refused_token(error) from error
        except google.auth.exceptions.TransportError as error:
            raise Refusal(0, "noAnswer", "the token endpoint did not answer") from error
        if response.status_code >= 300:
            raise _refusal(response)
        return response

    @property
    def _connection(self) -> AuthorizedSession:
        """The calling thread's own connection."""
        if not hasattr(self._connections, "mine"):
            self._connections.mine = self._connected()
        mine: AuthorizedSession = self._connections.mine
        return mine

    def _connected(self) -> _Authorised:
        plain = _Plain()
        token_request = Request(session=plain) if self._transport is None else _LocalRequest(session=plain)
        connection: _Authorised = _Authorised(  # type: ignore[no-untyped-call]
            self.credentials, auth_request=token_request, refresh_timeout=30
        )
        if self._transport is not None:
            for session in (connection, plain):
                session.mount("https://", self._transport)
                session.mount("http://", self._transport)
        for session in (connection, plain):
            session.auth = _as_it_is
        return connection


class Unreadable(requests.RequestException):
    """A success that is none of Google's: another page, or no more than a part of an answer. Says what it is called."""


class _Plain(requests.Session):
    """Takes no answer that can't be one of Google's.

    Asks the environment once a host for its proxy and certificates: asking takes as long as all else of a call.
    """

    def send(self, request: requests.PreparedRequest, **how: Any) -> requests.Response:
        answer = super().send(request, **how)
        if answer.status_code < 300 and not _can_be_read(request, answer.content):
            raise Unreadable(_media_type(answer), request=request)
        return answer

    @cached_property
    def _found(self) -> dict[str, dict[str, Any]]:
        return {}

    def merge_environment_settings(self, url: Any, *settings: Any) -> Any:
        """Return how to reach a URL, as an earlier call to its host did."""
        place = f"{urlsplit(url)[:2]} {settings}"
        if place not in self._found:
            self._found[place] = dict(super().merge_environment_settings(url, *settings))
        found = self._found[place]
        return {**found, "proxies": dict(found["proxies"])}


class _Authorised(_Plain, AuthorizedSession):
    """The same with our token."""


def _media_type(answer: requests.Response) -> str:
    said = answer.headers.get("Content-Type", "")
    return said if _MEDIA_TYPE.fullmatch(said) else "no type"


def _can_be_read(request: requests.PreparedRequest, content: bytes) -> bool:
    """Tell whether an answer may be Google's: one object, but for contents of files and methods that say nothing.

    It has what Google's answers to the call always have.
    """
    url = urlsplit(request.url or "")
    if "alt=media" in url.query or (
        not content and (request.method == "DELETE" or _SAY_NOTHING.search(url.path))
    ):
        return True
    call = f"{request.method} {url.path}?{unquote(url.query)}"
    lacks = any(pattern.match(call) and name not in content for pattern, name in _ALWAYS_SAY)
    return not lacks and content[:40].lstrip().startswith(b"{") and content[-40:].rstrip().endswith(b"}")


def _as_it_is(request: requests.PreparedRequest) -> requests.PreparedRequest:
    """Leave a request as it is: without an ``auth``, an entry of the user's netrc would replace our token."""
    return request


class _LocalRequest(Request):
    """Asks for tokens at a local Workspace.

    It can't be copied, which keeps google-auth from looking up regional access boundaries in a thread of its own:
    there are none here, and calls must come in an order that can be repeated.
    """

    def __deepcopy__(self, memo: Any) -> Any:
        raise TypeError("not to be used from another thread")


class RedirectAdapter(HTTPAdapter):
    """Sends every request to a local Workspace instead of Google, whatever its host."""

    def __init__(self, base_url: str) -> None:
        super().__init__()
        self._base = base_url.rstrip("/")

    def send(self, request: requests.PreparedRequest, *args: Any, **kwargs: Any) -> requests.Response:
        """Send it without the proxies of the environment, which don't know this machine.

        Raises:
            ConfigError: nothing listens there.
        """
        kwargs["proxies"] = {}
        parts = urlsplit(request.url or "")
        request.url = f"{self._base}{parts.path}" + (f"?{parts.query}" if parts.query else "")
        try:
            return super().send(request, *args, **kwargs)
        except requests.ConnectionError as error:
            if not isinstance(getattr(error.args[0], "reason", None), NewConnectionError):
                raise
            raise ConfigError(
                f"No local Workspace answers at {self._base}. Start one (“python -m workspace_emulator”), correct "
                "PEERPACT_WORKSPACE, or unset it to reach Google."
            ) from error


def api_of(url: str) -> str:
    """Tell which API a URL belongs to: sheets, calendar, gmail, ..."""
    path = urlsplit(url).path
    names = {
        "/v4/spreadsheets": "sheets",
        "/calendar": "calendar",
        "/gmail": "gmail",
        "/drive": "drive",
        "/admin": "directory",
        "/storage": "storage",
        "/upload/storage": "storage",
    }
    return next((name for prefix, name in names.items() if path.startswith(prefix)), "identity")


def _wait(error: Exception, api: str, call_class: CallClass, *, at_most: float) -> bool | float:
    """Tell stamina whether to try again: no, yes with its own back-off, or after exactly so many seconds.

    Such seconds are slept whole, whatever ``timeout`` says, so they are no more than there are.
    """
    if not isinstance(error, Refusal) or not error.may_be_repeated(call_class):
        return False
    said = error.message if error.reason != UNREADABLE else f"an answer that can't be read ({error.message})"
    said = f"refused with {error.status} ({error.reason or error.message})" if error.status else said
    log.warning(
        "Google (%s): %s; trying again", api, said, extra={"status": error.status, "reason": error.reason}
    )
    return min(error.retry_after, LONGEST_WAIT, at_most) or True


def _refusal(response: requests.Response) -> Refusal:
    try:
        error = response.json()["error"]
        first = (error.get("errors") or [{}])[0]
        reason, message = first.get("reason") or error.get("status", ""), error.get("message", "")
    except (ValueError, KeyError, TypeError, AttributeError):
        if response.status_code in _MEANT and api_of(response.url) != "storage":
            return Refusal(0, UNREADABLE, f"{response.status_code}, {_media_type(response)}")
        reason, message = "", (response.reason or "no explanation")
    after = response.headers.get("Retry-After", "")
    message = re.sub(_QUOTED, "(text)", message)
    return Refusal(response.status_code, reason, message, float(after) if after.isdecimal() else 0.0)


def _refused_token(error: google.auth.exceptions.RefreshError) -> Refusal:
    """Tell a token that is refused from one that Google can't give just now.

    google-auth says which for the token endpoint, but not where signJwt failed: there the answer comes second.
    """
    said = str(error.args[0]) if error.args else "no reason given"
    code = _code_in(str(error.args[1])) if len(error.args) > 1 else 0
    return Refusal(503 if error.retryable or code >= 500 or code == 429 else 401, "token", said)


def _code_in(answer: str) -> int:
    try:
        return int(json.loads(answer)["error"]["code"])
    except (ValueError, KeyError, TypeError):
        return 0
