"""Reading, searching, labelling, threads, drafts and history of one mailbox."""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from googleapiclient.errors import HttpError
from mail_words import Box, encoded, header, letter

from work import calls_for
from workspace_emulator import Workspace
from workspace_emulator.gmail.mailbox import Mailbox
from workspace_emulator.gmail.options import set_mail_options
from workspace_emulator.gmail.search import Ground, compile_query


def status_of(call: Any) -> int:
    with pytest.raises(HttpError) as refusal:
        call.execute()
    return int(refusal.value.status_code)


def with_attachment() -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = "x@y.test", "ada@example.com", "Grüße"
    message.set_content("Plain words\n")
    message.add_alternative("<p>HTML <b>words</b></p>", subtype="html")
    message.add_attachment(b"\x00\x01\x02", maintype="application", subtype="pdf", filename="plan.pdf")
    return message.as_bytes()


def test_shows_the_tree_of_parts_and_hands_out_attachments(ada_box: Box) -> None:
    message = ada_box.get(ada_box.insert(with_attachment(), "INBOX")["id"])
    assert header(message, "Subject") == "Grüße"
    alternative, attachment = message["payload"]["parts"]
    assert [p["partId"] for p in alternative["parts"]] == ["0.0", "0.1"]
    assert base64.urlsafe_b64decode(alternative["parts"][0]["body"]["data"]) == b"Plain words\r\n"
    assert attachment["filename"] == "plan.pdf"
    assert "data" not in attachment["body"]
    got = ada_box.messages.attachments().get(
        userId="me", messageId=message["id"], id=attachment["body"]["attachmentId"]
    )
    assert base64.urlsafe_b64decode(got.execute()["data"]) == b"\x00\x01\x02"
    assert message["snippet"] == "Plain words"


def test_gives_each_format_its_own_fields(ada_box: Box) -> None:
    message_id = ada_box.insert(letter(subject="A & B"), "INBOX")["id"]
    minimal = ada_box.get(message_id, "minimal")
    assert "headers" not in minimal["payload"]
    metadata = ada_box.get(message_id, "metadata", metadataHeaders=["subject", "To"])
    assert {h["name"] for h in metadata["payload"]["headers"]} == {"Subject", "To"}
    assert ada_box.raw(message_id) == letter(subject="A & B")
    assert minimal["sizeEstimate"] == len(letter(subject="A & B"))


MAIL = {
    "plain": letter(subject="Your commitment", text="Ref FU-2026-11-7KQ9 how did it go?\n"),
    "other": letter(to="mentoring+fu.7@example.com", subject="Numbers", From="Cy <cy@example.com>"),
    "file": with_attachment(),
}


@pytest.fixture
def full_box(ada_box: Box, workspace: Workspace) -> Callable[[str], set[str]]:
    """Return a search over three letters, one a day apart, answering with their names."""
    done = ada_box.labels.create(userId="me", body={"name": "mentoring/done"}).execute()["id"]
    names = {}
    for name, raw in MAIL.items():
        labels = ["INBOX"] + (["UNREAD"] if name == "file" else []) + ([done] if name == "other" else [])
        names[ada_box.insert(raw, *labels)["id"]] = name
        workspace.clock.move(timedelta(days=1))
    return lambda q: {names[i] for i in ada_box.find(q)}


@pytest.mark.parametrize(
    ("q", "expected"),
    [
        ("", {"plain", "other", "file"}),
        ("in:inbox -label:mentoring/done", {"plain", "file"}),
        ("label:mentoring-done", {"other"}),
        ("from:cy@example.com", {"other"}),
        ("to:mentoring", {"other"}),
        ("to:mentor", set()),
        ("from:me", {"plain"}),
        ("to:me", {"file"}),
        ("subject:commitment", {"plain"}),
        ('"FU-2026-11-7KQ9"', {"plain"}),
        ("7kq9 ref", {"plain"}),
        ('"how it did go"', set()),
        ("newer_than:2d", {"other", "file"}),
        ("older_than:2d", {"plain"}),
        ("after:2026/03/03", {"other", "file"}),
        ("before:2026/03/03", {"plain"}),
        ("after:1772528400", {"other", "file"}),
        ("has:attachment", {"file"}),
        ("filename:pdf", {"file"}),
        ("is:unread", {"file"}),
        ("is:read", {"plain", "other"}),
        ("subject:numbers OR subject:commitment", {"plain", "other"}),
        ("{subject:numbers subject:commitment} -from:cy", {"plain"}),
        ("subject:(numbers commitment)", set()),
        ("from:{cy x@y.test}", {"other", "file"}),
        ("-has:attachment -(subject:numbers)", {"plain"}),
        ("in:sent", set()),
        ("label:unknown", set()),
        ("grüße", {"file"}),
        ("words", {"file"}),
        ("plan.pdf", {"file"}),
        ('"', {"plain", "other", "file"}),
        ("larger:1k", set()),
    ],
)
def test_finds_what_the_query_means(full_box: Callable[[str], set[str]], q: str, expected: set[str]) -> None:
    assert full_box(q) == expected


def test_finds_a_letter_by_its_message_id(ada_box: Box) -> None:
    sent = ada_box.send(Message_ID="<key.1@example.com>")
    assert ada_box.find("rfc822msgid:<key.1@example.com>") == [sent["id"]]
    assert ada_box.find("rfc822msgid:key.1@example.com") == [sent["id"]]


def test_hides_spam_and_trash_unless_asked_for(ada_box: Box) -> None:
    message_id = ada_box.insert(letter(), "INBOX")["id"]
    assert ada_box.messages.trash(userId="me", id=message_id).execute()["labelIds"] == ["TRASH"]
    assert ada_box.find() == []
    assert ada_box.find(includeSpamTrash=True) == ada_box.find("in:trash") == [message_id]
    assert ada_box.find(labelIds=["TRASH"]) == [message_id]
    ada_box.messages.untrash(userId="me", id=message_id).execute()
    assert ada_box.find() == [message_id]


def test_pages_newest_first_while_new_mail_arrives(ada_box: Box) -> None:
    ids = [ada_box.insert(letter(subject=str(i)), "INBOX")["id"] for i in range(5)]
    first = ada_box.messages.list(userId="me", maxResults=2).execute()
    assert first["resultSizeEstimate"] == 5
    ada_box.insert(letter(subject="new"), "INBOX")
    rest, token = [m["id"] for m in first["messages"]], first["nextPageToken"]
    while token:
        page = ada_box.messages.list(userId="me", maxResults=2, pageToken=token).execute()
        rest += [m["id"] for m in page["messages"]]
        token = page.get("nextPageToken")
    assert rest == ids[::-1]


def test_labels_one_and_many(ada_box: Box) -> None:
    ids = [ada_box.insert(letter(), "INBOX", "UNREAD")["id"] for _ in range(2)]
    label = ada_box.labels.create(userId="me", body={"name": "Done"}).execute()["id"]
    one = ada_box.messages.modify(
        userId="me", id=ids[0], body={"addLabelIds": [label], "removeLabelIds": ["UNREAD"]}
    ).execute()
    assert one["labelIds"] == ["INBOX", label]
    ada_box.messages.batchModify(userId="me", body={"ids": ids, "addLabelIds": [label]}).execute()
    counts = ada_box.labels.get(userId="me", id=label).execute()
    assert (counts["messagesTotal"], counts["messagesUnread"], counts["threadsTotal"]) == (2, 1, 2)
    ada_box.labels.delete(userId="me", id=label).execute()
    assert ada_box.get(ids[0], "minimal")["labelIds"] == ["INBOX"]


def test_refuses_labels_and_ids_that_make_no_sense(ada_box: Box) -> None:
    ada_box.labels.create(userId="me", body={"name": "Done"}).execute()
    assert status_of(ada_box.labels.create(userId="me", body={"name": "done"})) == 409
    assert status_of(ada_box.labels.create(userId="me", body={"name": "Inbox"})) == 400
    message_id = ada_box.insert(letter(), "INBOX")["id"]
    for labels in (["Label_99"], ["SENT"]):
        assert (
            status_of(ada_box.messages.modify(userId="me", id=message_id, body={"addLabelIds": labels}))
            == 400
        )
    assert status_of(ada_box.messages.get(userId="me", id="not-hex")) == 400
    assert status_of(ada_box.messages.get(userId="me", id="18f")) == 404


def test_consumes_a_draft_once(ada_box: Box, ben_box: Box) -> None:
    draft = ada_box.drafts.create(userId="me", body={"message": {"raw": encoded(letter())}}).execute()
    assert ada_box.get(draft["message"]["id"])["labelIds"] == ["DRAFT"]
    sent = ada_box.drafts.send(userId="me", body={"id": draft["id"]}).execute()
    assert sent["labelIds"] == ["SENT"]
    assert sent["id"] != draft["message"]["id"]
    assert status_of(ada_box.drafts.send(userId="me", body={"id": draft["id"]})) == 404
    assert status_of(ada_box.messages.get(userId="me", id=draft["message"]["id"])) == 404
    assert len(ben_box.find()) == 1


def test_finds_updates_and_deletes_drafts(ada_box: Box) -> None:
    raw = encoded(letter(text="Ref AB-1\n"))
    draft = ada_box.drafts.create(userId="me", body={"message": {"raw": raw}}).execute()
    listed = ada_box.drafts.list(userId="me", q='"AB-1"').execute()["drafts"]
    assert [d["id"] for d in listed] == [draft["id"]]
    changed = {"message": {"raw": encoded(letter(text="Ref AB-2\n"))}}
    updated = ada_box.drafts.update(userId="me", id=draft["id"], body=changed).execute()
    assert updated["message"]["id"] != draft["message"]["id"]
    assert "drafts" not in ada_box.drafts.list(userId="me", q='"AB-1"').execute()
    assert ada_box.drafts.get(userId="me", id=draft["id"]).execute()["message"]["snippet"] == "Ref AB-2"
    ada_box.drafts.delete(userId="me", id=draft["id"]).execute()
    assert ada_box.find() == []


def test_keeps_a_draft_that_could_not_be_sent(ada_box: Box) -> None:
    body = {"message": {"raw": encoded(b"Subject: to nobody\r\n\r\nx")}}
    draft = ada_box.drafts.create(userId="me", body=body).execute()
    assert status_of(ada_box.drafts.send(userId="me", body={"id": draft["id"]})) == 400
    assert len(ada_box.drafts.list(userId="me").execute()["drafts"]) == 1


def test_threads_a_reply_on_both_sides(ada_box: Box, ben_box: Box) -> None:
    sent = ada_box.send(subject="Lunch")
    got = ben_box.newest()
    rfc = header(got, "Message-ID") or ""
    reply = letter(
        From="ben@example.com", to="ada@example.com", subject="AW: Lunch", In_Reply_To=rfc, References=rfc
    )
    replied = ben_box.send(reply, thread_id=got["threadId"])
    assert replied["threadId"] == got["threadId"]
    assert ada_box.newest("in:inbox")["threadId"] == sent["threadId"]
    thread = ada_box.threads.get(userId="me", id=sent["threadId"], format="minimal").execute()
    assert len(thread["messages"]) == 2
    assert thread["messages"][0]["id"] == sent["id"]
    (line,) = ada_box.threads.list(userId="me").execute()["threads"]
    assert line["id"] == sent["threadId"]


@pytest.mark.parametrize("lacks", ["subject", "reference"])
def test_begins_a_new_thread_when_subject_or_reference_is_missing(ada_box: Box, lacks: str) -> None:
    sent = ada_box.send(subject="Lunch", Message_ID="<a@example.com>")
    headers = {} if lacks == "reference" else {"References": "<a@example.com>"}
    subject = "Dinner" if lacks == "subject" else "Lunch"
    second = ada_box.send(letter(subject=subject, **headers), thread_id=sent["threadId"])
    assert second["threadId"] != sent["threadId"]


def test_handles_whole_threads(ada_box: Box) -> None:
    sent = ada_box.send()
    ada_box.threads.modify(userId="me", id=sent["threadId"], body={"addLabelIds": ["STARRED"]}).execute()
    assert ada_box.find("is:starred") == [sent["id"]]
    ada_box.threads.trash(userId="me", id=sent["threadId"]).execute()
    assert ada_box.find() == []
    ada_box.threads.untrash(userId="me", id=sent["threadId"]).execute()
    ada_box.threads.delete(userId="me", id=sent["threadId"]).execute()
    assert status_of(ada_box.threads.get(userId="me", id=sent["threadId"])) == 404


def test_tells_what_changed_since(ada_box: Box, workspace: Workspace) -> None:
    first = ada_box.insert(letter(), "INBOX")
    start = ada_box.users.getProfile(userId="me").execute()["historyId"]
    second = ada_box.insert(letter(), "INBOX")
    ada_box.messages.modify(userId="me", id=first["id"], body={"addLabelIds": ["STARRED"]}).execute()
    ada_box.messages.delete(userId="me", id=first["id"]).execute()
    told = ada_box.users.history().list(userId="me", startHistoryId=start).execute()
    added, labelled, deleted = told["history"]
    assert added["messagesAdded"][0]["message"]["id"] == second["id"]
    assert labelled["labelsAdded"][0]["labelIds"] == ["STARRED"]
    assert deleted["messagesDeleted"][0]["message"]["id"] == first["id"]
    again = ada_box.users.history().list(userId="me", startHistoryId=told["historyId"]).execute()
    assert "history" not in again
    workspace.clock.move(timedelta(days=8))
    assert status_of(ada_box.users.history().list(userId="me", startHistoryId=start)) == 404


def test_counts_itself_in_the_profile(ada_box: Box) -> None:
    ada_box.send()
    profile = ada_box.users.getProfile(userId="me").execute()
    assert profile["emailAddress"] == "ada@example.com"
    assert (profile["messagesTotal"], profile["threadsTotal"]) == (1, 1)


def test_searches_thousands_of_letters_without_reading_each_again(workspace: Workspace) -> None:
    box = Mailbox(workspace, "ada@example.com")
    raw = letter(subject="Number 0", text="Some words 0\n")
    for number in range(4000):
        box.add(raw.replace(b" 0", b" %d" % number), ["INBOX"])
    ground = Ground(labels={}, body_words=box.body_words, now=datetime(2026, 3, 2, 10, tzinfo=UTC))
    query = compile_query('in:inbox -label:done to:ben newer_than:30d "words 77"', ground)
    found = []

    calls = calls_for(lambda: found.extend(d for d in box.newest_first() if query.matches(d)))

    assert len(found) == 1
    assert calls < 100 * 4000  # some 30 a letter; to read one takes hundreds


def test_shows_in_lists_what_a_browser_would_show(ada_box: Box) -> None:
    html = b"<head><title>x</title></head><style>p {}</style><p>Yes &amp; <b>no</b></p><!-- --><script>1 < 2</script>"
    raw = b"Content-Type: text/html\r\n\r\n" + html
    assert ada_box.get(ada_box.insert(raw, "INBOX")["id"])["snippet"] == "Yes &amp; no"


def test_finds_new_mail_late_when_the_index_lags(ada_box: Box, workspace: Workspace) -> None:
    set_mail_options(workspace, search_lag_seconds=60)
    sent = ada_box.send(subject="Lunch")
    assert ada_box.find("subject:lunch") == []
    assert ada_box.find() == [sent["id"]]
    workspace.clock.move(timedelta(seconds=60))
    assert ada_box.find("subject:lunch") == [sent["id"]]


def test_is_kept_in_a_file(tmp_path: Path) -> None:
    kept = Workspace(path=tmp_path / "store.sqlite")
    Mailbox(kept, "ada@example.com").add(with_attachment() + b"\xff", ["INBOX"])
    kept.close()
    mailbox = Mailbox(Workspace(path=tmp_path / "store.sqlite"), "ada@example.com")
    (again,) = mailbox.newest_first()
    assert again["subject"] == "Grüße"
    assert mailbox.raw(again["id"]).endswith(b"\xff")
