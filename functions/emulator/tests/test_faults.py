"""Faults on purpose and quotas, seen from a caller's side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import requests

from workspace_emulator import Effect, Fault, Front, Limit, User, Workspace
from workspace_emulator.core.wire import Request

USERS = "https://admin.googleapis.com/admin/directory/v1/users"
BUCKETS = "https://storage.googleapis.com/storage/v1/b?project=peer"
OBJECTS = "https://storage.googleapis.com/storage/v1/b/bucket/o"
UPLOADS = "https://storage.googleapis.com/upload/storage/v1/b/bucket/o"


def put(session: requests.Session, name: str, **params: Any) -> requests.Response:
    return session.post(UPLOADS, params={"uploadType": "media", "name": name, **params}, data=b"x")


def names(session: requests.Session) -> list[str]:
    return [o["name"] for o in session.get(OBJECTS).json().get("items", [])]


def test_refuses_with_googles_words(workspace: Workspace, ada: requests.Session) -> None:
    workspace.faults.add(Fault(effect=Effect.REFUSE, status=403, retry_after=7, times=1))
    answer = put(ada, "a")
    assert (answer.status_code, answer.headers["Retry-After"]) == (403, "7")
    assert answer.json()["error"]["errors"] == [
        {"message": "Rate Limit Exceeded", "domain": "usageLimits", "reason": "rateLimitExceeded"}
    ]
    assert names(ada) == []


def test_refuses_with_the_words_it_was_given(workspace: Workspace, ada: requests.Session) -> None:
    workspace.faults.add(Fault(effect=Effect.REFUSE, status=403, reason="quotaExceeded", message="Enough."))
    error = put(ada, "a").json()["error"]
    assert (error["message"], error["errors"][0]["reason"]) == ("Enough.", "quotaExceeded")


def test_drops_a_request_before_it_has_an_effect(workspace: Workspace, ada: requests.Session) -> None:
    workspace.faults.add(Fault(effect=Effect.DROP_BEFORE, times=1))
    with pytest.raises(requests.ConnectionError):
        put(ada, "a")
    assert names(ada) == []
    assert (workspace.calls[0].status, workspace.calls[0].lost) == (None, True)


def test_drops_the_answer_after_the_effect(workspace: Workspace, ada: requests.Session) -> None:
    workspace.faults.add(Fault(effect=Effect.DROP_AFTER, times=1))
    with pytest.raises(requests.ConnectionError):
        put(ada, "a")
    assert names(ada) == ["a"]
    assert (workspace.calls[0].status, workspace.calls[0].lost) == (200, True)


def test_delivers_twice(workspace: Workspace, ada: requests.Session) -> None:
    workspace.faults.add(Fault(effect=Effect.TWICE, times=1))
    assert put(ada, "a", ifGenerationMatch=0).status_code == 412
    assert [c.status for c in workspace.calls] == [200, 412]


def test_delays_on_the_workspaces_clock(workspace: Workspace, ada: requests.Session) -> None:
    before = workspace.clock.now()
    workspace.faults.add(Fault(effect=Effect.DELAY, seconds=20, times=1))
    assert put(ada, "a").status_code == 200
    assert workspace.clock.now() - before == timedelta(seconds=20)


def test_lets_an_impatient_caller_time_out_though_the_request_had_its_effect(
    workspace: Workspace, ada: requests.Session
) -> None:
    before = workspace.clock.now()
    workspace.faults.add(Fault(effect=Effect.DELAY, seconds=20, times=1))
    with pytest.raises(requests.ReadTimeout):
        ada.post(UPLOADS, params={"uploadType": "media", "name": "a"}, data=b"x", timeout=(1, 5))
    assert workspace.clock.now() - before == timedelta(seconds=5)
    assert names(ada) == ["a"]


def test_strikes_only_the_call_of_that_number(workspace: Workspace, ada: requests.Session) -> None:
    ada.get(OBJECTS)
    workspace.faults.add(Fault(effect=Effect.REFUSE, call=2))
    assert [put(ada, name).status_code for name in "abc"] == [200, 503, 200]


def test_counts_only_the_calls_that_fit(workspace: Workspace, ada: requests.Session) -> None:
    workspace.faults.add(Fault(effect=Effect.REFUSE, method="storage.*", kind="write", call=2))
    assert put(ada, "a").status_code == 200
    assert ada.get(OBJECTS).status_code == 200
    assert ada.get(f"{USERS}/ada@example.com").status_code == 200
    assert put(ada, "b").status_code == 503


def test_strikes_only_one_user(workspace: Workspace, ada: requests.Session, ben: requests.Session) -> None:
    workspace.faults.add(Fault(effect=Effect.REFUSE, user="ben@*"))
    assert (put(ada, "a").status_code, put(ben, "b").status_code) == (200, 503)


def test_strikes_with_the_same_luck_for_the_same_seed(workspace: Workspace, ada: requests.Session) -> None:
    def run() -> list[int]:
        workspace.faults.clear()
        workspace.faults.add(Fault(effect=Effect.REFUSE, chance=0.5, seed=3))
        return [put(ada, "a").status_code for _ in range(30)]

    first = run()
    assert first == run()
    assert {200, 503} == set(first)


def test_stops_after_its_times(workspace: Workspace, ada: requests.Session) -> None:
    workspace.faults.add(Fault(effect=Effect.REFUSE, times=2))
    assert [put(ada, "a").status_code for _ in range(3)] == [503, 503, 200]
    assert len(workspace.faults.struck) == 2


def test_runs_a_hook_before_and_after_a_call(
    workspace: Workspace, session: Callable[[str], requests.Session]
) -> None:
    ben = session("ben@example.com")
    seen: list[list[str]] = []
    workspace.faults.add(
        Fault(
            before=lambda _: put(ben, "before"),
            after=lambda _: seen.append(names(ben)),
        )
    )
    put(session("ada@example.com"), "a")
    assert seen == [["a", "before"]]
    assert [c.user for c in workspace.calls] == ["ada@example.com"]


def test_keeps_what_a_hook_did_when_the_call_is_refused(workspace: Workspace, ada: requests.Session) -> None:
    newcomer = User(email="new@example.com", name="New Comer")
    workspace.faults.add(Fault(before=lambda w: w.add_user(newcomer)))
    assert ada.get(f"{OBJECTS}/none").status_code == 404
    assert workspace.user("new@example.com") == newcomer


def test_refuses_at_the_token_endpoint_in_its_own_style(workspace: Workspace, ada: requests.Session) -> None:
    workspace.faults.add(Fault(effect=Effect.REFUSE, method="oauth2.token", status=500))
    answer = ada.post("https://oauth2.googleapis.com/token", data={"grant_type": "refresh_token"})
    assert (answer.status_code, answer.json()["error"]) == (500, "backendError")


def test_leaves_the_workspaces_own_pages_alone(workspace: Workspace, front: Front) -> None:
    workspace.faults.add(Fault(effect=Effect.DROP_BEFORE))
    workspace.quotas.switch_on({"storage": Limit(per_user=0, per_project=0)})
    headers = {"Authorization": f"Bearer {workspace.identity.token_for('ben@example.com')}"}
    page = Request(method="GET", target="/storage/v1/b?project=p", headers=headers, aside=True)
    assert front.answer(page).status == 200
    assert (workspace.calls, workspace.faults.struck) == ([], [])


def test_counts_no_quota_unless_told_to(ada: requests.Session) -> None:
    assert {ada.get(BUCKETS).status_code for _ in range(100)} == {200}


def test_refuses_above_a_quota_until_the_clock_has_moved(
    workspace: Workspace, ada: requests.Session, ben: requests.Session
) -> None:
    workspace.quotas.switch_on({"storage": Limit(per_user=3, per_project=100, apart=True)})
    assert [ada.get(BUCKETS).status_code for _ in range(4)] == [200, 200, 200, 403]
    assert put(ada, "a").status_code == 200
    assert ben.get(BUCKETS).status_code == 200
    workspace.clock.move(timedelta(seconds=20))
    assert [ada.get(BUCKETS).status_code for _ in range(2)] == [200, 403]


def test_counts_everybody_together_for_the_project(
    workspace: Workspace, ada: requests.Session, ben: requests.Session
) -> None:
    workspace.quotas.switch_on({"storage": Limit(per_user=10, per_project=3)})
    assert [s.get(BUCKETS).status_code for s in (ada, ben, ada, ben)] == [200, 200, 200, 403]
    assert [c.status for c in workspace.calls] == [200, 200, 200, 403]


def test_holds_the_directory_to_googles_limit(workspace: Workspace, ada: requests.Session) -> None:
    workspace.quotas.switch_on()
    statuses = [ada.get(f"{USERS}/ada@example.com").status_code for _ in range(2401)]
    assert (statuses[:2400], statuses[2400]) == ([200] * 2400, 403)


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("accessNotConfigured", "has not been used in project"),
        ("quotaExceeded", "Calendar usage limits exceeded."),
        ("insufficientPermissions", "insufficient authentication scopes"),
    ],
)
def test_refuses_in_googles_words_for_the_reason(
    workspace: Workspace, ada: requests.Session, reason: str, words: str
) -> None:
    workspace.faults.add(Fault(effect=Effect.REFUSE, status=403, reason=reason))
    answer = ada.get(f"{USERS}/ada@example.com")
    assert answer.status_code == 403
    assert words in answer.json()["error"]["message"]


def test_says_which_of_sheets_limits_it_was_and_not_when_to_come_back(
    workspace: Workspace, ada: requests.Session
) -> None:
    workspace.quotas.switch_on({"sheets": Limit(per_user=0, per_project=10, apart=True)})
    answer = ada.get("https://sheets.googleapis.com/v4/spreadsheets/x/values/A1")
    error = answer.json()["error"]
    assert (error["code"], error["status"]) == (429, "RESOURCE_EXHAUSTED")
    assert error["message"].startswith("Quota exceeded for quota metric 'Read requests'")
    (info,) = (d for d in error["details"] if d["@type"].endswith("ErrorInfo"))
    assert (info["reason"], info["metadata"]["service"]) == ("RATE_LIMIT_EXCEEDED", "sheets.googleapis.com")
    assert "Retry-After" not in answer.headers
