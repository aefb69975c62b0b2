"""What of an HTML mail counts as written: what can be seen, in the document that somebody's words are in."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.reply import read_reply

WRITTEN = "1 done, thanks."
QUOTE = (
    '<div class="gmail_quote">On Thu, Mar 12, 2026 at 10:04 AM Bob &lt;bob@example.org&gt; wrote:'
    "<blockquote>how did it go?</blockquote></div>"
)

HIDDEN = [
    '<div style="display:none">{}</div>',
    '<div style="DISPLAY : NONE !important">{}</div>',
    '<span style="visibility: hidden">{}</span>',
    '<p style="font-size:0px">{}</p>',
    '<p style="font-size: 0">{}</p>',
    '<div style="font-size:1px;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden">{}</div>',
    '<div style="mso-hide:all">{}</div>',
    '<div style="height:0;overflow:hidden">{}</div>',
    '<div style="opacity:0">{}</div>',
    '<div style="text-indent:-9999px">{}</div>',
    '<div style="position:absolute;left:-9999px">{}</div>',
    '<div style="color:#ffffff">{}</div>',
    '<div style="color: white">{}</div>',
    '<font color="#FFFFFF">{}</font>',
    '<div style="color:rgb(255, 255, 255)">{}</div>',
    '<div style="color:#fefefe;background-color:#ffffff">{}</div>',
    '<table bgcolor="#102030"><tr><td style="color:#102030">{}</td></tr></table>',
    "<div hidden>{}</div>",
    '<style>.preheader {{ display: none; }}</style><span class="x preheader">{}</span>',
    "<template>{}</template>",
]

SEEN = [
    '<div style="display:block">{}</div>',
    '<td style="font-size:0"><span style="font-size:14px">{}</span></td>',
    '<div style="background:#003366;color:#ffffff">{}</div>',
    '<table bgcolor="#003366"><tr><td style="color:white">{}</td></tr></table>',
    '<div style="opacity:0.87">{}</div>',
    '<div style="font-size:10pt;color:#1f497d">{}</div>',
    '<div style="font-size:0.9em">{}</div>',
    '<div style="max-height:none;height:auto">{}</div>',
    '<div style="background-color:black;color:#eee">{}</div>',
    "<style>@media screen {{ .mine {{ display: none }} }}</style><p class=mine>{}</p>",
    '<div style="line-height:0">{}</div>',
    '<body bgcolor="#000000" text="#ffffff"><p>{}</p></body>',
]


def _read(markup: str) -> str:
    head = "From: anna@example.com\nContent-Type: text/html; charset=utf-8\n\n"
    return read_reply(f"{head}{markup}\n".encode()).text


@pytest.mark.parametrize("shape", HIDDEN)
def test_takes_nothing_for_written_that_nobody_sees(shape: str) -> None:
    assert _read(shape.format("I will send the report") + f"<p>{WRITTEN}</p>") == WRITTEN


@pytest.mark.parametrize("shape", SEEN)
def test_reads_what_can_be_seen(shape: str) -> None:
    assert _read(shape.format(WRITTEN) + QUOTE) == WRITTEN


def _document(text: str) -> str:
    return f"<!DOCTYPE html><html><head><title>x</title></head><body><p>{text}</p></body></html>"


BEHIND = {
    "another document": f"{_document(WRITTEN)}\n{_document('I will send the report by Friday.')}",
    "loose text": f"{_document(WRITTEN)}\nThis mail was scanned.<p>It is clean.</p>",
    "three": f"{_document(WRITTEN)}{_document('one')}{_document('two')}",
}


@pytest.mark.parametrize("name", BEHIND)
def test_takes_what_stands_behind_the_document_for_a_programs(name: str) -> None:
    assert _read(BEHIND[name]) == WRITTEN


def test_finds_the_words_behind_a_document_that_a_gateway_put_first() -> None:
    banner = "CAUTION: This email came from outside the company. Do not click links."
    assert _read(_document(banner) + _document(WRITTEN) + QUOTE) == WRITTEN


@pytest.mark.parametrize(
    ("body", "kind"), [(WRITTEN, "mixed"), (f"<p>{WRITTEN}</p>", "mixed"), (WRITTEN, "related")]
)
def test_reads_the_words_of_a_mail_whose_parts_were_lost(body: str, kind: str) -> None:
    raw = f"From: anna@example.com\nContent-Type: multipart/{kind}; boundary=b\n\n{body}\n"
    assert read_reply(raw.encode()).text == WRITTEN
