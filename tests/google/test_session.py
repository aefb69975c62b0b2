"""The one session under both libraries: whose token travels, by which way, and how long anybody waits."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import google.auth.exceptions
import pytest
import requests
import stamina
from google.oauth2.credentials import Credentials
from hypothesis import HealthCheck, given
from hypothesis import settings as with_settings
from hypothesis import strategies as st
from requests.adapters import BaseAdapter

from peerpact.errors import GoogleError, OutOfTime
from peerpact.google.apis import collection
from peerpact.google.pace import Pace
from peerpact.google.session import LEAST_SECONDS, RedirectAdapter, Session, _refused_token

URL = "https://gmail.googleapis.com/gmail/v1/users/me/profile"


class Recorder(BaseAdapter):
    """Answers every request alike, and keeps what was sent and how."""

    def __init__(self, status: int = 200, headers: Mapping[str, str] | None = None) -> None:
        super().__init__()
        self.status, self.headers = status, dict(headers or {})
        self.sent: list[requests.PreparedRequest] = []
        self.how: list[dict[str, Any]] = []

    def send(self, request: requests.PreparedRequest, **how: Any) -> requests.Response:  # type: ignore[override]
        self.sent.append(request)
        self.how.append(how)
        answer = requests.Response()
        answer.status_code, answer.request, answer.url = self.status, request, request.url or ""
        answer.headers.update(self.headers)
        answer._content = b'{"error": {"message": "no"}}'
        return answer

    def close(self) -> None:
        """Nothing to close."""


def session(recorder: Recorder, pace: Pace | None = None) -> Session:
    return Session(Credentials(token="ours"), transport=recorder, pace=pace)


@pytest.mark.parametrize("entry", ["default", "machine gmail.googleapis.com"])
def test_never_lets_a_netrc_replace_its_token(
    entry: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text(f"{entry} login me password secret\n", encoding="utf-8")
    monkeypatch.setenv("NETRC", str(netrc))
    recorder = Recorder()
    session(recorder).request("GET", URL)
    assert requests.utils.get_netrc_auth(URL) == ("me", "secret")
    assert recorder.sent[0].headers["Authorization"] == "Bearer ours"


def test_goes_through_a_company_s_proxy_and_trusts_its_certificates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "company.pem"))
    recorder = Recorder()
    session(recorder).request("GET", URL)
    assert recorder.how[0]["proxies"]["https"] == "http://proxy.example:3128"
    assert recorder.how[0]["verify"] == str(tmp_path / "company.pem")


def test_asks_the_environment_once_for_each_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "oauth2.googleapis.com")
    recorder = Recorder()
    ours = session(recorder)
    ours.request("GET", URL)
    recorder.how[0]["proxies"].clear()  # what a transport does with its own is nobody else's
    monkeypatch.delenv("HTTPS_PROXY")
    ours.request("GET", URL)
    ours.request("POST", "https://oauth2.googleapis.com/token")
    assert [how["proxies"].get("https") for how in recorder.how] == [None, "http://proxy.example:3128", None]


def test_reaches_a_local_workspace_without_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, Any]] = []

    def send(_: BaseAdapter, request: requests.PreparedRequest, **how: Any) -> requests.Response:
        seen.append({"url": request.url, **how})
        return Recorder().send(request)

    monkeypatch.setattr(requests.adapters.HTTPAdapter, "send", send)
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example:3128")
    Session(Credentials(token="ours"), transport=RedirectAdapter("http://127.0.0.1:8090")).request("GET", URL)
    assert [(s["url"], s["proxies"]) for s in seen] == [
        ("http://127.0.0.1:8090/gmail/v1/users/me/profile", {})
    ]


def test_follows_nobody_elsewhere_with_its_token() -> None:
    recorder = Recorder(302, {"Location": "https://elsewhere.example/"})
    with pytest.raises(GoogleError) as refused:
        session(recorder).request("GET", URL)
    assert (refused.value.status, len(recorder.sent)) == (302, 1)


@with_settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(asked=st.integers(0, 5000), left=st.floats(-50, 600))
def test_never_waits_longer_than_the_run_has(
    asked: int, left: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamina.set_testing(False)
    naps: list[float] = []
    monkeypatch.setattr(time, "sleep", naps.append)
    calls = session(Recorder(429, {"Retry-After": str(asked)}))
    calls.seconds_left = lambda: left - sum(naps)
    with pytest.raises(GoogleError):
        calls.request("GET", URL)
    assert naps
    for i, nap in enumerate(naps):
        assert nap <= max(LEAST_SECONDS, left - sum(naps[:i]) if asked else left)


@pytest.mark.parametrize("asked", ["", "²", "-1", "x", "Mon, 05 Jan 2026 06:00:00 GMT"])
def test_waits_as_usual_where_it_is_not_told_for_how_many_seconds(
    asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamina.set_testing(False)
    naps: list[float] = []
    monkeypatch.setattr(time, "sleep", naps.append)
    with pytest.raises(GoogleError):
        session(Recorder(429, {"Retry-After": asked})).request("GET", URL)
    assert naps


def test_does_not_wait_for_a_turn_that_comes_after_the_run_s_end() -> None:
    waits: list[float] = []
    pace = Pace(lambda: 0.0, waits.append)
    pace.refused("directory", 60)
    recorder = Recorder()
    calls = session(recorder, pace)
    calls.seconds_left = lambda: 20.0
    with pytest.raises(OutOfTime):
        calls.request("GET", "https://admin.googleapis.com/admin/directory/v1/users/a")
    assert (recorder.sent, waits) == ([], [])
    calls.seconds_left = lambda: 300.0
    calls.request("GET", "https://admin.googleapis.com/admin/directory/v1/users/a")
    assert (len(recorder.sent), len(waits)) == (1, 1)


@given(asked=st.integers(0, 10**9))
def test_a_refusal_holds_nobody_back_for_longer_than_a_quota_needs(asked: int) -> None:
    waits: list[float] = []
    pace = Pace(lambda: 0.0, waits.append)
    refusing = session(Recorder(429, {"Retry-After": str(asked)}), pace)
    refusing.seconds_left = lambda: 1e12
    with pytest.raises(GoogleError):
        refusing.request("GET", URL)
    assert max(waits, default=0) <= 4 * 70


def test_keeps_what_the_library_built() -> None:
    assert collection("calendar", "events") is collection("calendar", "events")
    assert collection("gmail", "users", "drafts") is not collection("gmail", "users", "messages")


def test_leaves_other_people_s_modules_alone() -> None:
    import importlib.util  # noqa: PLC0415 - after peerpact.google

    for name in ("cryptography.x509", "httplib2.auth", "google_auth_oauthlib.flow"):
        assert importlib.util.find_spec(name) is not None
        assert name not in sys.modules or type(sys.modules[name]) is type(sys)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        ('{"error": {"code": 500, "message": "Internal error"}}', 503),
        ('{"error": {"code": 503}}', 503),
        ('{"error": {"code": 429}}', 503),
        ('{"error": {"code": 403, "status": "PERMISSION_DENIED"}}', 401),
        ('{"error": "invalid_grant"}', 401),
        ("<html>", 401),
    ],
)
def test_takes_a_signature_that_google_can_t_make_just_now_for_a_passing_fault(
    answer: str, status: int
) -> None:
    error = google.auth.exceptions.RefreshError("Unable to acquire impersonated credentials", answer)
    assert _refused_token(error).status == status


PAGE, WHOLE = b"<html>Blocked by our filter</html>", b'{"id": "d1"}'
MAIL, DRAFTS = f"{URL[:-8]}/messages/m1", f"{URL[:-8]}/drafts"
TOKENS = "https://oauth2.googleapis.com/token"


class Answering(Recorder):
    """Answers the first requests with some bodies, all further ones with the last of them."""

    def __init__(self, *bodies: bytes, status: int = 200) -> None:
        super().__init__(status, {"Content-Type": "text/html"})
        self._bodies = bodies

    def send(self, request: requests.PreparedRequest, **how: Any) -> requests.Response:  # type: ignore[override]
        answer = super().send(request, **how)
        answer._content = self._bodies[min(len(self.sent), len(self._bodies)) - 1]
        return answer


@pytest.mark.parametrize("body", [PAGE, b"", b"[]", b"null", b'"x"', WHOLE[:-1], b" \n"])
def test_asks_again_for_what_is_no_answer_of_google_s(body: bytes) -> None:
    for method, url in (("GET", MAIL), ("POST", f"{DRAFTS}/send"), ("PATCH", MAIL)):
        way = Answering(body, body, WHOLE)
        assert session(way).request(method, url).json() == {"id": "d1"}
        assert len(way.sent) == 3


def test_sends_nothing_again_that_may_have_been_carried_out() -> None:
    way = Answering(PAGE, WHOLE)
    with pytest.raises(GoogleError, match="can't be read") as caught:
        session(way).request("POST", DRAFTS)
    assert (len(way.sent), caught.value.permanent, caught.value.ambiguous) == (1, False, True)


def test_takes_what_can_never_be_read_for_an_oddity_of_what_was_asked_for() -> None:
    told = {}
    for method, url in (("GET", MAIL), ("POST", f"{DRAFTS}/send")):
        with pytest.raises(GoogleError, match=r"can't be read \(text/html\)") as caught:
            session(Answering(PAGE)).request(method, url)
        told[method] = caught.value.permanent, caught.value.ambiguous, caught.value.concerns_all
    assert told == {"GET": (True, False, False), "POST": (False, True, False)}


SHEET = "https://sheets.googleapis.com/v4/spreadsheets/s1"


@pytest.mark.parametrize(
    ("method", "url", "params", "name"),
    [
        ("GET", SHEET, {"fields": "sheets(properties,protectedRanges),namedRanges"}, "sheets"),
        ("GET", SHEET, {"fields": "sheets.properties(title)"}, "sheets"),
        ("GET", f"{SHEET}/values:batchGet", {"ranges": ["A", "B"]}, "valueRanges"),
        ("POST", f"{URL[:-8]}/labels", {"alt": "json"}, "id"),
        ("GET", SHEET, {"fields": "sheets.data.rowData"}, None),
        ("GET", f"{SHEET}/values/A1", {}, None),
        ("POST", f"{SHEET}:batchUpdate", {}, None),
        ("GET", f"{URL[:-8]}/labels", {}, None),
    ],
)
def test_takes_nothing_for_empty_or_made_where_google_always_says_something(
    method: str, url: str, params: dict[str, Any], name: str | None
) -> None:
    whole = json.dumps({name or "kind": []}).encode()
    assert session(Answering(whole)).request(method, url, params=params).content == whole
    if name is None:
        assert session(Answering(b"{}")).request(method, url, params=params).content == b"{}"
        return
    with pytest.raises(GoogleError, match="can't be read"):
        session(Answering(b"{}", whole[:-1], b'{"error": 1}')).request(method, url, params=params)


@pytest.mark.parametrize(
    ("method", "url"),
    [
        ("DELETE", f"{DRAFTS}/d1"),
        ("POST", f"{URL[:-8]}/messages/batchModify"),
        ("GET", "https://storage.googleapis.com/storage/v1/b/b/o/o?alt=media"),
    ],
)
def test_takes_no_words_for_an_answer_where_google_has_none(method: str, url: str) -> None:
    assert session(Answering(b"")).request(method, url).content == b""
    assert session(Answering(b" {} \n")).request(method, url).content == b" {} \n"


def test_reads_what_a_file_holds_whatever_that_is() -> None:
    url = "https://storage.googleapis.com/storage/v1/b/b/o/o?alt=media"
    assert session(Answering(b"2026-01-05")).request("GET", url).content == b"2026-01-05"


def test_takes_no_other_page_for_a_token() -> None:
    way = Answering(PAGE)
    credentials = Credentials(None, refresh_token="r", token_uri=TOKENS, client_id="c", client_secret="s")
    with pytest.raises(GoogleError, match="the token endpoint did not answer") as caught:
        Session(credentials, transport=way).request("GET", URL)
    assert not caught.value.permanent


@pytest.mark.parametrize("status", [302, 403, 404, 407, 410])
def test_takes_no_page_for_google_s_word_that_something_is_gone_or_forbidden(status: int) -> None:
    way = Answering(PAGE, status=status)
    with pytest.raises(GoogleError, match=rf"can't be read \({status}, text/html\)") as caught:
        session(way).request("GET", MAIL)
    assert (caught.value.status, caught.value.permanent) == (0, True)
    with pytest.raises(GoogleError) as caught:
        session(Answering(b'{"error": {"message": "Not Found"}}', status=status)).request("GET", MAIL)
    assert caught.value.status == status


@pytest.mark.parametrize("status", [400, 413, 429, 412])
def test_takes_what_google_s_front_says_in_a_page_for_what_it_is(status: int) -> None:
    with pytest.raises(GoogleError) as caught:
        session(Answering(PAGE, status=status)).request("POST", DRAFTS)
    assert caught.value.status == status


def test_lets_storage_say_in_words_that_there_is_no_such_object() -> None:
    url = "https://storage.googleapis.com/storage/v1/b/b/o/o?alt=media"
    with pytest.raises(GoogleError) as caught:
        session(Answering(b"No such object: b/o", status=404)).request("GET", url)
    assert caught.value.status == 404
