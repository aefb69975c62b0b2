"""The day of a promise, said at the turn of a month and of a year: right nearly always, wrong hardly ever."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from peerpact.programme.replies.meaning import Asked, understand


def _rows(*names: str) -> list[list[str]]:
    texts = ((Path(__file__).parent / f"{name}.tsv").read_text(encoding="utf-8") for name in names)
    return [x.split("\t") for text in texts for x in text.splitlines() if not x.startswith("#")]


ROWS = _rows("due_days", "due_rounds")


def _due(language: str, said_on: str, text: str) -> str:
    on = date.fromisoformat(said_on)
    text = text.replace("\\n", "\n")
    read = understand(text, open_commitments=[], languages=(language,), on=on, asked=Asked.COMMITMENT)
    return str(next((p.due for p in read.promises if p.due), "ask"))


@pytest.mark.parametrize("language", ["en", "de", "fr", "es"])
def test_finds_the_day_that_is_said(language: str) -> None:
    judged = [(_due(la, on, text), right, text) for la, on, right, text in ROWS if la == language]
    missed = [each for each in judged if each[0] not in each[1].split("|")]
    assert [each for each in missed if each[0] != "ask"] == []
    assert len(missed) <= 0.05 * len(judged), missed


def test_never_takes_another_day_than_was_said_in_whatever_words() -> None:
    judged = [(_due(la, on, text), right, text) for la, on, right, text in _rows("promised_by")]
    assert [each for each in judged if each[0] not in {each[1], "ask"}] == []
    assert sum(found != right for found, right, _ in judged) <= 0.22 * len(judged)


def test_hardly_ever_takes_for_a_promise_what_only_names_a_day() -> None:
    rows = _rows("dated_no_promises")
    taken = [text for la, text in rows if _due(la, "2027-03-09", text) != "ask"]
    assert len(taken) <= 0.04 * len(rows), taken


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "I will ask Dana before Christmas", "2026-12-25"),
        ("en", "I will read two books by New Year's Eve", "2026-12-31"),
        ("en", "I will ask Dana by Easter Monday", "2026-04-06"),
        ("de", "Ich frage Bo bis Ostern", "2026-04-05"),
        ("de", "Ich frage Bo vor Rosenmontag", "2026-02-16"),
        ("fr", "Je vais relire le guide avant la Toussaint", "2026-11-01"),
        ("fr", "Je vais relire le guide d'ici Noël", "2026-12-25"),
        ("es", "Voy a leer el manual antes de Semana Santa", "2026-03-29"),
        ("es", "Voy a leer el manual en Nochevieja", "2026-12-31"),
        ("es", "Voy a leer el manual antes del Domingo de Ramos", "2026-03-29"),
        ("en", "I will read the manual before Palm Sunday", "2026-03-29"),
        ("en", "I will read the manual before Black Friday", "ask"),
    ],
)
def test_knows_the_feasts(language: str, text: str, day: str) -> None:
    assert _due(language, "2026-01-28", text) == day


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "I will read it two days before the audit on 11 March", "2026-03-09"),
        ("en", "I will print it a week before the trade show (11 March)", "2026-03-04"),
        ("en", "I will print the plan three days after the audit on 11 March", "2026-03-14"),
        ("en", "I will print the plan the day before the audit on 11 March", "2026-03-10"),
        ("en", "I will send it two days before the audit", "ask"),
        ("en", "I will print it two days before two days before the audit", "ask"),
        ("de", "Ich lese das zwei Tage vor dem Audit am 11. März", "2026-03-09"),
        ("de", "Ich lese das am Tag nach dem Audit am 11. März", "2026-03-12"),
        ("fr", "Je vais relire le manuel deux jours avant l'audit du 11 mars", "2026-03-09"),
        ("es", "Voy a leer el manual dos días antes de la auditoría del 11 de marzo", "2026-03-09"),
        ("en", "I will send the plan by 30-06-2026", "2026-06-30"),
        ("de", "Ich schicke das Angebot bis Di raus", "2026-02-03"),
        ("de", "Ich schicke das Angebot bis so 18 Uhr raus", "ask"),
        ("fr", "Je vais envoyer le devis jeudi midi au plus tard", "2026-01-29"),
        ("es", "Voy a pasar a cobrar el viernes en ocho", "2026-02-06"),
        ("es", "Mañana mismo voy a escribir a Marta", "2026-01-29"),
        ("en", "tonight I will write down three things I want out of this year", "2026-01-28"),
        ("de", "Ich rufe morgen den Meister an und frage, ob ich zwei Wochen mitlaufen darf", "2026-01-29"),
        ("es", "Voy a delegar el cuadrante de mayo en Sonia, martes 3", "2026-02-03"),
        ("de", "Ich übergebe vorm Urlaub (ab 19.7.) alles an Lisa", "ask"),
        ("de", "Ich lade jeden ersten Donnerstag im Monat das Team ein", "ask"),
    ],
)
def test_counts_from_another_day(language: str, text: str, day: str) -> None:
    assert _due(language, "2026-01-28", text) == day


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "Slides done by Friday", "2026-01-30"),
        ("en", "The talk went well, the offer is ready by Friday", "2026-01-30"),
        ("en", "The training videos are uploaded in two weeks", "2026-02-11"),
        ("en", "Is it ready by Friday?", "ask"),
        ("en", "The videos are not ready by Friday", "ask"),
        ("en", "She said it is ready by Friday", "ask"),
        ("en", "We meet on Friday", "ask"),
        ("de", "Bis Ende Februar ist die Preisliste aktualisiert", "2026-02-28"),
        ("de", "Nächste Woche ruf ich die Versicherung an", "2026-02-06"),
        ("de", "Bis Freitag habe ich Urlaub", "ask"),
        ("de", "ich räum bis Freitag die Werkstatt auf", "2026-01-30"),
        ("en", "Ill finish the notes for Kim by Friday", "2026-01-30"),
        ("en", "Ill until Friday", "ask"),
        ("en", "The plan is ready on Friday", "2026-01-30"),
        ("de", "Am Freitag ist die Inventur fertig", "2026-01-30"),
        ("en", "The meeting with Kim went well, so I'll send her our offer on Friday", "2026-01-30"),
        ("es", "La reunión fue muy bien, así que mandaré el presupuesto el viernes", "2026-01-30"),
        ("en", "I am away this week, the plan is ready on Friday", "ask"),
        ("en", "Thanks, talk to you on Friday", "ask"),
        ("en", "no thanks, ask me again on the 10th of May", "ask"),
        ("de", "Das Treffen war gut, ich melde mich am Freitag", "ask"),
        ("fr", "Désolée, je réponds vendredi", "ask"),
        ("es", "Lo siento, contesto el viernes", "ask"),
        ("fr", "D'ici vendredi, le planning sera affiché", "2026-01-30"),
        ("es", "Antes del viernes estará montado el puesto", "2026-01-30"),
        ("en", "Write the plan for Kim. Deadline 1 March.", "2026-03-01"),
        ("en", "Write the plan for Kim. Done by Friday.", "2026-01-30"),
        ("es", "Ordenar el taller con Kim... dentro de dos semanas está hecho", "2026-02-11"),
    ],
)
def test_takes_what_is_ready_by_a_day_for_a_promise(language: str, text: str, day: str) -> None:
    assert _due(language, "2026-01-28", text) == day


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "I will present on Thursday next week", "2026-02-05"),
        ("de", "Ich präsentiere nächste Woche Donnerstag", "2026-02-05"),
        ("fr", "Je vais présenter jeudi de la semaine prochaine", "2026-02-05"),
        ("es", "Voy a presentar el jueves de la semana que viene", "2026-02-05"),
        ("de", "Ich lese zwei Kapitel bis zum 15.", "2026-02-15"),
        ("fr", "Je vais lire deux chapitres d'ici le 15", "2026-02-15"),
        ("de", "Ich lese bis zum 15. Kapitel 3", "2026-02-15"),
        ("de", "Ich lese bis Seite 15", "ask"),
        ("de", "Ich spare bis zum 15.000 Euro", "ask"),
        ("fr", "Je vais lire jusqu'à la page 15", "ask"),
        ("de", "Ich mache heute in vierzehn Tagen einen Probelauf", "2026-02-13"),
        ("fr", "Je vais présenter d'ici la fin du mois prochain", "2026-02-28"),
        ("en", "I will present a week from today", "2026-02-06"),
        ("en", "I will call the bank the Monday after next", "2026-02-09"),
        ("en", "I will clear my backlog by the last day of February", "2026-02-28"),
        ("de", "Ich schließe die alten Tickets bis zum letzten Tag im Februar", "2026-02-28"),
        ("en", "I'll book it sometime next year", "ask"),
    ],
)
def test_reads_weekdays_of_a_week_bare_days_and_what_is_counted(language: str, text: str, day: str) -> None:
    assert _due(language, "2026-01-30", text) == day


@pytest.mark.parametrize(
    ("text", "offered"),
    [
        ("Onboarding checklist on the wiki, Monday", True),
        ("Nothing from me this month, sorry, maybe in January", False),
        ("Maybe something with the wiki, Monday", False),
        ("No time for the wiki, Monday", False),
    ],
)
def test_offers_to_be_tapped_what_nothing_speaks_against(text: str, *, offered: bool) -> None:
    on = date(2026, 1, 28)
    read = understand(text, open_commitments=[], languages=("en",), on=on, asked=Asked.COMMITMENT)
    assert (read.promises, bool(read.perhaps_promised)) == ((), offered)
