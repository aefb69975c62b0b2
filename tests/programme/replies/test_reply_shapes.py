"""Quotes told by their shape: in languages whose words nobody listed, and headers torn wherever programs break them."""

from __future__ import annotations

import random
import textwrap
from datetime import UTC, date, datetime

import pytest
from babel import Locale
from babel.dates import format_date, format_time
from hypothesis import given, settings
from hypothesis import strategies as st

from peerpact.programme.replies.quotes import newly_written

LANGUAGES = [
    "en", "de", "fr", "es", "it", "pt", "nl", "sv", "da", "nb", "fi", "is", "pl", "cs", "sk", "hu", "ro",
    "bg", "ru", "uk", "sr", "hr", "sl", "mk", "el", "tr", "he", "ar", "fa", "hi", "bn", "ta", "te", "th",
    "vi", "id", "ms", "ja", "ko", "zh", "zh_TW", "ca", "eu", "gl", "et", "lv", "lt", "ga", "cy", "sq", "hy",
]  # fmt: skip
WRITTEN = "1 done, thanks. I asked Maria."
LETTER = (
    "Hello Anna,\n\nlast month you promised:\n\n  1. Ask Maria for feedback\n\nHow did it go? Reply: 1 done."
)
QUOTED = "\n".join(f"> {line}".rstrip() for line in LETTER.split("\n"))


class Tongue:
    """A language as a program that nobody knows writes it: real dates, words that no list has."""

    def __init__(self, language: str) -> None:
        self._language = language
        self._chance = random.Random(language)  # noqa: S311 - the same in each run
        months = "".join(Locale.parse(language).months["format"]["wide"].values())
        self._letters = [c for c in months if c.isalpha()] or list("abcdef")

    def word(self) -> str:
        return "".join(self._chance.choice(self._letters) for _ in range(7)).lower()

    def moment(self) -> str:
        chance = self._chance
        at = datetime(
            2026, chance.randint(1, 12), chance.randint(1, 28), chance.randint(0, 23), 14, tzinfo=UTC
        )
        day = format_date(at, chance.choice(["short", "medium", "full"]), locale=self._language)
        return f"{day} {format_time(at, 'short', locale=self._language)}"

    def attribution(self) -> str:
        return f"{self.moment()} Bob Smith <bob.smith@example.org> {self.word()}:"

    def header(self, *, bold: bool = False) -> str:
        values = (
            "Bob Smith <bob@example.org>",
            self._whole_moment(),
            "Anna <anna@example.com>",
            "RE: Your month",
        )
        star = "*" if bold else ""
        return "\n".join(f"{star}{self.word().title()}:{star} {value}" for value in values)

    def _whole_moment(self) -> str:
        return f"{format_date(date(2026, 3, 12), 'full', locale=self._language)} 10:04"


def shapes(tongue: Tongue) -> dict[str, str]:
    wrapped = "\n".join(textwrap.wrap(tongue.attribution(), 56, break_on_hyphens=False))
    marker = f"-------- {tongue.word()} {tongue.word()} --------"
    return {
        "nothing marks it": f"{WRITTEN}\n\n{tongue.attribution()}\n\n{LETTER}",
        "wrapped, nothing marks it": f"{WRITTEN}\n\n{wrapped}\n\n{LETTER}",
        "quoted": f"{WRITTEN}\n\n{tongue.attribution()}\n{QUOTED}",
        "wrapped and quoted": f"{WRITTEN}\n\n{wrapped}\n\n{QUOTED}",
        "below": f"{wrapped}\n{QUOTED}\n\n{WRITTEN}",
        "a name alone": f"{WRITTEN}\n\n{tongue.moment()} {tongue.word()} Bob:\n{QUOTED}",
        "a header": f"{WRITTEN}\n\n{tongue.header()}\n\n{LETTER}",
        "a bold header below a rule": f"{WRITTEN}\n\n{'_' * 32}\n{tongue.header(bold=True)}\n\n{LETTER}",
        "a marked header": f"{WRITTEN}\n\n{marker}\n{tongue.header()}\n\n{LETTER}",
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_ends_before_a_quote_in_a_language_that_nobody_listed(language: str) -> None:
    bodies = shapes(Tongue(language))
    assert {name: newly_written(body) for name, body in bodies.items()} == dict.fromkeys(bodies, WRITTEN)


ATTRIBUTIONS = [
    "On Thu, Mar 12, 2026 at 10:04 AM Bob Smith <bob.smith@example.org> wrote:",
    "Am Do., 12. März 2026 um 10:04 Uhr schrieb Bob Smith <bob.smith@example.org>:",
    "Le jeu. 12 mars 2026 à 10:04, Bob Smith <bob.smith@example.org> a écrit :",
    "El jue, 12 mar 2026 a las 10:04, Bob Smith (<bob.smith@example.org>) escribió:",
    "czw., 12 mar 2026 o 10:04 Bob Smith <bob.smith@example.org> napisał(a):",
    "чт, 12 мар. 2026 г. в 10:04, Bob Smith <bob.smith@example.org>:",
    "2026年3月12日(木) 10:04 Bob Smith <bob.smith@example.org>:",
    "12 Mar 2026 Per. 10:04 tarihinde Bob Smith <bob.smith@example.org> şunu yazdı:",
    "Den tors 12 mars 2026 kl 10:04 skrev Bob Smith <bob.smith@example.org>:",
    "to 12. maaliskuuta 2026 klo 10.04 Bob Smith (bob.smith@example.org) kirjoitti:",
]


@given(
    attribution=st.sampled_from(ATTRIBUTIONS),
    width=st.integers(28, 100),
    words=st.sampled_from([WRITTEN, "Hi,\n\n1 done.\n\nBest,\nAnna", "Done on 12.03.2026.", "Yes"]),
    quoted=st.booleans(),
    gap=st.sampled_from(["\n", "\n\n"]),
)
@settings(max_examples=150, deadline=None)
def test_ends_before_a_header_however_it_was_wrapped(
    attribution: str, width: int, words: str, *, quoted: bool, gap: str
) -> None:
    header = "\n".join(textwrap.wrap(attribution, width, break_long_words=False, break_on_hyphens=False))
    assert newly_written(f"{words}\n\n{header}{gap}{QUOTED if quoted else LETTER}") == words
    assert newly_written(f"{header}\n{QUOTED}\n\n{words}") == words


TORN = [
    "On\nThu, Mar 12, 2026 at 10:04 AM Bob <bob@example.org> wrote:",
    "On Thu, Mar\n12, 2026 at 10:04\nAM Bob Smith <bob.smith@example.org> wrote:",
    "Le jeu.\n12 mars 2026 à 10:04, Bob <bob@example.org> a écrit\n:",
    "czw.,\n12 mar 2026\no 10:04 Bob <bob@example.org> napisał(a):",
    "On Thu, Mar 12, 2026 at 10:04 AM Bob Smith <\nbob.smith@example.org> wrote:",
    "On Thu, Mar 12, 2026 at 10:04 AM Bob Smith <bob.smith@example.org\n> wrote:",
    "On Thu, Mar 12, 2026 at 10:04 AM Bob Smith\n\n<bob.smith@example.org>\nwrote:",
    "On Wed, 14 Nov 2018 08:14:43 -0200 Bob Smith <bob@example.org> wrote",
    "---- On Thu, 12 Mar 2026 10:04:11 +0100 bob@example.org wrote ----",
    "------On 12/03/2026 10:04, Bob Smith wrote-----",
    "12.03.26 10:04, Bob Smith schrieb:",
    "Bob schrieb am Do. 12. März 2026 um 10:04:",
    "On Nov 26, 2013 you wrote:",
    "----- Forwarded Message ----- From: Bob <bob@example.org>To: Anna <anna@example.com>Sent: Thursday, "
    "12 March 2026 at 10:04:11 CETSubject: Your month",
    "From: Bob <bob@example.org> Sent: Thursday, 12 March 2026 10:04 To: Anna <anna@example.com> Subject: Your month",
    "Date: Thu, 12 Mar 2026 10:04:11 +0100\nFrom: bob@example.org",
    'Temat: RE: Subject: 2026-03-12 10:04Nadawca: "Bob" <bob@example.org> Adresat: anna@example.com',
    "-----Antwort Nachricht-----",
]


@pytest.mark.parametrize("header", TORN)
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_ends_before_a_header_that_a_program_tore_or_left_open(header: str, gap: str) -> None:
    assert newly_written(f"{WRITTEN}\n\n{header}{gap}{LETTER}") == WRITTEN


ON_ONE_LINE = [
    "thanks On Thu, Mar 12, 2026 at 10:04 AM, bob@example.org wrote:",
    "thanks--- On Thu, Mar 12, 2026 at 10:04 AM, bob@example.org wrote:",
    "thanks Am 12.03.2026 um 10:04 schrieb Bob <bob@example.org>:",
]


@pytest.mark.parametrize("line", ON_ONE_LINE)
def test_keeps_words_before_a_header_on_its_line(line: str) -> None:
    assert newly_written(f"{line}\n{QUOTED}") == "thanks"


def test_takes_a_letter_below_a_phones_footer_for_a_quote() -> None:
    body = f"{WRITTEN}\n\nGesendet von Outlook für Android<https://aka.ms/x>\n{LETTER}"
    assert newly_written(body) == WRITTEN


def test_reads_on_below_a_footer_that_comes_first() -> None:
    assert newly_written(f"Sent from my iPhone\n\n{WRITTEN}") == WRITTEN


def test_takes_who_somebody_is_below_a_rule_for_a_signature() -> None:
    assert newly_written(f"{WRITTEN}\n—————\nSarah Johnson\nProduct Manager\n+1 555 0123 456") == WRITTEN
    table = f"{WRITTEN}\n-----\nfirst the report, then the talk\nand then call 555 0123"
    assert newly_written(table) == table


CARDS = [
    "Anna Berg\nLeiterin Einkauf\nBeispiel GmbH & Co. KG\nTel. +49 40 123456-78",
    "Anna Berg\nHead of Purchasing, Example Ltd.\nanna.berg@example.com | www.example.com",
    "Anna Berg\nResponsable des achats\nExemple SA\n12, rue de la Paix\n75002 Paris\nTél. : 01 23 45 67 89",
]


@pytest.mark.parametrize("card", CARDS)
def test_takes_a_last_paragraph_that_says_who_somebody_is_for_a_signature(card: str) -> None:
    assert (
        newly_written(
            f"{WRITTEN}\n\n{card}\n\nOn 12 March 2026 at 10:04 Bob <bob@example.org> wrote:\n{QUOTED}"
        )
        == WRITTEN
    )


@pytest.mark.parametrize(
    "words",
    [
        "Please never with:\n\nBob Smith\nSales Germany\nbob@example.com",
        "My next steps\n\nCall Maria\nask for the plan\n+49 170 1234567",
        "Two things\n\nI ring Tom\nSales Germany\n+49 170 1234567",
        "Next\n\nCall Maria\n+49 170 1234567",
    ],
)
def test_keeps_a_last_paragraph_in_which_somebody_says_something(words: str) -> None:
    assert newly_written(words) == words


def test_ends_where_only_the_heading_of_a_notice_stands_above_it() -> None:
    notice = (
        "The information contained in this message is confidential and intended solely for the recipient."
    )
    assert newly_written(f"{WRITTEN}\n\n*Disclaimer*\n\n{notice} " + "It may be privileged. " * 5) == WRITTEN
