"""Who somebody is, at the end of a mail, is none of their words; and none of their words is who they are."""

from __future__ import annotations

from pathlib import Path

import pytest

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
