"""Files in older encodings: names of many languages come out as they went in, a few of them or many, alone or mixed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from peerpact.operating.encodings import decoded
from peerpact.operating.roster_files import read_roster_file

CENTRAL = {
    "Czech": "Jiří Dvořák, Zdeněk Šimek, Božena Němcová, Růžena Černá, Žofie Říhová, Ondřej Šťastný",
    "Polish": "Łukasz Wiśniewski, Małgorzata Dąbrowska, Józef Świątek, Agnieszka Zając, Błażej Źrebiec",
    "Hungarian": "László Szőke, Gergő Tóth, Zsófia Kővári, Ágnes Kőműves, Éva Fűzi, Ödön Őri",
    "Romanian": "Ştefan Ţepeş, Mădălina Brânză, Ionuţ Pătraşcu, Cătălin Bălan",
    "Croatian": "Željko Šimić, Đurđica Kovačević, Ćiril Žužić",
}
WESTERN = {
    "German": "Jörg Müller, Käthe Groß, Änne Schröder, Özlem Özdemir, Günther Weiß",
    "French": "Hélène Lefèvre, François Bérénger, Anaïs Côté, Chloé Bœuf, Éric Garçon",
    "Spanish": "José Núñez, María Ángeles Peña, Íñigo Muñoz, Óscar Pérez",
    "Danish": "Søren Kjær, Åse Ødegård, Jørgen Nørgaard",
    "Portuguese": "João Gonçalves, Antônio Conceição, Inês Leão, Ângela Simões",
    "mixed": "Jörg Müller, Hélène Lefèvre, José Núñez, Søren Kjær, Åsa Sjöström, Käthe Groß",
}
CASES = [
    *((language, names, "cp1250") for language, names in CENTRAL.items()),
    *((language, names, e) for language, names in WESTERN.items() for e in ("cp1252", "mac_roman")),
    ("Russian", "Иван Петров, Мария Жукова, Юлия Щербакова", "cp1251"),
]


@pytest.mark.parametrize(("language", "names", "encoding"), CASES)
def test_reads_names_as_they_were_written(language: str, names: str, encoding: str) -> None:
    dice = random.Random(language)  # noqa: S311 - the same everywhere
    known = names.split(", ")
    for many in (2, 3, len(known)):
        some = [*dice.sample(known, min(many, len(known))), "Max Manager", "Anna Maier"]
        text = "Name,E-mail,Team\r\n" + "".join(f"{n},p{i}@example.com,R&D\r\n" for i, n in enumerate(some))
        assert decoded(text.encode(encoding)) == text


def test_reads_a_whole_roster_in_a_central_european_encoding(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    lines = [
        "Name;E-mail;Manager",
        "Jiří Dvořák;jiri@example.com;",
        "Růžena Černá;ruzena@example.com;Jiří Dvořák",
    ]
    path.write_bytes("\n".join(lines).encode("cp1250"))
    assert [row["name"] for row in read_roster_file(path).rows.values()] == ["Jiří Dvořák", "Růžena Černá"]


def test_reads_any_bytes_at_all() -> None:
    assert decoded(bytes(range(256)))
