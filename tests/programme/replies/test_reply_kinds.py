"""What a reply's headers say: the kind of mail, whom a bounce is about, and what is ours."""

from __future__ import annotations

import logging
import tomllib
from pathlib import Path

import pytest

from peerpact.programme.replies.client_words import client_words
from peerpact.programme.replies.kinds import is_away_note
from peerpact.programme.replies.quotes import newly_written
from peerpact.programme.replies.reply import Bounce, MailKind, OurLetters, Reply, read_reply

EMAILS = Path(__file__).parent / "emails"
KINDS = tomllib.loads((Path(__file__).parent / "kinds.toml").read_text(encoding="utf-8"))
OURS = OurLetters(addresses=("mentoring@example.com",))


def _stored(name: str) -> Reply:
    return read_reply((EMAILS / f"{name}.eml").read_bytes(), ours=OURS)


def _read(headers: str, body: str = "1 done") -> Reply:
    return read_reply(f"From: Anna <anna@example.com>\n{headers}\n\n{body}\n".encode(), ours=OURS)


def test_tells_whom_a_bounce_is_about() -> None:
    assert _stored("bounce_permanent").bounce == Bounce(addresses=("gone@example.com",), temporary=False)
    assert _stored("bounce_delayed").bounce == Bounce(addresses=("slow@example.com",), temporary=True)


def test_asks_a_second_opinion_about_a_bounce_without_a_report() -> None:
    assert _stored("bounce_old_qmail").bounce == Bounce(addresses=("gone@example.org",), temporary=False)


def test_reads_the_beginning_of_a_long_bounce() -> None:
    headers = "Return-Path: <>\nSubject: failure notice\nContent-Type: text/plain"
    said = "Hi. This is the qmail-send program at example.org.\n\n<gone@example.org>:\nno such user\n\n"
    bounce = _read(
        headers, said + "--- Below this line is a copy of the message.\n" + "word \n" * 20_000
    ).bounce
    assert bounce == Bounce(addresses=("gone@example.org",), temporary=False)


def test_writes_nothing_about_a_bounce_that_the_second_opinion_stumbles_over(
    caplog: pytest.LogCaptureFixture,
) -> None:
    logging.getLogger("flufl.bounce").disabled = False
    read_reply(b"Subject: failure notice\nContent-Type: text/plain\n\nsomething private\n")
    assert caplog.text == ""


@pytest.mark.parametrize(
    "headers",
    [
        "X-Auto-Response-Suppress: All",
        "Auto-Submitted: no",
        "Return-Path: <>",
        "Subject: Re: Out there with Maria",
        "Subject: Re: Undeliverable promises",
        "Importance: high\nX-Priority: 1",
        "Subject: Re: Automatic replies are annoying (was: Your month)",
    ],
)
def test_loses_no_answer(headers: str) -> None:
    assert _read(headers).kind is MailKind.ANSWER


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("Auto-Submitted: auto-replied", MailKind.OUT_OF_OFFICE),
        ("Auto-Submitted: auto-replied (vacation)", MailKind.OUT_OF_OFFICE),
        ("Auto-Submitted: auto-generated", MailKind.OTHER),
        ("X-Autorespond: yes", MailKind.OUT_OF_OFFICE),
        ("Precedence: bulk", MailKind.MAILING_LIST),
        ("List-Id: <x.example.com>", MailKind.MAILING_LIST),
        ("Subject: Abwesenheitsnotiz: Dein Monat", MailKind.OUT_OF_OFFICE),
        ("Subject: Re: Out of office", MailKind.OUT_OF_OFFICE),
        ("X-Peerpact: AC-1", MailKind.OUR_OWN),
        (
            "Content-Type: text/calendar; method=REPLY\nAuto-Submitted: auto-generated",
            MailKind.CALENDAR_ANSWER,
        ),
    ],
)
def test_tells_machines_from_people(headers: str, kind: MailKind) -> None:
    assert _read(headers).kind is kind


def test_knows_its_own_mailbox_with_a_plus() -> None:
    raw = b"From: Peerpact <Mentoring+fu.x@Example.com>\n\nhi"
    assert read_reply(raw, ours=OURS).kind is MailKind.OUR_OWN


def test_reads_the_headers_that_a_reply_is_matched_by() -> None:
    reply = _stored("gmail_en_plain_top_04")
    assert reply.sender == "anna.lindqvist@example.com"
    assert reply.sender_name == "Anna Lindqvist"
    assert reply.in_reply_to == "<letter-1@mail.example.com>"
    assert reply.references == ("<letter-1@mail.example.com>",)
    assert reply.recipients == ("mentoring+fu.k3m2a9.1a7.abcdefghijklmnopqrstuv0123@example.com",)
    assert reply.quoted_references == ("FU-7KQ9-M2AA",)
    assert reply.kind is MailKind.ANSWER


def test_names_no_sender_when_there_are_two() -> None:
    assert read_reply(b"From: a@example.com, b@example.com\n\nhi").sender == ""
    assert read_reply(b"From: a@example.com\nFrom: b@example.com\n\nhi").sender == ""


def test_lets_no_name_bring_a_line_break() -> None:
    reply = read_reply(
        b"From: =?utf-8?q?Anna=0d=0aBcc=3a_x=40y=2ez?= <a@example.com>\nSubject: =?utf-8?b?YQpi?=\n\nhi"
    )
    assert (reply.sender_name, reply.subject) == ("Anna Bcc: x@y.z", "a b")


LETTER = (
    "Hello Anna,\n\nlast month you promised to ask Maria.\nSimply write 1 done 2 not yet, pause or stop.\n"
)


def test_takes_our_own_sentences_for_a_quote_whatever_stands_around_them() -> None:
    ours = OurLetters(bodies=(LETTER,))
    torn = "1 done\n\nlast month you promised\nto ask Maria. Simply write 1 done 2\nnot yet, pause or stop.\n"
    assert newly_written(torn, ours=ours) == "1 done"


def test_takes_a_line_with_our_reference_for_a_quote() -> None:
    assert newly_written("done\n\nRef: FU-7KQ9-M2AA", ours=OurLetters(references=("FU-7KQ9-M2AA",))) == "done"


def test_leaves_short_words_that_our_letter_has_too() -> None:
    assert newly_written("1 done\n2 not yet\n", ours=OurLetters(bodies=(LETTER,))) == "1 done\n2 not yet"


def test_takes_our_name_and_a_date_for_a_header_in_any_language() -> None:
    text = "1 kész\n\n2026. 03. 12. 10:04 keltezéssel, Peerpact írta:\nHello Anna,\nstop or pause\n"
    assert newly_written(text) == "1 kész"


def _told(told: str) -> MailKind:
    sender = "" if told.startswith("From:") else "From: Anna <anna@example.com>\n"
    headers, _, body = told.partition("\n\n")
    return read_reply(f"{sender}{headers}\n\n{body or '1 done'}\n".encode(), ours=OURS).kind


@pytest.mark.parametrize(
    ("kind", "told"), [(kind, told) for kind, all_told in KINDS.items() for told in all_told]
)
def test_tells_the_kind_of_a_mail(kind: str, told: str) -> None:
    assert _told(told) is MailKind(kind)


def test_takes_words_with_an_invitation_attached_for_an_answer() -> None:
    raw = (
        b"From: anna@example.com\nContent-Type: multipart/mixed; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\n\n1 done\n"
        b"--b\nContent-Type: text/calendar; method=REQUEST\nContent-Disposition: attachment\n\nBEGIN:VCALENDAR\n--b--\n"
    )
    assert (read_reply(raw).kind, read_reply(raw).text) == (MailKind.ANSWER, "1 done")


@pytest.mark.parametrize(
    "words",
    [
        "I'm on vacation until May and will do it on my return.",
        "I am on leave next week; on my return I will ask Maria.",
        "Thanks for your message, I'm on vacation but done: I asked Maria.",
        "Thank you for your message. Done. I'm on vacation.",
        "Thanks for your message. I'm on vacation and did it before.",
        "1 done\n2 not yet, I'm on vacation and will reply to your message when I return",
        "1 done\n2 not yet\n\nI'm on vacation; for urgent matters call me.",
        "During my absence Tom did it for me; I was on vacation.",
        "Im Urlaub bis Mai, nach meiner Rückkehr frage ich Maria.",
        "Vielen Dank für deine Nachricht, bin im Urlaub, habe es aber erledigt.",
        "Je suis en vacances, je demanderai à Marie à mon retour.",
        "Merci pour votre message, je suis en vacances mais c'est fait.",
        "Estoy de vacaciones, lo haré a mi vuelta.",
        "Sono in ferie, lo faccio al mio rientro.",
    ],
)
def test_takes_what_somebody_on_leave_says_for_an_answer(words: str) -> None:
    asked = "> Thank you for your message. For urgent matters, reply to your mentor.\n> I am on leave."
    for body in (words, f"{words}\n\nOn 12 Mar 2026 at 10:04 Bob <bob@example.org> wrote:\n{asked}"):
        assert _read("Subject: Re: Your month\nIn-Reply-To: <x@y>", body).kind is MailKind.ANSWER


@pytest.mark.parametrize(
    "note",
    [
        "I am on parental leave from 1 March to 30 September. My mail is not being forwarded.",
        "I no longer work at Example Ltd. Please direct your enquiries to office@example.com.",
        "Thank you for your message. I am on annual leave until 16 March.",
        "Ich befinde mich in Elternzeit. Bitte wenden Sie sich an team@example.com.",
        "Bonjour, je suis en congés et serai de retour le 5 mai. Je répondrai à votre message à mon retour.",
        "Gracias por su mensaje. Estaré de vacaciones del 1 al 15 de agosto y responderé a mi regreso.",
    ],
)
def test_knows_an_absence_note_that_no_header_marks(note: str) -> None:
    assert _read("Subject: Re: Your month\nIn-Reply-To: <x@y>", note).kind is MailKind.OUT_OF_OFFICE


def _notes(name: str) -> list[list[str]]:
    lines = (Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.replace("\\n", "\n").split("\t", 1) for line in lines if not line.startswith("#")]


AWAY = _notes("away_notes")


def test_knows_notes_of_absence_that_no_header_marks_and_swallows_no_answer() -> None:
    judged = [(kind, is_away_note(text.replace("\\n", "\n"))) for kind, text in AWAY]
    assert not [kind for kind, is_note in judged if kind == "answer" and is_note]
    notes = [is_note for kind, is_note in judged if kind == "note"]
    assert sum(notes) >= 0.95 * len(notes)


@pytest.mark.parametrize("said", ["done", "erledigt", "c'est fait", "hecho", "not yet"])
def test_takes_nobody_for_away_who_says_what_became_of_a_promise(said: str) -> None:
    note = "I'm on leave. For urgent matters please contact Kim."
    assert is_away_note(note)
    assert not is_away_note(f"{note} The rest is {said}.")
    assert is_away_note(f"{note} The rest is {said}like.")


def test_takes_thanks_and_absence_alone_for_a_note_and_not_what_goes_on_from_there() -> None:
    note = "Thank you for your message. I am on vacation until monday"
    assert is_away_note(f"{note}.")
    going_on = [
        "and",
        "but",
        "und",
        "aber",
        "et",
        "mais",
        "y",
        "pero",
        "ma",
        "mas",
        "maar",
        "och",
        "men",
        "og",
        "ale",
    ]
    assert [word for word in going_on if is_away_note(f"{note} {word} busy.")] == []
    assert not is_away_note(f"{note}, busy.")
    assert not is_away_note("On vacation and busy. Thank you for your message.")
    assert not is_away_note("On vacation, sorry. Thank you for your message.")
    assert is_away_note("On vacation. Thank you for your message.")


@pytest.mark.parametrize(("length", "is_note"), [(1500, True), (1501, False)])
def test_reads_the_beginning_of_a_note(length: int, is_note: bool) -> None:
    first, last = "I am on vacation.", client_words().away_notes.automatic[0]
    assert is_away_note(first + "x" * (length - len(first + last) - 1) + " " + last) is is_note


@pytest.mark.parametrize(
    ("headers", "kind"),
    [
        ("Subject: I’m out of the office", MailKind.OUT_OF_OFFICE),
        (
            "Subject: Re: Your month\nContent-Type: multipart/report; report-type=feedback-report",
            MailKind.OTHER,
        ),
        (
            "Subject: Read\nContent-Type: multipart/report; report-type=Disposition-Notification",
            MailKind.OTHER,
        ),
        ("Subject: Meeting\nContent-Type: text/calendar; method=ADD", MailKind.OTHER),
        ("Subject: Meeting\nContent-Type: text/calendar; method=PUBLISH", MailKind.OTHER),
        ("Subject: Meeting\nContent-Type: text/calendar; method=CANCEL", MailKind.OTHER),
    ],
)
def test_tells_a_mail_s_kind_by_its_head(headers: str, kind: MailKind) -> None:
    assert _read(headers, "BEGIN:VCALENDAR").kind is kind
