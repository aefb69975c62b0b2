"""HTML that others wrote, made fit to be shown."""

import re

import pytest

from workspace_emulator.pages.safe_html import letter_document, local_address, plain_prose

USER = "ada@example.com"


def shown(html: str, **pictures: str) -> str:
    document = letter_document(html, user=USER, pictures=pictures)
    return document.partition("<body>")[2].removesuffix("</body></html>")


@pytest.mark.parametrize(
    "html",
    [
        "<script>alert(1)</script>",
        "<iframe src='https://elsewhere.example'></iframe>",
        "<form action='https://elsewhere.example'><input></form>",
        "<link rel=stylesheet href='https://elsewhere.example/x.css'>",
        "<!--[if mso]><p>hidden</p><![endif]-->",
        "<img src='https://elsewhere.example/pixel.gif'>",
    ],
)
def test_takes_out_what_acts_or_loads(html):
    assert shown(html) == ""


def test_keeps_the_look_of_a_letter_s_body_and_styles():
    html = "<html><head><title>T</title><style>p{color:red}</style></head><body style='margin:9px'><p>x</p></body>"
    assert shown(html) == '<style>p{color:red}</style><div style="margin:9px"><p>x</p></div>'


@pytest.mark.parametrize(
    "wrapping", ["{}", "<table><tr><td>{}", "<p>{}</p></div>", "</body></html>{}", "<b>{}"]
)
def test_cleans_what_stands_anywhere(wrapping):
    bad = "<img src=x onerror=x()><a href='javascript:x()'>y</a><base href=//elsewhere.example>"
    assert not re.search(r"onerror|javascript|elsewhere|<img", shown(wrapping.format(bad)))


def test_takes_out_handlers_but_keeps_the_look():
    assert shown('<p style="color:red" onclick="x()">hi</p>') == '<p style="color:red">hi</p>'


@pytest.mark.parametrize(
    ("html", "follows"),
    [
        ("<p>See you on Friday.</p>", True),
        ("<p style='margin:0'>See you on Friday.</p>", True),
        ("<p style='color:#222'>See you on Friday.</p>", False),
        ("<table bgcolor='white'><tr><td>See you", False),
        ("<style>p { BACKGROUND: white }</style><p>See you on Friday.</p>", False),
    ],
)
def test_is_dark_with_the_page_where_a_letter_brings_no_colours(html, follows):
    document = letter_document(html, user=USER, pictures={})
    assert ("prefers-color-scheme: dark" in document) == follows


def test_forbids_loading_by_policy_as_well():
    assert "default-src 'none'" in letter_document("<p>x</p>", user=USER, pictures={})


def test_shows_pictures_that_came_with_the_letter():
    assert (
        shown('<img src="cid:logo">', logo="data:image/png;base64,AA==")
        == '<img src="data:image/png;base64,AA==">'
    )


def test_names_a_picture_that_would_have_to_be_fetched():
    assert shown('<img src="https://elsewhere.example/a.png" alt="Our logo">') == "Our logo"


@pytest.mark.parametrize(
    "href",
    ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "/relative", "//elsewhere.example"],
)
def test_disarms_links_that_run_something(href):
    assert shown(f'<a href="{href}">go</a>') == "<a>go</a>"


def test_opens_other_links_in_a_tab_of_their_own():
    link = shown('<a href="https://elsewhere.example/x">go</a>')
    assert 'target="_blank"' in link
    assert "noopener" in link


@pytest.mark.parametrize(
    ("href", "page"),
    [
        (
            "mailto:mentoring+fu.1@example.com?subject=Re%3A%20Hello&body=1%3A%20kept%0A2%3A+",
            "/mail/ada%40example.com/compose?to=mentoring%2Bfu.1%40example.com&subject=Re%3A%20Hello&body=1%3A%20kept%0A2%3A%2B",
        ),
        ("https://docs.google.com/spreadsheets/d/abc_1/edit#gid=0", "/spreadsheets/abc_1"),
        (
            "https://calendar.google.com/calendar/render?action=TEMPLATE&text=Tea&add=g@example.com",
            "/calendars/ada%40example.com?new=1&text=Tea&add=g%40example.com",
        ),
        (
            "https://www.google.com/calendar/event?eid=ZTEgYWRhQGV4YW1wbGUuY29t",
            "/calendars/ada%40example.com?event=e1",
        ),
        ("https://meet.google.com/abc-defg-hij", None),
        ("https://elsewhere.example/calendar", None),
    ],
)
def test_keeps_links_to_google_on_this_machine(href, page):
    assert local_address(href, USER) == page


def test_reduces_a_description_to_harmless_tags():
    html = '<div style="x"><p class="y">Hi <b>you</b></p><video src="z"></video><script>1</script></div>'
    assert plain_prose(html, user=USER) == "<div><p>Hi <b>you</b></p></div>"


def test_keeps_the_lines_of_a_description_without_tags():
    assert plain_prose("One < two\nthree", user=USER) == "One &lt; two<br>three"


def test_makes_addresses_in_plain_descriptions_clickable():
    assert 'href="https://elsewhere.example/a"' in plain_prose("See https://elsewhere.example/a.", user=USER)
