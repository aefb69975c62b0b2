"""Who somebody is, at the end of a mail, is none of their words; and none of their words is who they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from peerpact.programme.replies.cards import card_at_the_end, is_contact
from peerpact.programme.replies.quotes import newly_written

FULL = "Anna Berg-Lund\nHead of Sales\nExample Energy Corp.\n12 Harbour Road, Suite 4b\nBristol BS1 4DJ\na@example.com"
CARDS = {
    "a full one": FULL,
    "in two paragraphs": "Anna Berg-Lund\nHead of Sales\nSchool of Music\n\nPhone: +49 30 1234567\nFax: +49 30 1234568",
    "in three": "Anna Berg-Lund\nHead of Sales\n\n12 Harbour Street\n50667 Köln\n\nanna@example.com",
    "with a title in lower case": "Anna Berg-Lund\nresponsable formation\nAtelier du Nord\n+33 1 23 45 67 89",
    "a name and a number": "Anna Berg\n+49 30 1234567",
    "a name and an extension": "Anna Berg\next. 4521",
    "a name in the address": "Anna\nSenior Counsel, EWS\nPhone: 713-345-8897\nAnna.Berg@example.com",
    "below a rule": f"{'*' * 40}\n{FULL}\n{'*' * 40}",
    "with a notice": f"{'-' * 40}\n{FULL}\n\nThis message is confidential and privileged. If you are not the intended "
    "recipient, please delete it and tell us.\n\nThank you.",
}
SAID = [
    "I will ask Maria on Friday.",
    "Done",
    "1 done\n2 not yet",
    "Call Maria Lopez on Monday",
    "Not yet, sorry.\n\nNext: Write To Tom",
]


@pytest.mark.parametrize("card", CARDS.values(), ids=CARDS.keys())
@pytest.mark.parametrize("said", SAID)
def test_leaves_a_card_out_below_what_somebody_says(said: str, card: str) -> None:
    ended = said if said.endswith(".") else f"{said}\n\nThanks."
    assert newly_written(f"{ended}\n\n{card}") == ended
    assert newly_written(f"{ended}\n\n{card}\n\n> Hello Anna,\n> how did it go?") == ended


@pytest.mark.parametrize("closing", ["Thanks,", "Kind regards", "Viele Grüße", "Cordialement,", "Un saludo,"])
def test_keeps_the_name_right_below_a_sign_off_and_leaves_out_what_follows(closing: str) -> None:
    said = f"I will ask Maria.\n\n{closing}\nAnna Berg"
    assert newly_written(f"{said}\nHead of Sales\n+49 30 1234567") == said
    assert newly_written(f"{said}\nHead of Sales\nExample Energy Corp.") == said


@pytest.mark.parametrize("files", [" - plan.pdf\n - notes.docx", "<plan.pdf>", "<<plan.pdf>>"])
def test_leaves_a_card_out_above_the_names_of_files(files: str) -> None:
    assert newly_written(f"See the plan.\n\n{FULL}\n\n{files}") == f"See the plan.\n{files}"


NO_CARDS = [
    "Hi Ben,\n\nDone\nAnna Berg\n+49 30 1234567",
    "Please call these two:\n\nMaria Lopez\n+49 30 1234567",
    "Done.\n-----\nNext\nCall Maria on 030 1234567 by Friday",
    "Done.\n-----\nNext steps\nCall Maria on 030 1234567 by Friday",
    "Thanks,\n\nAsk Maria For Feedback\nCall Tom",
    "Next steps\n\nMaria Lopez +49 30 1234567\nTom Baker tom@example.com",
    "For example,\nhttps://example.com/a/long/way",
    "Thanks,\n\nAnna Berg",
    "Thanks,\nAnna\n+49 30 1234567",
    "My promise is below.\n\n______________\nI will ask Maria for feedback\nand write to Tom",
    "Done.\n\nAsk Maria\nRead The Book\nWrite To Tom",
    "Maria Lopez\nTom Baker",
    "Who I met:\n\nMaria Lopez\nHead of Sales\nmaria@example.com",
]


@pytest.mark.parametrize("words", NO_CARDS)
def test_keeps_names_and_numbers_that_somebody_tells(words: str) -> None:
    assert newly_written(words) == words


@pytest.mark.parametrize(
    "added",
    ["list mailing list\nlist@example.com\nhttps://example.com/lists", "Do You Mail!?\nhttp://m.example"],
)
def test_leaves_out_what_a_list_adds_below_its_rule(added: str) -> None:
    rule = "_" * 45
    assert newly_written(f"Done.\n\n{rule}\n{added}") == "Done."
    assert newly_written(f"> a\n\n{rule}\n{added}") == ""


NOTICES = [
    line.split("\t")
    for line in (Path(__file__).parent / "notices.tsv").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("language", "notice"), NOTICES)
def test_leaves_a_notice_out_in_any_language(language: str, notice: str) -> None:
    assert newly_written(f"Done.\n\n{notice}") == "Done.", language
    assert newly_written(f"Done.\n\n{FULL}\n\n{notice}\n\n> Hello Anna,\n> how did it go?") == "Done.", (
        language
    )


@pytest.mark.parametrize(
    "words",
    [
        "When Maria gets the confidential report I will ask its recipient whether she may share it in May.",
        "Wenn die vertrauliche Liste da ist, frage ich Maria, ob sie irrtümlich an uns ging und schreibe ihr.",
        "Je demande au destinataire si le dossier confidentiel lui convient et je lui propose un rendez-vous vendredi.",
        "Avisaré al destinatario de que el informe es confidencial y yo mismo lo llevo el viernes a su despacho.",
    ],
)
def test_keeps_what_somebody_says_of_a_confidential_thing(words: str) -> None:
    assert newly_written(words) == words


REACHED = [f"+49 30 12345{n:02}" for n in range(20)]
CONTACTS = [
    (["Anna Berg", "+49 30 1234567"], True),
    (["Anna Berg", "Head of Sales", "a@example.com"], True),
    (["Anna", "Head of Sales", "anna@example.com"], True),
    (["Anna Berg", *REACHED[:13]], True),
    (["Anna Berg", *REACHED[:14]], False),
    (["Anna Berg"], False),
    (["+49 30 1234567", "Anna Berg"], False),
    (["Anna", "Head of Sales", "a@example.com"], False),
    (["Anna", "+49 30 1234567"], False),
    (["a plan", "anna@example.com", "Head of Sales"], False),
    (["Anna Berg", "call me on +49 30 1234567"], False),
    (["Anna Berg", "Call Maria", "we meet in May", "a@example.com"], False),
    (["Anna Berg", "tell it to her.", "a@example.com"], False),
    (["Anna Berg", "Head of Sales", "tell her soon", "a@example.com"], False),
]


@pytest.mark.parametrize(("lines", "expected"), CONTACTS)
def test_tells_who_somebody_is_below_a_rule(lines: list[str], *, expected: bool) -> None:
    assert is_contact(lines) is expected


ENDS = [
    ("Done.\n\nAnna Berg\n+49 30 1234567", 2),
    ("So it went\n\nAnna Berg\n+49 30 1234567", None),
    ("Done.\n\nTom\nHead of Sales\n+49 30 1234567", None),
    ("Done.\n\nTo\nHead of Sales\nto@example.com", None),
    ("Done.\n\nTom\nHead of Sales\ntom@example.com", 2),
    ("Done.\n\nThanks,\nTom\nHead of Sales\n+49 30 1234567", 4),
    ("Done.\n\nThanks,\nTom\n+49 30 1234567", None),
    ("Done.\n\nThanks,\n\nTom\nHead of Sales\n+49 30 1234567", 5),
    ("Done.\n\nTom\n\nTom Baker\n+49 30 1234567", 4),
    ("Done.\n\nThanks,\n\nTom Baker\nHead of Sales", 4),
    ("Done.\n\nThanks,\n\nTom Baker\nHead of Sales\nActing Editor\nExample Press", None),
    ("Done.\n\nTom Baker\nhead of sales\n+49 30 1234567", None),
    ("Done.\n\nTom Baker\nhead of sales\nBristol\n+49 30 1234567", 2),
    ("Done.\n\nTom Baker\ntell her of it.\n+49 30 1234567", None),
    ("Done.\n\nTom Baker\n+49 30 1234567\nhead of sales", None),
    ("Done.\n\nTom Baker\n\nHead of Sales\n+49 30 1234567", None),
    ("Done.\n\nTom Baker\nHead of Sales\n\n+49 30 1234567", 2),
    ("Tom Baker\nHead of Sales\n+49 30 1234567", 0),
    ("Tom Baker\n+49 30 1234567", None),
    ("Tom\nHead of Sales\ntom@example.com", None),
    ("\n".join(["Done.", "", "Tom Baker", *REACHED[:13]]), 2),
    ("\n".join(["Done.", "", "Tom Baker", *REACHED[:14]]), None),
    ("Hi Ben,\n\nTom Baker\nHead of Sales\n+49 30 1234567", None),
    ("My number:\n\nTom Baker\nHead of Sales\n+49 30 1234567", None),
    ("See https://example.com/a\n\nTom Baker\n+49 30 1234567", 2),
]


@pytest.mark.parametrize(("text", "start"), ENDS)
def test_tells_where_a_card_begins(text: str, start: int | None) -> None:
    assert card_at_the_end(text.split("\n")) == start


@pytest.mark.parametrize(
    "notice",
    [
        "Virus-free. www.avast.com",
        "Virenfrei.www.avast.com",
        "Checked for viruses by Acme Shield",
        "Diese E-Mail wurde auf Viren geprüft.",
        "Cet e-mail ne contient aucun virus.",
        "This email message has been scanned for viruses by Acme Shield.\nAcme Shield keeps mail clean.",
        "Mail may be automatically logged, monitored and/or recorded for legal purposes.",
        "This footnote confirms that this mail has been swept for the presence of\ncomputer viruses.",
    ],
)
def test_leaves_a_scanner_s_word_out_and_what_stands_directly_above_it_in(notice: str) -> None:
    assert newly_written(f"1 done\n2 not yet\n{notice}") == "1 done\n2 not yet"
    assert newly_written(f"1 done\n\n{notice}\n\n{notice}") == "1 done"
