"""Which texts are a gateway's warning, and which lines of a mail it takes. By value, at each limit."""

from __future__ import annotations

import pytest

from peerpact.programme.replies.banners import banner_lines, is_banner


@pytest.mark.parametrize(
    ("text", "is_one", "is_one_below"),
    [
        pytest.param("External", True, True, id="a word of warning, and nothing else"),
        pytest.param("Caution! External sender", True, True, id="a few of them"),
        pytest.param("External sender of the link", True, True, id="small words between count for nothing"),
        pytest.param("External sender, link, caution, hello", True, True, id="four of five are of a warning"),
        pytest.param("External sender, link, hello", False, False, id="three of four are somebody's words"),
        pytest.param("External" + " sender" * 11, True, True, id="twelve of them"),
        pytest.param("External" + " sender" * 12, False, False, id="thirteen are no tag"),
        pytest.param("Caution! The sender", False, False, id="it says not that it came from outside"),
        pytest.param("This email is external to the plan", True, True, id="this mail, and outside"),
        pytest.param("This email asks: don't click", True, True, id="this mail, and not to click"),
        pytest.param(
            "Notice: this message has a link and its sender", True, True, id="this mail warns of three things"
        ),
        pytest.param("Notice: this message has a link", False, False, id="this mail warns of two"),
        pytest.param("This message has a link and its sender", False, False, id="this mail without warning"),
        pytest.param("You should not click there", False, True, id="not to click, below a warning"),
        pytest.param(
            "You should not click where somebody external offers it",
            True,
            True,
            id="not to click, and outside",
        ),
        pytest.param(
            "Do not click: the sender, the link, the attachment", True, True, id="not to click three things"
        ),
        pytest.param("Do not respond: the sender, the link", False, True, id="not to answer two things"),
        pytest.param(
            "Be sure of the sender, the link and the attachment",
            False,
            True,
            id="three things, below a warning",
        ),
        pytest.param("Be sure of the sender and the link", False, False, id="two things below a warning"),
        pytest.param("I know that this email is external", False, False, id="somebody speaks"),
        pytest.param("You don’t often get email from me", True, True, id="a sure phrase, whoever speaks"),
        pytest.param("aka.ms/LearnAboutSenderIdentification", True, True, id="a sure link"),
        pytest.param("ZjQcmQRYFpfptBannerStart", True, True, id="a program's mark"),
        pytest.param("…", False, False, id="no word"),
        pytest.param("", False, False, id="nothing"),
    ],
)
def test_knows_a_warning_by_what_it_says(text: str, *, is_one: bool, is_one_below: bool) -> None:
    assert (is_banner(text), is_banner(text, after=True)) == (is_one, is_one_below)


def test_reads_nine_hundred_signs_of_a_text() -> None:
    warning = "This email is external "
    assert is_banner(warning.ljust(900, "x"))
    assert not is_banner(warning.ljust(901, "x"))
    sure = "You don't often get email from"
    assert is_banner(f"{sure:>900} x")
    assert not is_banner(f"{'x' * 900}{sure}")


OUTSIDE, CLICKS, OPEN = "This email is external.", "Do not click there.", "This email is external and so"


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        pytest.param((), set(), id="no line"),
        pytest.param(("", ""), set(), id="blank ones"),
        pytest.param((OUTSIDE, "Done."), {0}, id="the first line of a paragraph"),
        pytest.param(("Done.", OUTSIDE), {0, 1}, id="what stands above it in its paragraph goes with it"),
        pytest.param(("Done.", "", OUTSIDE), {2}, id="a paragraph of its own"),
        pytest.param(("This email is", "external.", "Done."), {0, 1}, id="over two lines"),
        pytest.param(
            ("This email was sent by", "Somebody outside of it."), {0, 1}, id="whatever the second says"
        ),
        pytest.param((*["x"] * 7, OUTSIDE), set(range(8)), id="in eight lines"),
        pytest.param((*["x"] * 8, OUTSIDE), set(), id="not in nine"),
        pytest.param((OUTSIDE, CLICKS, "Done."), {0, 1}, id="a line that warns on"),
        pytest.param((OUTSIDE, "", CLICKS), {0, 2}, id="a paragraph that warns on"),
        pytest.param((OUTSIDE, "", "", "", CLICKS), {0, 4}, id="behind several blank lines"),
        pytest.param((OUTSIDE, "", "Done.", "", CLICKS), {0}, id="not behind somebody's words"),
        pytest.param((CLICKS, "", "Done."), set(), id="the first paragraph is below none"),
        pytest.param((OUTSIDE, "Done.", "", CLICKS), {0}, id="nor below one that ends in other words"),
        pytest.param((OPEN, "goes on", "Done."), {0, 1}, id="a sentence goes on in small letters"),
        pytest.param((OPEN, "  eBay, too", "Done."), {0, 1}, id="also where a capital follows"),
        pytest.param((OPEN, "Done"), {0}, id="it does not in a capital"),
        *(
            pytest.param((f"{OPEN}{end}", "goes on"), {0}, id=f"nor behind a line that ends in {end}")
            for end in (".", "!", "。", "！", ":", "*", "]", ">", "… ")
        ),
    ],
)
def test_takes_the_lines_of_a_warning(texts: tuple[str, ...], lines: set[int]) -> None:
    assert banner_lines(texts) == lines


LONG, SHORT = OPEN.ljust(45, "x"), OPEN.ljust(44, "x")


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        pytest.param((LONG, "Network", "", "Done"), {0, 1}, id="its last word"),
        pytest.param((LONG, "Network There", "", "Done"), {0, 1}, id="its last two"),
        pytest.param((LONG, "Network There Too", "", "Done"), {0}, id="three are somebody's"),
        pytest.param((SHORT, "Network", "", "Done"), {0}, id="below a line that was not wrapped"),
        pytest.param((f"{LONG}.", "Network", "", "Done"), {0}, id="below the end of a sentence"),
        pytest.param((LONG, "1 Done", "", "Thanks"), {0}, id="a number is somebody's answer"),
        pytest.param((LONG, "Network", "Done"), {0}, id="something is below it in its paragraph"),
        pytest.param((LONG, "Network"), {0}, id="nothing is below it: it is all that somebody wrote"),
        pytest.param((LONG, "Network", "", "", "Done"), {0, 1}, id="something two lines below"),
        pytest.param((LONG, "Network", "", "", "", "Done"), {0}, id="something three lines below"),
    ],
)
def test_takes_a_wrapped_warnings_last_word(texts: tuple[str, ...], lines: set[int]) -> None:
    assert banner_lines(texts) == lines


def test_looks_at_the_first_forty_paragraphs_and_the_last_two() -> None:
    texts = [text for _ in range(50) for text in ("Done.", "")]
    for number, is_found in ((0, True), (39, True), (40, False), (47, False), (48, True), (49, True)):
        with_one = [*texts[: 2 * number], OUTSIDE, *texts[2 * number + 1 :]]
        assert banner_lines(with_one) == ({2 * number} if is_found else set()), number


def test_knows_what_is_above_the_last_paragraphs() -> None:
    first = [text for _ in range(39) for text in ("Done.", "")]
    texts = [*first, OUTSIDE, "", "Done.", "", "Done.", "", CLICKS, "", CLICKS]
    assert banner_lines(texts) == {78}
    texts[84] = OUTSIDE
    assert banner_lines(texts) == {78, 84, 86}


def test_takes_a_rule_below_a_warning_for_its_end() -> None:
    warning = "CAUTION: This email originated from outside of the organization. Do not click links."
    assert banner_lines([warning, "_____", "Done"]) == {0, 1}
    assert banner_lines(["Done", "_____", "Not that"]) == frozenset()
