"""One of a few words: taking part, decisions, yes or no; in the programme's own words or those that people use."""

from __future__ import annotations

from peerpact.programme.sentences import say
from peerpact.tables.cells.cell import Cell, Unusable, plain, shown, text

YES = "yes y ja j oui o si s true wahr vrai verdadero ✓ ✔ ☑ ✅ ok okay yep"
NO = "no n nein non false falsch faux falso ✗ ✘ ❌ nope"
MEANING = {
    "yes": f"{YES} x 1 active aktiv actif activo in joins joining taking|part nimmt|teil dabei participates "
    "participe participa",
    "no": f"{NO} 0 out opted|out opt|out opt-out not|taking|part nicht nicht|dabei left ne|participe|pas "
    "no|participa inactive",
    "paused": "paused pause pausing on|pause pausiert pausieren in|pause en|pause en|pausa pausado pausada pausa "
    "on|hold on|leave break",
    "approve": f"{YES} approve approved approves approval approve|it agree agreed accept accepted go confirm "
    "confirmed fine genehmigt genehmigen genehmige freigegeben freigeben einverstanden bestatigt passt approuve "
    "approuver accepte accepter d'accord valide aprobado aprobada aprobar aceptado aceptada aceptar de|acuerdo vale 👍",
    "reject": f"{NO} reject rejected rejects decline declined deny denied refuse refused don't cancel cancelled "
    "canceled veto abgelehnt ablehnen refuse refuser rejete rejeter rechazado rechazada rechazar 👎",
    "lock": "lock locked keep keep|together fixed pin pinned fest fixiert fixieren behalten zusammen verrouille "
    "verrouiller garder fijar fijado fijada mantener 🔒",
}
"""What else people write for a choice; “|” stands for a space."""


def read_choice(cell: Cell, choices: tuple[str, ...]) -> str:
    """Read one of the choices: itself in any case, or another word for it that means no other of them.

    Raises:
        Unusable: it is none of them.
    """
    wanted = text("yes" if cell is True else "no" if cell is False else cell)
    for choice in choices:
        if choice.casefold() == wanted.casefold():
            return choice
    said = _plain_words(wanted)
    meant = [c for c in choices if said and said <= _words_for(c)]
    if len(meant) == 1:
        return meant[0]
    raise Unusable(
        say("{wanted} is not one of {choices}", wanted=shown(wanted), choices=", ".join(choices)),
        say("Choose one of: {choices}.", choices=", ".join(choices)),
    )


def read_yes_or_no(cell: Cell) -> bool:
    return read_choice(cell, ("yes", "no")) == "yes"


def read_taking_part(cell: Cell) -> str:
    return read_choice(cell, ("yes", "paused", "no"))


def read_decision(cell: Cell) -> str:
    return read_choice(cell, ("approve", "reject", "lock"))


_MARKS = frozenset("✓✔☑✅✗✘❌👍👎🔒")


def _plain_words(words: str) -> set[str]:
    """Return what a cell says as words and as marks; “Approved ✔” says one thing in both."""
    marks = {mark for mark in words if mark in _MARKS}
    left = "".join(ch for ch in words if ch not in _MARKS and ch != "\ufe0f")
    plainly = plain(left).replace("’", "'").strip().rstrip(".! ")
    return marks | ({plainly} if plainly else set())


def _words_for(choice: str) -> frozenset[str]:
    return frozenset(word.replace("|", " ") for word in MEANING.get(choice, "").split())
