"""Until when something is promised that was said before, or behind what says when. On Wednesday 28 January 2026."""

from __future__ import annotations

from datetime import date

import pytest

from peerpact.programme.replies.meaning import Asked, understand

SAID: dict[str, list[tuple[str, str, list[str]]]] = {
    "in another sentence": [
        ("en", "Write the summary. I'll do that tomorrow.", ["2026-01-29"]),
        ("en", "I'll clear out the store room. Should be done by 6 February.", ["2026-02-06"]),
        ("en", "I'll clear out the store room. She says it is done by 6 February.", ["no day"]),
        ("en", "I'll clear out the store room. It won't be done by 6 February.", ["no day"]),
        ("en", "I'll clear out the store room. I'm away until 6 February.", ["no day"]),
        ("en", "I'll clear out the store room by Friday. It takes until Monday.", ["2026-01-30"]),
        ("de", "Den Prüfplan schreiben. Das mache ich bis Montag.", ["2026-02-02"]),
        ("de", "Ich schreibe einen Prüfplan. Diesen stelle ich bis 6. Februar fertig.", ["2026-02-06"]),
        ("fr", "Rédiger le plan d'accueil. Je le fais demain.", ["2026-01-29"]),
        ("fr", "Je rédige le plan d'accueil. Ce sera fait vendredi midi.", ["2026-01-30"]),
        ("es", "Redactar el plan de acogida. Lo hago el lunes.", ["2026-02-02"]),
    ],
    "under a label of its own": [
        ("en", "Write the summary.\n\nBy: 6 February", ["2026-02-06"]),
        ("en", "Action: write the summary. When: Friday", ["2026-01-30"]),
        ("en", "Plan my goals for the next three years.\nDeadline: 6 February 2026", ["2026-02-06"]),
        ("en", "When: Friday\nAction: write the summary", ["2026-01-30"]),
        ("de", "Aktion: Prüfplan schreiben. Bis wann: 6.2.", ["2026-02-06"]),
        ("fr", "J'ai noté : créer un dossier partagé. Date limite : lundi 2 février.", ["2026-02-02"]),
        ("es", "Fecha límite: 06/02.\nAcción: actualizar el plan de acogida.", ["2026-02-06"]),
        ("en", "When: 32 February\nAction: write the summary", ["no day"]),
    ],
    "what somebody learned is no promise beside one with a day": [
        ("en", "I should say no more often. I'll tell Kim by Friday.", ["2026-01-30"]),
        ("en", "I'll tell Kim by Friday. I should say no more often.", ["2026-01-30", "no day"]),
        ("en", "I should say no more often. I'll tell Kim.", ["no day", "no day"]),
        ("de", "Ich muss mehr abgeben. Die Prüfung übergebe ich bis Freitag an Kim.", ["2026-01-30"]),
        ("es", "Tengo que escuchar más. Voy a leer el libro antes del viernes.", ["2026-01-30"]),
    ],
    "what the writer does behind a day": [
        ("fr", "Pour la réunion du 6 février, je prépare un plan écrit.", ["2026-02-06"]),
        ("fr", "Mon chef est absent vendredi, je garde l'équipe.", ["ask"]),
        ("es", "De aquí al 06/02 hago la encuesta con mi equipo.", ["2026-02-06"]),
        (
            "es",
            "Dentro de dos semanas, o sea el 11 de febrero, haré mi primera presentación.",
            ["2026-02-11"],
        ),
        ("es", "Para la reunión del 6 de febrero llevaré preparado el plan.", ["2026-02-06"]),
        ("fr", "Si le fournisseur n'a pas répondu d'ici vendredi, je l'appelle.", ["2026-01-30"]),
        ("en", "If they haven't answered by Friday, I'll call the supplier.", ["2026-01-30"]),
        ("de", "Bis Ostern (5.4.) habe ich den Kurs durch.", ["2026-04-05"]),
        ("de", "Bis Freitag habe ich die Liste bereinigt.", ["2026-01-30"]),
        ("de", "Bis Freitag habe ich Besprechungen.", ["ask"]),
        ("de", "Anmeldung zum Kurs bis Freitag", ["2026-01-30"]),
        ("de", "Danke dir, bis Donnerstag in der Kantine!", ["ask"]),
        ("de", "Ich melde mich bis Freitag für den Kurs an.", ["2026-01-30"]),
        ("de", "Ich melde mich bis Freitag.", ["ask"]),
        ("en", "Update the plan and send it to Kim before Friday.", ["2026-01-30"]),
        ("en", "Got a new laptop today, setting it up.", ["ask"]),
    ],
    "more ways to say a day": [
        ("en", "I will visit the depot in the week of 9 February", ["2026-02-13"]),
        ("de", "Ich besuche das Lager in der Woche vom 9. Februar", ["2026-02-13"]),
        ("fr", "Je vais relire le plan dans la semaine du 9 février", ["2026-02-13"]),
        ("es", "Voy a leer el plan la semana del 9 de febrero", ["2026-02-13"]),
        ("fr", "Je vais relire le plan vendredi en quinze", ["2026-02-13"]),
        ("es", "Voy a leer el plan en la primera quincena de abril", ["2026-04-15"]),
        ("fr", "Je vais relire le plan dans la première quinzaine d'avril", ["2026-04-15"]),
        ("fr", "Je vais relire le plan en quinze jours", ["2026-02-11"]),
        ("en", "I will read the plan in the first week of September", ["no day"]),
        ("en", "I will read the plan within 48 hours", ["2026-01-30"]),
        ("fr", "Je vais relire le plan sous 24 heures", ["2026-01-29"]),
        ("de", "Ich lese den Plan bis Ende des ersten Halbjahres", ["2026-06-30"]),
        ("de", "Ich begleite Kim einen Tag lang", ["no day"]),
        ("es", "El viernes pasaré una mañana con el equipo", ["2026-01-30"]),
        ("fr", "Vendredi, je dis à l'équipe que je ne prends plus les gardes de Noël", ["2026-01-30"]),
        ("fr", "Je prépare l'ordre du jour avant la réunion, dès ce vendredi", ["2026-01-30"]),
        ("en", "In six weeks' time I'll have sat in on a lesson", ["2026-03-11"]),
    ],
    "whom they greet says nothing": [
        ("de", "Grüezi Frau Meier\n\nIch werde bis Freitag den Antrag einreichen.", ["2026-01-30"]),
        ("de", "Guten Morgen Frau Lindner,\nich werde bis Freitag den Antrag einreichen.", ["2026-01-30"]),
        ("es", "Estimada Sra. Vidal:\n\nVoy a entregar el plan antes del viernes.", ["2026-01-30"]),
    ],
    "nothing about a family": [
        ("en", "My dad has an operation on Friday and I'll be around less.", ["ask"]),
        ("de", "Am Freitag wird mein Vater operiert, ich bin dann weniger da.", ["ask"]),
        ("fr", "Ma mère est opérée vendredi et je serai peu disponible.", ["ask"]),
        ("es", "Operan a mi padre el viernes y voy a estar poco por aquí.", ["ask"]),
    ],
    "days with names, and what follows an excuse": [
        ("en", "I will read the plan before Thanksgiving", ["2026-11-26"]),
        ("en", "I will read the plan by Labor Day", ["2026-09-07"]),
        ("en", "I'll meet the team, a week on Tuesday", ["2026-02-10"]),
        ("en", "I'll spend a week on the plan by 15 March", ["2026-03-15"]),
        ("fr", "Je vais relire notre grand plan d'ici vendredi", ["2026-01-30"]),
        ("en", "For the audit she has the list ready by Friday.", ["ask"]),
        ("de", "Ich lese den Plan bis zum Reformationstag", ["2026-10-31"]),
        ("de", "Bis Freitag habe ich die Liste für unsere neue Kollegin fertig.", ["2026-01-30"]),
        ("de", "Bis Freitag hat Frau Berger die Liste fertig.", ["ask"]),
        ("es", "perdona, el lunes le digo a Kim lo de los horarios", ["2026-02-02"]),
        ("en", "Have a good weekend, speak Tuesday.", ["ask"]),
        (
            "es",
            "Buenas tardes, don Ernesto:\nVoy a entregar el plan a más tardar el viernes.",
            ["2026-01-30"],
        ),
    ],
}
"""Language, text, and the day of each promise that is read in it; or that it is asked about."""


def _promised(language: str, text: str) -> list[str]:
    on = date(2026, 1, 28)
    read = understand(text, open_commitments=[], languages=(language,), on=on, asked=Asked.COMMITMENT)
    return [str(p.due or "no day") for p in read.promises] or ["ask"]


@pytest.mark.parametrize(
    ("language", "text", "days"),
    [pytest.param(*row, id=f"{kind}: {row[1]}") for kind, rows in SAID.items() for row in rows],
)
def test_reads_until_when(language: str, text: str, days: list[str]) -> None:
    assert _promised(language, text) == days
