"""Letters taken apart and answers put together."""

import base64
import email
from email.policy import default
from zoneinfo import ZoneInfo

from workspace_emulator.pages.messages import answer, letter, new_letter

BERLIN = ZoneInfo("Europe/Berlin")


def leaf(kind: str, text: str, **more: object) -> dict:
    data = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")
    return {"mimeType": kind, "headers": [], "filename": "", "body": {"data": data}} | more


def message(*parts: dict, **headers: str) -> dict:
    named = [{"name": k.replace("_", "-"), "value": v} for k, v in headers.items()]
    payload = {"mimeType": "multipart/mixed", "headers": named, "parts": list(parts)}
    return {"id": "m1", "threadId": "t1", "internalDate": "1772524800000", "payload": payload}


ASKED = message(
    leaf("text/plain", "How did it go?\nYours"),
    leaf("text/html", "<p>How did it go?</p>"),
    From="Peer mentoring <mentoring@example.com>",
    Reply_To="mentoring+fu.1.abc@example.com",
    Subject="Your commitments",
    Message_ID="<two@example.com>",
    References="<one@example.com>",
)


def answered(
    original: dict = ASKED, *, writer: str = "ada@example.com", words: str = "1: kept"
) -> email.message.EmailMessage:
    content = answer(letter(original), writer=writer, name="Ada Lovelace", words=words, zone=BERLIN)
    return email.message_from_bytes(content, policy=default)


def test_takes_a_letter_apart():
    taken = letter(
        message(leaf("text/plain", "Grüße"), leaf("text/html", "<p>Grüße</p>"), From="a@b.example")
    )
    assert (taken.text, taken.html, taken.sender) == ("Grüße", "<p>Grüße</p>", "a@b.example")


def test_offers_files_apart_from_the_text():
    invite = {
        "mimeType": "text/calendar",
        "filename": "invite.ics",
        "partId": "2",
        "body": {"attachmentId": "x"},
    }
    taken = letter(message(leaf("text/plain", "hello"), invite))
    assert [(a.name, a.attachment_id) for a in taken.attachments] == [("invite.ics", "x")]


def test_answers_where_the_letter_asks_to():
    assert answered()["To"] == "mentoring+fu.1.abc@example.com"


def test_answers_the_receivers_when_the_letter_was_ones_own():
    own = message(leaf("text/plain", "hi"), From="ada@example.com", To="grace@example.com", Subject="Tea")
    assert answered(own)["To"] == "grace@example.com"


def test_threads_an_answer_by_its_headers():
    reply = answered()
    threading = [reply[name] for name in ("Subject", "In-Reply-To", "References")]
    assert threading == ["Re: Your commitments", "<two@example.com>", "<one@example.com> <two@example.com>"]


def test_writes_re_only_once():
    again = message(leaf("text/plain", "x"), From="g@example.com", Subject="RE: Tea")
    assert answered(again)["Subject"] == "RE: Tea"


def test_quotes_as_gmail_does_in_the_writers_time_zone():
    text = answered().get_body(("plain",)).get_content().replace("\r\n", "\n")
    assert text == (
        "1: kept\n\n"
        "On Tue, Mar 3, 2026 at 9:00 AM Peer mentoring <mentoring@example.com> wrote:\n\n"
        "> How did it go?\n> Yours\n"
    )


def test_quotes_html_within_a_gmail_quote():
    html = answered().get_body(("html",)).get_content()
    assert '<div dir="ltr"><div>1: kept</div></div><br><div class="gmail_quote' in html
    assert '<blockquote class="gmail_quote"' in html
    assert html.rstrip().endswith("<p>How did it go?</p></blockquote></div>")


def test_shows_words_that_look_like_html_as_they_were_typed():
    html = answered(words="a <b> & c").get_body(("html",)).get_content()
    assert "a &lt;b&gt; &amp; c" in html


def test_writes_a_new_letter_in_text_and_html():
    content = new_letter(
        writer="ada@example.com", name="Ada", to="g@example.com", subject="Tea", words="At four?"
    )
    written = email.message_from_bytes(content, policy=default)
    assert (written["From"], written["To"], written["Cc"]) == ("Ada <ada@example.com>", "g@example.com", None)
    assert written.get_body(("plain",)).get_content().strip() == "At four?"
