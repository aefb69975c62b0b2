"""What the people of the example company promise and answer. Only the demo's play uses these lines."""

from __future__ import annotations

PROMISES = {
    "en": (
        "Ask my manager for feedback on the last presentation",
        "Read the chapter on difficult conversations",
        "Block two hours a week for deep work and tell the team",
        "Have a candid talk with Sam about the handover",
        "Suggest a shorter format for the Monday meeting",
        "Write down three goals for the quarter and share them",
    ),
    "de": (
        "Mit meiner Chefin über die Rufbereitschaft sprechen",
        "Das Kapitel über Zuhören lesen",
        "Einen Vorschlag für kürzere Übergaben machen",
    ),
    "fr": (
        "Demander un retour à mon équipe après la réunion",
        "Proposer un format plus court pour le point du lundi",
    ),
    "es": ("Pedir opinión a mi equipo sobre la presentación", "Leer el capítulo sobre escuchar"),
}
KEPT = {
    "en": ("1 done", "Done! It went better than I feared.", "1: done"),
    "de": ("1 erledigt", "Erledigt, hat gut geklappt."),
    "fr": ("1 fait", "C'est fait."),
    "es": ("1 hecho", "Hecho."),
}
NOT_YET = {
    "en": ("1 not yet", "Not yet, sorry."),
    "de": ("1 noch nicht", "Nicht geschafft."),
    "fr": ("1 pas encore",),
    "es": ("1 todavía no",),
}
PARTLY = {"en": ("1 partly",), "de": ("1 teilweise",), "fr": ("1 en partie",), "es": ("1 en parte",)}
NEXT = {"en": "Next: {}", "de": "Neu: {}", "fr": "Nouveau : {}", "es": "Nuevo: {}"}
ODD = (
    "Please pause me until 2026-03-16.",
    "We haven't met yet, something came up.",
    "Who can see what I write here?",
    "I would like another partner, please.",
)
