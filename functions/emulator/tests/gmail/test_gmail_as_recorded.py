"""What Gmail was recorded or reported to answer, and nobody would guess."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError
from mail_words import Box, encoded, header, letter

from workspace_emulator import Limit, Workspace
from workspace_emulator.gmail.delivery import deliver
from workspace_emulator.gmail.drafts import send_draft_by_hand
from workspace_emulator.gmail.options import set_mail_options

SHORT = {"id", "threadId", "labelIds", "snippet", "sizeEstimate", "historyId", "internalDate"}


def refusal(call: Any) -> tuple[int, str]:
    with pytest.raises(HttpError) as refused:
        call.execute()
    return int(refused.value.status_code), str(refused.value.reason)


def drafted(box: Box, **parts: str) -> Any:
    raw = encoded(letter(**parts))
    return box.drafts.create(userId="me", body={"message": {"raw": raw}}).execute()


def test_shows_a_labelled_message_in_short_and_a_binned_one_barely(ada_box: Box) -> None:
    sent = ada_box.insert(letter(text="How did it go?\n"), "INBOX")
    starred = ada_box.messages.modify(userId="me", id=sent["id"], body={"addLabelIds": ["STARRED"]}).execute()
    assert starred.keys() == SHORT
    assert starred["snippet"] == "How did it go?"
    thread = ada_box.threads.modify(
        userId="me", id=sent["threadId"], body={"removeLabelIds": ["STARRED"]}
    ).execute()
    assert thread["historyId"] == thread["messages"][0]["historyId"] > starred["historyId"]
    assert thread["messages"][0].keys() == SHORT
    assert ada_box.messages.trash(userId="me", id=sent["id"]).execute().keys() == {
        "id",
        "threadId",
        "labelIds",
    }


def test_leaves_the_words_out_of_the_minimal_format(ada_box: Box) -> None:
    minimal = ada_box.get(ada_box.insert(letter(), "INBOX")["id"], "minimal")
    assert minimal.keys() == SHORT - {"snippet"} | {"payload"}
    assert minimal["payload"] == {"partId": ""}


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (["INBOX", "UNREAD"], ["UNREAD", "INBOX"]),
        (["SENT", "TRASH"], ["TRASH", "SENT"]),
        (["INBOX", "SENT", "UNREAD"], ["UNREAD", "SENT", "INBOX"]),
        (["INBOX", "CATEGORY_UPDATES", "UNREAD"], ["UNREAD", "CATEGORY_UPDATES", "INBOX"]),
    ],
)
def test_orders_labels_in_its_own_way(ada_box: Box, given: list[str], shown: list[str]) -> None:
    assert ada_box.insert(letter(), *given)["labelIds"] == shown


def test_says_which_labels_are_out_of_sight(ada_box: Box) -> None:
    labels = {d["id"]: d for d in ada_box.labels.list(userId="me").execute()["labels"]}
    seen = {i for i, d in labels.items() if "labelListVisibility" not in d}
    assert seen == {"SENT", "INBOX", "DRAFT", "STARRED", "UNREAD"}
    assert labels["TRASH"]["labelListVisibility"] == "labelHide"
    assert labels["TRASH"]["messageListVisibility"] == "hide"


def test_completes_a_drafts_header_when_it_is_made(ada_box: Box) -> None:
    body = {"message": {"raw": encoded(b"To: ben@example.com\r\nSubject: x\r\n\r\nx")}}
    draft = ada_box.drafts.create(userId="me", body=body).execute()
    message = ada_box.drafts.get(userId="me", id=draft["id"]).execute()["message"]
    assert "ada@example.com" in (header(message, "From") or "")
    assert header(message, "Date")
    assert header(message, "Message-ID")


def test_sends_a_draft_in_its_thread(ada_box: Box, workspace: Workspace) -> None:
    draft = drafted(ada_box)
    workspace.clock.move(timedelta(hours=1))
    sent = ada_box.drafts.send(userId="me", body={"id": draft["id"]}).execute()
    assert sent["threadId"] == draft["message"]["threadId"]
    assert sent["id"] != draft["message"]["id"]


def test_knows_a_draft_that_was_sent_by_hand_as_no_draft(
    workspace: Workspace, ada_box: Box, ben_box: Box
) -> None:
    draft = drafted(ada_box)
    send_draft_by_hand(workspace, "ada@example.com", draft["id"])
    assert ada_box.find("in:sent") == [draft["message"]["id"]]
    assert len(ben_box.find("in:inbox")) == 1
    assert "drafts" not in ada_box.drafts.list(userId="me").execute()
    again = {"message": {"raw": encoded(letter())}}
    calls = [
        ada_box.drafts.send(userId="me", body={"id": draft["id"]}),
        ada_box.drafts.update(userId="me", id=draft["id"], body=again),
        ada_box.drafts.get(userId="me", id=draft["id"]),
    ]
    assert [refusal(c) for c in calls] == [(400, "Message not a draft")] * 3
    set_mail_options(workspace, answers_that_a_draft_was_sent=False)
    assert [refusal(c)[0] for c in calls] == [404] * 3
    assert len(ben_box.find("in:inbox")) == 1


def test_erases_what_was_sent_when_the_draft_that_it_was_is_deleted(
    workspace: Workspace, ada_box: Box
) -> None:
    draft = drafted(ada_box)
    send_draft_by_hand(workspace, "ada@example.com", draft["id"])
    ada_box.drafts.delete(userId="me", id=draft["id"]).execute()
    assert ada_box.find("in:sent") == []


def test_knows_no_history_from_before_the_mailbox(ada_box: Box) -> None:
    start = ada_box.users.getProfile(userId="me").execute()["historyId"]
    ada_box.insert(letter(), "INBOX")
    history = ada_box.users.history()
    assert len(history.list(userId="me", startHistoryId=start).execute()["history"]) == 1
    assert refusal(history.list(userId="me", startHistoryId=str(int(start) - 1)))[0] == 404


@pytest.mark.parametrize(
    ("status", "words"),
    [(403, "Quota exceeded for quota metric 'Queries'"), (429, "Resource has been exhausted")],
)
def test_refuses_what_is_too_much_in_either_way(
    workspace: Workspace, ada: requests.Session, status: int, words: str
) -> None:
    workspace.quotas.switch_on({"gmail": Limit(per_user=0, per_project=0)}, gmail_status=status)
    answer = ada.get("https://gmail.googleapis.com/gmail/v1/users/me/profile")
    error = answer.json()["error"]
    assert (answer.status_code, error["errors"][0]["reason"]) == (status, "rateLimitExceeded")
    assert error["message"].startswith(words)


@pytest.mark.parametrize(
    ("sender", "domain"),
    [
        ("x@sub.company.test", "company.test"),
        ("x@a.b.company.co.uk", "company.co.uk"),
        ("x@company.test", "company.test"),
    ],
)
def test_vouches_for_the_organisation_behind_a_domain(
    workspace: Workspace, ben_box: Box, sender: str, domain: str
) -> None:
    deliver(workspace, letter(From=sender), envelope_from=sender, recipients=["ben@example.com"])
    results = header(ben_box.newest(), "Authentication-Results") or ""
    assert f"header.from={domain}" in results.split()
    assert f"header.i=@{sender.partition('@')[2]}" in results


@pytest.mark.parametrize("address", ["ben@example.com", "benjamin@example.com", "ben+note@example.com"])
def test_vouches_for_nothing_that_an_account_sends_itself(
    workspace: Workspace, gmail: Callable[[str], Box], address: str
) -> None:
    deliver(workspace, letter(From="ben@example.com"), envelope_from="ben@example.com", recipients=[address])
    assert header(gmail("ben@example.com").newest(), "Authentication-Results") is None
