"""The tab Start here as values: what admins answered on it, and what its lines said then."""

from __future__ import annotations

from peerpact.programme.roster.asked import OFFERED, Asked
from peerpact.programme.sentences import in_english
from peerpact.tables.tab_contents import TabContents


def read_asked(contents: TabContents) -> Asked:
    """Return what admins answered on Start here, and what the lines said then."""
    rows = {row["topic"]: row for row in contents.rows}
    if not rows.keys() >= set(OFFERED):
        rows = {in_english(topic): row for topic, row in rows.items()}
    return Asked(
        answers={topic: row["answer"] for topic, row in rows.items() if row["answer"]},
        unread=frozenset(topic for topic, row in rows.items() if "answer" in row.unread),
        outcomes={topic: row["outcome"] or "" for topic, row in rows.items()},
        shown={topic: row["figure"] for topic, row in rows.items()},
    )
