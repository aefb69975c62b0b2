"""What the columns of other programs' rosters are called: which header means which of ours, in whichever words.

A header is known as it is (sheets_schema/roster.toml), or once the words are gone that make it no other: whose it is
(“Employee email”), that it is work's (“E-mail (business)”), how a form asks (“Who is your manager?”). Words that make
it another, such as private, former, emergency or hiring, never go.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from peerpact.tables.cells import Cell, text
from peerpact.tables.cells.cell import plain
from peerpact.tables.schema import plain_header, tab


def _plain_ones(headers: str) -> frozenset[str]:
    return frozenset(plain_header(header) for header in headers.split(", "))


FAMILY_NAMES = _plain_ones(
    "Last name, Lastname, Surname, Family name, Last Name [Required], Legal last name, Preferred last name, "
    "Legal surname, Nachname, Familienname, Nom, Nom de famille, Nom de naissance, Nom d'usage, Apellido, Apellidos, "
    "Primer apellido"
)
CALLED = _plain_ones("Preferred name, Preferred first name, Known as, Nickname, Rufname")
"""What people are called, beside the name that they have on paper."""
FAMILY_FIRST = _plain_ones(
    "Last First, Last name First name, Surname First name, Family name Given name, Nachname Vorname, Name Vorname, "
    "Familienname Vorname, Nom et prénom, Nom Prénom, Nom et prénoms, Nom de famille et prénom, Apellidos y nombre, "
    "Apellidos Nombre, Apellido y nombre, Apellidos y nombres"
)
"""Columns of whole names that may begin with the family's."""
NUMBERS = _plain_ones(
    "Manager ID, Manager number, Supervisor ID, Supervisor number, Personalnummer Vorgesetzter, "
    "Vorgesetzter Personalnummer, Vorgesetzten-ID, Personalnummer Führungskraft, Führungskraft ID, "
    "Matricule responsable, ID responsable, ID del jefe, ID del gerente"
)
"""Columns that name the manager by the number that another column gives everybody."""
NAME, LAST_FIRST, MANAGER, MANAGER_ID = map(plain_header, ("Name", "Last First", "Manager", "Manager ID"))
MANAGERS_PARTS = (plain_header("Manager first name"), plain_header("Manager last name"))
"""A manager's first and last name in columns of their own."""


def _words_of(words: str) -> frozenset[str]:
    return frozenset(map(plain, words.split()))


_ARTICLES = _words_of("of the a der die das des dem du de la le les l del el los las s")
_PEOPLE = _words_of(
    "employee employees worker workers staff associate colleague participant member person user "
    "mitarbeiter mitarbeiters mitarbeiterin mitarbeitende mitarbeitenden beschäftigte person teilnehmer teilnehmerin "
    "collaborateur collaboratrice salarié salariée employé employée participant participante "
    "empleado empleada trabajador trabajadora colaborador colaboradora persona participante "
    "your my ihr ihre dein deine votre su tu"
)
"""Whose a column is, where it is everybody's own."""
_WORK = _words_of(
    "work business company corporate official primary office professional contact "
    "arbeit arbeits firmen geschäftlich geschäftliche geschäftl gesch dienstlich dienstliche dienstl "
    "beruflich berufliche professionnel professionnelle pro entreprise "
    "trabajo corporativo corporativa laboral profesional empresa empresarial"
)
"""That an address is the one at work."""
_OF_MAIL = _words_of("id addr address addresses adresse 1 value")
_DUTY = _words_of("required optional mandatory pflichtfeld obligatoire obligatorio")
_DIRECT = _words_of(
    "direct directs immediate current reporting line people dir direkt direkter direkte direkten disziplinarischer "
    "disziplinarische disziplinarischen hiérarchique directo directa inmediato inmediata"
)
"""That a manager is the one to whom somebody reports."""
_NAMED = _words_of(
    "name names full display whole email mail address id upn principal adresse mailadresse "
    "correo electrónico électronique courriel "
    "nom complet nombre completo"
)
"""How a column names the manager."""
_COUNTED = _words_of(
    "id ids number no nr num code eid sys userid employeeid personnel position associate personalnummer personalnr "
    "nummer matricule numéro número"
)
_IDLE_IN = {
    "name": _words_of("full legal complete whole official preferred payroll vollständiger offizieller"),
    "first_name": _words_of("legal official"),
    "family_name": _words_of("legal official"),
    "department": _words_of("name names description home current bezeichnung bez"),
    "team": _words_of("name names description current bezeichnung bez"),
    "time_zone": _words_of("name id iana"),
    "country": _words_of("name code iso work"),
    "languages": _words_of("name code iso main correspondence"),
    "joined": _words_of("latest last most recent initial company or rehire"),
}
"""Words that leave a column what it is, by our field."""
_FIRST_LINE = re.compile(r"\b(?:first|1st)[\s-]+(?:line|level)\b", re.IGNORECASE)
"""How the direct manager is told from those above."""
_FIRST = _words_of("first given firstname forename vorname prénom")
_LAST = _words_of("last family lastname surname nachname familienname apellido apellidos")
_QUESTION = re.compile(
    r"¿?(?:please )?(?:(?:what|which|who)(?: is| are|['’]s)?|enter|wer ist|wie ist|wie heißt|wie lautet|was ist|"
    r"qui est|quel(?:le)? est|comment s['’]appelle|quién es|cuál es|cómo se llama)\s+(.*\S)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(.*?\S)\s+(?:(?:do )?you speak|are you in|do you work in|do you live in)", re.IGNORECASE
)
_IDLE = re.compile(
    r"\s*[(\[](?:from [^()\[\]]*|[dmyjat]{1,4}[./-][dmyjat]{1,4}[./-][dmyjat]{1,4})[)\]]\s*$", re.IGNORECASE
)
"""Where a column was looked up, or how its days are written."""
_IN_ORDER = re.compile(
    r"(.*\S)\s*[(\[]\s*(first|last)(?: name)?,?\s+(?:first|last)(?: name)?\s*[)\]]", re.IGNORECASE
)
_WORD = re.compile(r"[A-ZÄÖÜ]?[^\W\d_A-ZÄÖÜ]+|[A-ZÄÖÜÉÈ]+(?![^\W\d_A-ZÄÖÜ])|\d+")


@cache
def known_headers() -> frozenset[str]:
    """Return all headers that mean something to us, as they are compared."""
    ours = frozenset().union(*(c.headers for c in tab("Roster").columns))
    return ours | FAMILY_NAMES | FAMILY_FIRST | NUMBERS | {*MANAGERS_PARTS}


def meaning(header: Cell) -> str:
    """Return the known header that one means, as headers are compared; else itself."""
    return _meaning(text(header))


@lru_cache(maxsize=4096)
def _meaning(header: str) -> str:
    header = _FIRST_LINE.sub("", header.replace("#", " number "))
    whole = plain_header(header)
    if whole in known_headers():
        return whole
    if sides := _of_sides(header):
        return sides
    asked = _without_question(_IDLE.sub("", header))
    words = _words(asked)
    if (
        not words
        or words[-1] in _ARTICLES
        or (words[-1] in _PEOPLE and words[-2:-1] and words[-2] not in _ARTICLES)
    ):
        return whole
    return _of_people(asked, words) or _of_managers(words) or whole


def own_words(header: str) -> str:
    """Return what a header says of a person, as headers are compared: without whose it is and how a form asks."""
    return "".join(w for w in _words(_without_question(header)) if w not in _PEOPLE | _ARTICLES | _DUTY)


def _of_sides(header: str) -> str:
    """Return what “Team / Squad” means: what both sides do, where that is one; else nothing."""
    if "/" not in header:
        return ""
    sides = [_meaning(side) for side in header.split("/")]
    groups = (*(column.headers for column in tab("Roster").columns), FAMILY_NAMES)
    return sides[0] if any(group.issuperset(sides) for group in groups) else ""


def _without_question(header: str) -> str:
    header = header.strip().rstrip("?:*").strip()
    if found := _QUESTION.fullmatch(header):
        header = found[1]
    if found := _ASKED.fullmatch(header):
        header = found[1]
    return header


def _words(header: str) -> list[str]:
    """Return a header's words as they are compared; “E-Mail” is one, “userEmail” are two."""
    joined = re.sub(r"\b([eE])[-\s]?([mM]ails?)\b", "Email", re.sub(r"['’]s\b", "", header))
    return [plain(word) for word in _WORD.findall(joined)]


def _of_people(header: str, words: list[str]) -> str:
    """Return what everybody's own column means; empty: it is none that we know."""
    described = tab("Roster")
    if found := _IN_ORDER.fullmatch(header):
        is_name = _meaning(found[1]) in described.column("name").headers
        return (LAST_FIRST if found[2].casefold() == "last" else NAME) if is_name else ""
    own = [w for w in words if w not in _PEOPLE | _ARTICLES | _DUTY]
    if (joined := "".join(own)) in known_headers():
        return joined
    at_work = "".join(w for w in own if w not in _WORK | _OF_MAIL)
    if at_work in described.column("email").headers:
        return at_work
    for field, idle in _IDLE_IN.items():
        headers = FAMILY_NAMES if field == "family_name" else described.column(field).headers
        if (rest := "".join(w for w in own if w not in idle)) in headers:
            return rest
    return ""


def _of_managers(words: list[str]) -> str:
    """Return how a column names the manager; empty: it doesn't, or it is another's than the person's own."""
    kinds = _NAMED | _COUNTED | _FIRST | _LAST
    idle = kinds | _WORK | _DUTY | _ARTICLES | _PEOPLE
    rest = {"".join(w for w in words if w not in dropped) for dropped in (idle, idle | _DIRECT)}
    if rest.isdisjoint(tab("Roster").column("managers").headers):
        return ""
    said = [w for w in words if w in kinds]
    for parts, key in ((_FIRST, MANAGERS_PARTS[0]), (_LAST, MANAGERS_PARTS[1])):
        if parts & set(said):
            return key
    is_number = said and set(said) <= _COUNTED | {"id"} and "email" not in said
    return MANAGER_ID if is_number else MANAGER
