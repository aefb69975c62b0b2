"""The domain's accounts, found by any of their addresses."""

from __future__ import annotations

import pytest

from workspace_emulator import User, Workspace

MAY = User(email="May@example.com", name="May Berry", aliases=("m.berry@example.com",))


@pytest.mark.parametrize(
    "address",
    [
        "may@example.com",
        "MAY@EXAMPLE.COM",
        "M.Berry@example.com",
        "may+x@example.com",
        "m.berry+y@example.com",
    ],
)
def test_finds_an_account_by_any_of_its_addresses(workspace: Workspace, address: str) -> None:
    workspace.add_user(MAY)
    assert workspace.user(address) == MAY


@pytest.mark.parametrize("address", ["may@elsewhere.org", "nobody@example.com", "", "may"])
def test_finds_nobody_behind_another_address(workspace: Workspace, address: str) -> None:
    workspace.add_user(MAY)
    assert workspace.user(address) is None


def test_forgets_an_alias_that_was_taken_away(workspace: Workspace) -> None:
    workspace.add_user(MAY)
    workspace.add_user(User(email="may@example.com", name="May Berry"))
    assert workspace.user("m.berry@example.com") is None


def test_takes_its_accounts_back_with_a_snapshot(workspace: Workspace) -> None:
    snapshot = workspace.store.snapshot()
    workspace.add_user(MAY)
    workspace.store.restore(snapshot)
    assert workspace.user("m.berry@example.com") is None


def test_remembers_the_latest_calls_alone(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workspace_emulator.core.workspace.MOST_CALLS", 10)
    for _ in range(35):
        workspace.note_call(
            method_id="gmail.users.labels.list", user="may@example.com", kind="read", status=200
        )
    numbers = [call.number for call in workspace.calls]
    assert numbers == list(range(36 - len(numbers), 36))
    assert 10 <= len(numbers) < 20
