"""Sending and receiving: what leaves, what arrives, what comes back."""

from __future__ import annotations

import email
from collections.abc import Callable
from datetime import timedelta

import pytest
from googleapiclient.errors import HttpError
from googleapiclient.http import MediaInMemoryUpload
from mail_words import Box, encoded, header, letter

from workspace_emulator import User, Workspace
from workspace_emulator.gmail import mime
from workspace_emulator.gmail.delivery import deliver
from workspace_emulator.gmail.options import set_mail_options
from workspace_emulator.gmail.outside import fail_address, outside_mail
from workspace_emulator.gmail.telling import told_by
from workspace_emulator.gmail.vacation import set_vacation


def test_puts_the_letter_under_sent_and_in_the_recipients_inbox(ada_box: Box, ben_box: Box) -> None:
    sent = ada_box.send(subject="Lunch?")
    assert sent["labelIds"] == ["SENT"]
    assert sent["threadId"] == sent["id"]
    arrived = ben_box.newest("subject:lunch")
    assert arrived["labelIds"] == ["UNREAD", "INBOX"]
    assert header(arrived, "Delivered-To") == "ben@example.com"
    assert header(arrived, "Return-Path") == "<ada@example.com>"
    assert header(arrived, "Message-ID") == header(ada_box.get(sent["id"]), "Message-ID")


def test_holds_the_body_of_a_letter_once_for_all_copies(workspace: Workspace, ada_box: Box) -> None:
    sent = ada_box.send(letter(to="ben@example.com", text="Hello\n\nBen\n"))["id"]
    kept = [
        next(iter(workspace.store.collection(f"gmail/raw/{n}@example.com").values())) for n in ("ada", "ben")
    ]
    assert kept[0][1] is kept[1][1]
    assert ada_box.raw(sent).endswith(b"\r\n\r\nHello\r\n\r\nBen\r\n")
    workspace.store.collection("gmail/raw/ada@example.com")[sent] = "Subject: older\r\n\r\nfile"
    assert ada_box.raw(sent) == b"Subject: older\r\n\r\nfile"


def test_takes_an_upload_too(ada_box: Box, ben_box: Box) -> None:
    media = MediaInMemoryUpload(letter(subject="By upload"), mimetype="message/rfc822")
    ada_box.messages.send(userId="me", body={}, media_body=media).execute()
    assert len(ben_box.find('subject:"by upload"')) == 1


@pytest.mark.parametrize("address", ["ben+fu.7.abc@example.com", "Benjamin@Example.com"])
def test_delivers_to_plus_addresses_and_aliases(ada_box: Box, ben_box: Box, address: str) -> None:
    ada_box.send(to=address)
    assert header(ben_box.newest(), "Delivered-To") == address


def test_reads_a_copy_that_was_read_before_as_it_would_read_it_alone() -> None:
    mail = mime.read(letter(subject="Réf", References="<a@x> <b@x>", Delivered_To="zoe@elsewhere.test"))
    way = [mime.field("Delivered-To", "ben+x@example.com"), mime.field("Received", "by mx.google.com")]
    copy = mime.written([*way, *mime.without(mail.fields, "Delivered-To")], mail.body)
    assert told_by(mail).delivered_to("ben+x@example.com") == told_by(copy)


def test_strips_bcc_from_what_others_get(ada_box: Box, ben_box: Box) -> None:
    sent = ada_box.send(to="x@elsewhere.test", Bcc="ben@example.com")
    assert b"Bcc" not in ben_box.raw(ben_box.find()[0])
    assert (len(ada_box.find("bcc:ben@example.com")), ben_box.find("bcc:ben@example.com")) == (1, [])
    assert header(ada_box.get(sent["id"]), "Bcc") == "ben@example.com"


def test_keeps_one_copy_of_a_letter_to_oneself(ada_box: Box) -> None:
    sent = ada_box.send(to="ada+self@example.com")
    assert ada_box.find() == [sent["id"]]
    assert set(sent["labelIds"]) == {"SENT", "INBOX", "UNREAD"}


def test_writes_in_nobody_elses_name(ada_box: Box, ben_box: Box) -> None:
    ada_box.send(From="The Boss <boss@example.com>")
    assert header(ben_box.newest(), "From") == "Ada Byron <ada@example.com>"


def test_lets_mail_to_other_domains_out(workspace: Workspace, ada_box: Box) -> None:
    ada_box.send(to="zoe@elsewhere.test", subject="Out")
    (mail,) = outside_mail(workspace, "zoe@elsewhere.test")
    assert email.message_from_bytes(mail.raw)["Subject"] == "Out"


def test_returns_a_delivery_report_when_nobody_has_the_address(ada_box: Box) -> None:
    sent = ada_box.send(to="nobody@example.com")
    report = ada_box.newest("in:inbox")
    assert report["threadId"] == sent["threadId"]
    assert header(report, "Return-Path") == "<>"
    assert header(report, "From") == "Mail Delivery Subsystem <mailer-daemon@googlemail.com>"
    parsed = email.message_from_bytes(ada_box.raw(report["id"]))
    assert parsed.get_content_type() == "multipart/report"
    status = parsed.get_payload(1).get_payload(1)
    assert (status["Final-Recipient"], status["Action"], status["Status"]) == (
        "rfc822; nobody@example.com",
        "failed",
        "5.1.1",
    )


def test_reports_a_delay_for_an_address_that_fails_for_a_while(workspace: Workspace, ada_box: Box) -> None:
    fail_address(workspace, "zoe@elsewhere.test", status="4.2.2", text="The mailbox is full.")
    ada_box.send(to="zoe@elsewhere.test")
    assert header(ada_box.newest("in:inbox"), "Subject") == "Delivery Status Notification (Delay)"
    assert outside_mail(workspace) == []


def test_never_answers_a_bounce_with_a_bounce(workspace: Workspace) -> None:
    deliver(workspace, letter(), envelope_from="", recipients=["nobody@example.com"])
    assert outside_mail(workspace) == []


@pytest.mark.parametrize(("verdict", "words"), [("pass", "dmarc=pass"), ("fail", "dmarc=fail")])
def test_says_whether_mail_from_outside_is_vouched_for(
    workspace: Workspace, ben_box: Box, verdict: str, words: str
) -> None:
    raw = b"Authentication-Results: mx.google.com; dmarc=pass\r\n" + letter(From="x@elsewhere.test")
    deliver(
        workspace,
        raw,
        envelope_from="x@elsewhere.test",
        recipients=["ben@example.com"],
        authentication=verdict,
    )
    first = header(ben_box.newest(), "Authentication-Results") or ""
    assert words in first
    assert "header.from=elsewhere.test" in first


def test_vouches_for_internal_mail_or_leaves_the_header_out(
    workspace: Workspace, ada_box: Box, ben_box: Box
) -> None:
    ada_box.send()
    assert "dkim=pass" in (header(ben_box.newest(), "Authentication-Results") or "")
    set_mail_options(workspace, vouches_for_internal_mail=False)
    ada_box.send(subject="Second")
    assert header(ben_box.newest("subject:second"), "Authentication-Results") is None


def test_keeps_or_replaces_message_ids(workspace: Workspace, ada_box: Box, ben_box: Box) -> None:
    ada_box.send(Message_ID="<mine@example.com>")
    assert header(ben_box.newest(), "Message-ID") == "<mine@example.com>"
    set_mail_options(workspace, replaces_message_id=True)
    ada_box.send(Message_ID="<mine-too@example.com>")
    assert ben_box.find("rfc822msgid:mine-too@example.com") == []


def test_answers_for_somebody_on_holiday_once_in_four_days(workspace: Workspace, ada_box: Box) -> None:
    set_vacation(workspace, "ben@example.com", "I am away.", subject="Away")
    sent = ada_box.send(subject="One")
    ada_box.send(subject="Two")
    (answer,) = ada_box.find("in:inbox")
    message = ada_box.get(answer)
    assert header(message, "Auto-Submitted") == "auto-replied"
    assert header(message, "Precedence") == "bulk"
    assert header(message, "Subject") == "Away Re: One"
    assert header(message, "In-Reply-To") == header(ada_box.get(sent["id"]), "Message-ID")
    workspace.clock.move(timedelta(days=4))
    ada_box.send(subject="Three")
    assert len(ada_box.find("in:inbox")) == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-generated"},
        {"X_Auto_Response_Suppress": "OOF, AutoReply"},
        {"Precedence": "bulk"},
        {"List_Id": "<all.example.com>"},
        {"List_Post": "<mailto:all@example.com>", "List_Unsubscribe": "<mailto:off@example.com>"},
    ],
)
def test_sends_no_holiday_answer_to_machines(
    workspace: Workspace, ada_box: Box, headers: dict[str, str]
) -> None:
    set_vacation(workspace, "ben@example.com", "I am away.")
    ada_box.send(**headers)
    assert ada_box.find("in:inbox") == []


def test_answers_for_somebody_on_holiday_a_mail_that_only_says_how_to_unsubscribe(
    workspace: Workspace, ada_box: Box
) -> None:
    set_vacation(workspace, "ben@example.com", "I am away.")
    ada_box.send(List_Unsubscribe="<mailto:off@example.com>")
    assert len(ada_box.find("in:inbox")) == 1


def test_ends_an_exchange_of_two_holiday_responders(workspace: Workspace, ada_box: Box) -> None:
    set_vacation(workspace, "ben@example.com", "I am away.")
    set_vacation(workspace, "ada@example.com", "So am I.")
    ada_box.send()
    assert len(ada_box.find()) == 2


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({}, "'raw' RFC822 payload message string or uploading message via /upload/* URL required"),
        ({"raw": encoded(b"Subject: x\r\n\r\ny")}, "Recipient address required"),
        ({"raw": encoded(letter()), "threadId": "ff"}, "Requested entity was not found."),
    ],
)
def test_refuses_what_cannot_be_sent(ada_box: Box, body: dict[str, str], message: str) -> None:
    with pytest.raises(HttpError) as refusal:
        ada_box.messages.send(userId="me", body=body).execute()
    assert refusal.value.reason == message
    assert ada_box.find() == []


def test_opens_a_mailbox_to_its_owner_only(ada_box: Box, gmail: Callable[[str], Box]) -> None:
    with pytest.raises(HttpError) as refusal:
        ada_box.messages.list(userId="ben@example.com").execute()
    assert refusal.value.status_code == 403
    assert refusal.value.reason == "Delegation denied for ada@example.com"
    gmail("ben@example.com").messages.list(userId="benjamin@example.com").execute()


def test_takes_broken_bytes_as_they_are(workspace: Workspace, ben_box: Box) -> None:
    kind = b"Content-Type: text/plain; charset=nonsense\r\n\r\n\xe4\xf6"
    raw = b"From: \xff\xfe <x@y.test>\r\nSubject: =?utf-8?q?broken=ZZ?=\r\n" + kind
    deliver(workspace, raw, envelope_from="x@y.test", recipients=["ben@example.com"])
    message = ben_box.newest()
    assert message["snippet"]
    assert ben_box.raw(message["id"]).endswith(raw)


def test_knows_everybody_that_is_added_later(
    workspace: Workspace, ada_box: Box, gmail: Callable[[str], Box]
) -> None:
    workspace.add_user(User(email="cy@example.com", name="Cy"))
    ada_box.send(to="cy@example.com, ben@example.com")
    assert len(gmail("cy@example.com").find("to:ben")) == 1


@pytest.mark.timeout(60)  # each takes less than one
@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\r\n",
        b"no header at all",
        b"To: " + b"(" * 5000 + b"\r\n\r\nx",
        b"Subject: =?unicode_escape?q?=5Cud800?=\r\n\r\nx",
        b"Content-Type: text/plain; charset=punycode\r\n\r\n" + b"a-" * 50_000,
        b"Content-Type: text/html\r\n\r\n" + b"<" * 100_000,
        b"Content-Type: text/html\r\n\r\n" + b"<style>" * 10_000,
        b"".join(
            b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (i, i) for i in range(2000)
        ),
        b"Content-Type: message/rfc822\r\n\r\n" * 500,
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\r\n\r\nx\r\n" * 10_000,
        b"References: " + b"<a@b> " * 20_000 + b"\r\n\r\nx",
    ],
    ids=lambda raw: f"{len(raw)} bytes, {raw[:20]!r}",
)
def test_takes_hostile_mail_without_failing_or_hanging(
    workspace: Workspace, ben_box: Box, raw: bytes
) -> None:
    deliver(workspace, raw, envelope_from="x@y.test", recipients=["ben@example.com"])
    for form in ("full", "metadata", "raw"):
        ben_box.get(ben_box.find()[0], form)


def test_lets_people_set_their_own_holiday_answer(workspace: Workspace, ada_box: Box, ben_box: Box) -> None:
    settings = ben_box.users.settings()
    assert settings.getVacation(userId="me").execute()["enableAutoReply"] is False
    end = str(int((workspace.clock.now() + timedelta(days=2)).timestamp() * 1000))
    body = {
        "enableAutoReply": True,
        "responseBodyPlainText": "Away.",
        "endTime": end,
        "restrictToDomain": True,
    }
    settings.updateVacation(userId="me", body=body).execute()
    assert settings.getVacation(userId="me").execute()["endTime"] == end
    deliver(workspace, letter(), envelope_from="x@y.test", recipients=["ben@example.com"])
    assert outside_mail(workspace) == []
    ada_box.send()
    assert len(ada_box.find("in:inbox")) == 1
    workspace.clock.move(timedelta(days=5))
    ada_box.send()
    assert len(ada_box.find("in:inbox")) == 1
    settings.updateVacation(userId="me", body={"enableAutoReply": False}).execute()
    assert settings.getVacation(userId="me").execute()["enableAutoReply"] is False
