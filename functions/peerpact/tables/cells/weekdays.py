"""The names of weekdays as people write them: whole, cut to two or three letters, in several languages at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

_NAMES = {
    "en": "monday mon mo; tuesday tues tue tu; wednesday weds wed we; thursday thurs thur thu th; friday fri fr; "
    "saturday sat sa; sunday sun su",
    "de": "montag mon mo; dienstag die di; mittwoch mit mi; donnerstag don do; freitag fre fr; "
    "samstag sonnabend sam sa; sonntag son so",
    "fr": "lundi lun lu; mardi mar ma; mercredi mer me; jeudi jeu je; vendredi ven ve; samedi sam sa; dimanche dim di",
    "es": "lunes lun lu; martes mar ma; miercoles mie mi; jueves jue ju; viernes vie vi; sabado sab sa; domingo dom do",
}
_OTHERS = {
    "it": "lunedi lun lu; martedi mar ma; mercoledi mer me; giovedi gio gi; venerdi ven ve; sabato sab sa; "
    "domenica dom do",
    "nl": "maandag maa ma; dinsdag din di; woensdag woe wo; donderdag don do; vrijdag vri vr; zaterdag zat za; "
    "zondag zon zo",
    "pt": "segunda seg; terca ter; quarta qua; quinta qui; sexta sex; sabado sab; domingo dom",
}
_LETTERS = {"l": {"fr": 0, "es": 0}, "j": {"fr": 3, "es": 3}, "v": {"fr": 4, "es": 4}, "x": {"es": 2}}
_LETTERS |= {"m": {"en": 0}, "w": {"en": 2}, "f": {"en": 4}}
_GROUPS: dict[str, Sequence[int]] = {
    "weekdays workdays werktags wochentags werktage arbeitstage semaine laborables feriali werkdagen": range(
        5
    ),
    "daily everyday taglich quotidien diario": range(7),
    "weekend weekends wochenende week-end week-ends": range(5, 7),
}
_AMBIGUOUS = {"di", "do", "don"}
"""Another day in another language, so that these are looked at in more languages than ours."""

Meanings = dict[str, int]
"""The day that a word means, by language; the empty language stands for any."""


@cache
def meanings_of(word: str) -> Meanings:
    """Return which day a word without accents means in which language; empty when it is none."""
    for table in (_known(), _LETTERS):
        if word in table:
            return table[word]
    return {}


@cache
def group_of(word: str) -> tuple[int, ...]:
    """Return the days that a word such as “weekdays” stands for."""
    return next((tuple(days) for words, days in _GROUPS.items() if word in words.split()), ())


@cache
def _known() -> dict[str, Meanings]:
    known: dict[str, Meanings] = {}
    for language, names in (_NAMES | _OTHERS).items():
        for day, spellings in enumerate(names.split("; ")):
            for word in spellings.split():
                for form in {word, f"{word}s"} if len(word) > 4 else {word}:
                    known.setdefault(form, {})[language] = day
    return known


def days_meant(words: Sequence[str], hints: Iterable[str], language: str) -> tuple[int, ...] | None:
    """Return the days that words of one cell mean together, or None if that isn't certain.

    ``hints`` are languages that other words of the cell are of; ``language`` is the spreadsheet's, which decides only
    between readings that the cell itself leaves open.
    """
    readings = _readings(words, set(hints))
    ours = {days for code, days in readings.items() if code in _NAMES or code == language}
    if _AMBIGUOUS & set(words):
        ours |= set(readings.values())
    if len(ours) == 1:
        return ours.pop()
    if language in readings and (ours or language in _OTHERS):
        return readings[language]
    return _each_by_itself(words) if not ours else None


def _readings(words: Sequence[str], hints: set[str]) -> dict[str, tuple[int, ...]]:
    codes = [c for c in (*_NAMES, *_OTHERS) if not hints or c in hints]
    meanings = [meanings_of(word) for word in words]
    return {code: tuple(m[code] for m in meanings) for code in codes if all(code in m for m in meanings)}


def _each_by_itself(words: Sequence[str]) -> tuple[int, ...] | None:
    """Return the days of words of several languages, none of which means another day elsewhere."""
    days = [set(meanings_of(word).values()) for word in words]
    certain = all(len(d) == 1 and word not in _LETTERS for word, d in zip(words, days, strict=True))
    return tuple(d.pop() for d in days) if certain else None
