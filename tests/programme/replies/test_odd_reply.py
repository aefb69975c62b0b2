"""A reply of which something is odd is for a person to look at, and no other reply waits for it."""

from __future__ import annotations

from typing import Any

import pytest
from test_reply_decision import Seen, mail

from peerpact.programme.replies import judgement
from peerpact.programme.replies.actions import SetAside, TakeReply


@pytest.mark.parametrize("odd", [ValueError(), IndexError(), KeyError(), TypeError(), OverflowError()])
def test_leaves_one_odd_reply_to_a_person_and_takes_the_next(
    odd: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = judgement.taken

    def stumbling(record: Any, *more: Any) -> TakeReply:
        if record.message_id == "m1":
            raise odd
        return taken(record, *more)

    monkeypatch.setattr(judgement, "taken", stumbling)
    aside, counts = Seen(mails=(mail("1 done"), mail("2 done", name="m2", after=1))).plan().actions
    assert isinstance(aside, SetAside)
    assert isinstance(counts, TakeReply)
    said = f"something in it is as Peerpact did not foresee ({type(odd).__name__})"
    assert (aside.needs_a_person, aside.record.taken_as) == (True, said)


def test_stumbles_over_what_no_reply_can_cause(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: Any) -> TakeReply:
        raise RuntimeError

    monkeypatch.setattr(judgement, "taken", broken)
    with pytest.raises(RuntimeError):
        Seen(mails=(mail("1 done"),)).plan()
