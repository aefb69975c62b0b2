"""The lines of an HTML body: which elements break, hide, quote and space them, and how much is read."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.markup import documents_of_markup
from peerpact.programme.replies.quotes import Line


def _lines(markup: str) -> list[Line]:
    (document, *_) = documents_of_markup(markup)
    return document


def _texts(markup: str) -> list[str]:
    return [line.text for line in _lines(markup)]


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("one <b>two</b> three", ["one two three"]),
        ("<div>one</div>two<div>three</div>", ["one", "two", "three"]),
        ("<div>one<div>two</div>three</div>", ["one", "two", "three"]),
        ("one<br>two", ["one", "two"]),
        ("one<br><br>two", ["one", "", "two"]),
        ("<div>one</div><div><br></div><div>two</div>", ["one", "", "two"]),
        ("<div>one</div><div></div><div>two</div>", ["one", "two"]),
        ("<div>one</div><div>&nbsp;</div><div>two</div>", ["one", "", "two"]),
        ("<p>one</p><p>two</p>", ["one", "", "two"]),
        ("<p>one</p>two", ["one", "", "two"]),
        ("one<p>two</p>", ["one", "", "two"]),
        ("<p>one</p><p></p><p>two</p>", ["one", "", "two"]),
        ("<p></p><p>one</p>", ["one"]),
        ("<p>one</p><br><p>two</p>", ["one", "", "two"]),
        ("<ul><li>one</li><li>two</li></ul>", ["- one", "- two"]),
        ("<table><tr><td>one</td><td>two</td></tr><tr><th>three</th></tr></table>", ["one two", "three"]),
        ("<table><tr><th>one</th><th>two</th></tr></table>", ["one two"]),
        ("one<hr>two", ["one", "_" * 20, "two"]),
        ("<div hidden>one<hr></div>two", ["two"]),
        ("  one\n  two\t three ", ["one two three"]),
        ("<pre>one  two\n  three\n\nfour</pre>", ["one  two", "  three", "", "four"]),
        ("<pre>one</pre>two\nthree", ["one", "", "two three"]),
        ("<pre>one<b>two\nthree</b></pre>", ["onetwo", "three"]),
        ("one\0two", ["onetwo"]),
        ("one\ud800two", ["one?two"]),
        ("one<!-- two -->three", ["onethree"]),
        ("one<?two?>three", ["onethree"]),
        ("", []),
        (" ", []),
        ("<head><title>no</title></head><style>no</style><script>no</script>one", ["one"]),
        ("<select><option>no</select><textarea>no</textarea>one", ["one"]),
        ("one<span hidden>no</span>two", ["onetwo"]),
        ('<div data-marker="__SIG_PRE__">no</div>one', ["one"]),
        ('<div data-marker="__SIG_POST__">no</div>one', ["one"]),
        ('<div data-marker="__SIG__">one</div>', ["one"]),
        ('<div class="gmail_signature">no</div>one', ["one"]),
        ('<div id="Signature">no</div>one', ["one"]),
        ('<div class="signatures">one</div>', ["one"]),
        ('<span style="font-size:0">no<b style="font-size:10px">one</b>no</span>two', ["onetwo"]),
        ('<div style="color:white"><b class="x">no</b></div>one', ["one"]),
        ("<div>" * 300 + "one", ["one"]),
    ],
)
def test_breaks_and_leaves_out_as_a_browser_does(markup: str, texts: list[str]) -> None:
    found = documents_of_markup(markup)
    assert [line.text for line in (found[0] if found else [])] == texts


@pytest.mark.parametrize(
    ("picture", "text"),
    [
        ('<img alt="👍">', "one👍"),
        ('<img alt="👍👍👍👍👍👍👍👍">', "one👍👍👍👍👍👍👍👍"),
        ('<img alt="👍👍👍👍👍👍👍👍👍">', "one"),
        ('<img alt="logo">', "one"),
        ('<img alt="2">', "one"),
        ('<img alt="a👍">', "one"),
        ('<img alt=":)">', "one:)"),
        ('<img alt="">', "one"),
        ("<img>", "one"),
        ('<i hidden><img alt="👍"></i>', "one"),
    ],
)
def test_reads_the_emoji_that_a_small_picture_stands_for(picture: str, text: str) -> None:
    assert _texts(f"one{picture}") == [text]


@pytest.mark.parametrize(
    ("tag", "quoted"),
    [
        ("blockquote", True),
        ('blockquote type="cite" style="border:none"', True),
        ('blockquote cite="x" style="border:none"', True),
        ('blockquote class="gmail_quote" style="border:none"', True),
        ('blockquote style="border: none"', False),
        ('blockquote style="margin:0"', True),
        ('blockquote class="mine" style="border:none"', False),
        ('div class="yahoo_quoted"', True),
        ('div id="yj6qo"', True),
        ('div name="quote"', True),
        ("includetail", True),
        (f'div class="{"x" * 289}yahoo_quoted"', False),
        (f'div class="{"x" * 287} yahoo_quoted"', True),
        (f'div class="{"x" * 288} yahoo_quoted"', False),
        (f'blockquote style="{"x" * 289}border:none"', False),
        (f'blockquote style="{"x" * 290}border:none"', True),
        ('span name="quote"', False),
        ('div class="quote"', False),
        ("div", False),
    ],
)
def test_marks_what_programs_mark_as_a_quote(tag: str, quoted: bool) -> None:
    shut = tag.split(maxsplit=1)[0]
    found = {line.text: line.quoted for line in _lines(f"<p>one</p><{tag}>two</{shut}>three")}
    assert (found["one"], found["three" if quoted or shut != "span" else "twothree"]) == (False, False)
    assert found.get("two", False) is quoted


def test_marks_a_quote_in_a_quote_to_its_end() -> None:
    lines = _lines("<blockquote>one<blockquote><p>two</p><p>three</p></blockquote>four</blockquote>five")
    assert [(line.text, line.quoted) for line in lines if line.text] == [
        ("one", True),
        ("two", True),
        ("three", True),
        ("four", True),
        ("five", False),
    ]
    assert [line.quoted for line in _lines("<p>one</p><p>two</p>")] == [False, False, False]
    assert [line.quoted for line in _lines("<blockquote><p>one</p><p>two</p></blockquote>")] == [True] * 3
    assert [line.quoted for line in _lines("&gt; one<br>two")] == [True, False]


@pytest.mark.parametrize(
    ("tag", "fence"),
    [
        ('div id="appendonsend"', True),
        ('div id="divRplyFwdMsg"', True),
        ('td class="OutlookMessageHeader"', True),
        ('p name="reply-intro"', True),
        ('table class="reply-intro"', True),
        ('span class="reply-intro"', True),
        (f'div style="{"x" * 261}border:none;border-top:solid windowtext"', True),
        (f'div style="{"x" * 262}border:none;border-top:solid windowtext"', False),
        ('div style="border:none;border-top:solid #E1E1E1 1.0pt"', True),
        ('div style="border: none; border-top: solid windowtext 1.0pt"', True),
        ('div style="border:none"', False),
        ('b id="appendonsend"', False),
        ("div", False),
    ],
)
def test_marks_the_line_above_which_somebody_wrote(tag: str, fence: bool) -> None:
    shut = tag.split(maxsplit=1)[0]
    body = f"<{tag}>two</{shut}>"
    whole = f"one<table><tr>{body}</tr></table>" if shut == "td" else f"one{body}"
    lines = [line for line in _lines(f"{whole}<div>three</div>") if line.text]
    assert [line.fence for line in lines] == [False, *([fence] if shut != "b" else []), False]


def test_draws_a_rule_that_is_a_fence_and_breaks_before_a_quote_and_behind_it() -> None:
    assert [(line.text, line.fence) for line in _lines('one<hr class="reply-intro">')][1] == ("_" * 20, True)
    lines = _lines('one<span class="yahoo_quoted">two</span>three')
    assert [(line.text, line.quoted) for line in lines] == [("one", False), ("two", True), ("three", False)]


def test_draws_no_fence_where_nobody_sees_it() -> None:
    assert not any(line.fence for line in _lines('one<div hidden><p id="appendonsend">x</p></div>two'))


def test_reads_four_documents_of_so_many_signs_lines_and_elements() -> None:
    pages = "".join(f"<html><body><p>{name}</p></body></html>" for name in "abcdef")
    documents = documents_of_markup(pages)
    assert [line.text for document in documents for line in document] == list("abcd")
    assert _texts("<p>" + " " * (400_000 - 6) + "one") == ["one"]
    assert _texts("<p>" + " " * (400_000 - 5) + "one") == ["on"]
    assert len(_lines("one<br>" * 3_001)) == 3_000
    assert _texts("<b></b>" * 24_990 + "one")[-1:] == ["one"]
    assert _texts("<b></b>" * 25_010 + "<p>one</p>") == []
    assert _texts("one" + "<b></b>" * 25_010) == ["one"]
