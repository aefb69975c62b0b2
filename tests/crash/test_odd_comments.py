"""Comments at cells in every shape that Google's schema allows: ours are known, and nothing stops."""

from __future__ import annotations

from typing import Any

import pytest
from shapes import Change, shapes_of

from peerpact.google.comment_threads import threads_in

KEY = "C-ABCD-1234"
TITLES = {7: "Roster"}


def thread(number: int, **also: Any) -> dict[str, Any]:
    replies = [{"content": "I am on it"}, {"content": "Done.", "commentAction": "RESOLVE"}]
    return {
        "commentId": f"c{number}",
        "anchorId": f"a{number}",
        "status": "RESOLVED",
        "headPost": {"content": f"Somebody can't be read.\n\nPeerpact, {KEY}"},
        "replies": replies,
        **also,
    }


def anchor(number: int) -> dict[str, Any]:
    area = {"sheetId": 7, "startRowIndex": number, "startColumnIndex": 1}
    return {"anchorId": f"a{number}", "range": area}


ODD = [
    pytest.param(kind, change, id=f"{kind} {name}")
    for kind in ("comment", "anchor")
    for name, change in shapes_of(kind)
]


@pytest.mark.parametrize(("kind", "change"), ODD)
def test_knows_the_other_comments_whatever_one_is_like(kind: str, change: Change) -> None:
    there, anchors = [thread(1), thread(2)], [anchor(1), anchor(2)]
    odd = there if kind == "comment" else anchors
    odd[0] = change(odd[0])
    answer = {"comments": there, "sheets": [{"properties": {"sheetId": 7}, "commentAnchors": anchors}]}
    whole = threads_in({**answer, "comments": [thread(2)]}, TITLES, ())
    found = threads_in(answer, TITLES, ())
    assert [t for t in found if t.id == "c2"] == whole
    assert all(t.key == KEY and t.id for t in found)
