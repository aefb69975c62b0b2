"""A mailbox's index: always what walking through all messages would find, at a cost that doesn't grow."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mail_words import Box, letter

from work import calls_for
from workspace_emulator import Clock, Front, User, Workspace, session_for
from workspace_emulator.gmail.index import MailIndex
from workspace_emulator.gmail.mailbox import Mailbox
from workspace_emulator.gmail.mime import to_text
from workspace_emulator.gmail.search import Ground, compile_query

ADA = "ada@example.com"
LABELS = ["INBOX", "SENT", "UNREAD", "TRASH", "SPAM", "STARRED"]
TERMS = [
    "in:inbox", "is:unread", "-in:inbox", "label:starred", "rfc822msgid:<1@x.test>", "-rfc822msgid:2@x.test", "OR",
    "{", "}", "(", ")", "-foo:in:inbox", "in:-inbox", "in:anywhere", "in:trash", "is:read", "hello", "label:nothing",
    "in:", "-", "--in:sent", '"in:inbox"', "foo:rfc822msgid:3@x.test",
]  # fmt: skip
STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("add"), st.lists(st.sampled_from(LABELS), unique=True), st.integers(0, 3)),
        st.tuples(st.just("relabel"), st.lists(st.sampled_from(LABELS), unique=True), st.integers(0, 9)),
        st.tuples(st.just("remove"), st.just([]), st.integers(0, 9)),
        st.tuples(st.sampled_from(["undo", "restore"]), st.just([]), st.just(0)),
    ),
    max_size=20,
)


def fresh() -> Workspace:
    made = Workspace(clock=Clock(datetime(2026, 3, 2, 9, tzinfo=UTC)), check_responses=True)
    made.add_user(User(email=ADA, name="Ada Byron"))
    return made


def take(box: Mailbox, step: tuple[str, list[str], int]) -> None:
    kind, labels, number = step
    there = list(box.messages.values())
    if kind == "add":
        box.add(letter(Message_ID=f"<{number}@x.test>"), labels)
    elif kind == "relabel" and there:
        document = there[number % len(there)]
        box.relabel(document, add=labels, remove=set(document["labelIds"]) - set(labels))
    elif kind == "remove" and there:
        box.remove(there[number % len(there)])


def play(workspace: Workspace, steps: list[tuple[str, list[str], int]]) -> Mailbox:
    box = Mailbox(workspace, ADA)
    assert box.index.label().places == []
    snapshot = workspace.store.snapshot()
    for step in steps:
        if step[0] == "restore":
            workspace.store.restore(snapshot)
        elif step[0] == "undo":
            with suppress(KeyError):
                add_and_remove_in_vain(box)
        else:
            take(box, step)
    return box


def add_and_remove_in_vain(box: Mailbox) -> None:
    with box.workspace.store.all_or_nothing():
        take(box, ("add", ["INBOX"], 1))
        take(box, ("remove", [], 0))
        raise KeyError


@given(STEPS)
@settings(max_examples=60)
def test_follows_every_change_also_those_that_are_undone(steps: list[tuple[str, list[str], int]]) -> None:
    box = play(fresh(), steps)
    anew = MailIndex()
    for key, document in box.messages.items():
        anew.changed(key, None, document)
    for label in ["", *LABELS]:
        found, wanted = box.index.label(label), anew.label(label)
        assert vars(found) == vars(wanted)
    for number in range(4):
        assert box.index.with_message_id(f"{number}@x.test") == anew.with_message_id(f"{number}@x.test")


@given(STEPS, st.lists(st.sampled_from(TERMS), max_size=5), st.integers(1, 4))
@settings(max_examples=60)
def test_finds_what_looking_at_every_message_would(
    steps: list[tuple[str, list[str], int]], terms: list[str], size: int
) -> None:
    workspace = fresh()
    box, q = play(workspace, steps), " ".join(terms)
    ground = Ground(labels={}, body_words=box.body_words, now=workspace.clock.now(), me=ADA)
    query = compile_query(q, ground)
    hidden = set() if query.everywhere else {"SPAM", "TRASH"}
    wanted = [d for d in box.newest_first() if hidden.isdisjoint(d["labelIds"]) and query.matches(d)]
    gmail = Box(session_for(Front(workspace), ADA))
    assert listed(gmail.messages, "messages", q=q, maxResults=size) == [d["id"] for d in wanted]
    threads = list(dict.fromkeys(d["threadId"] for d in wanted))
    assert listed(gmail.threads, "threads", q=q, maxResults=size) == threads
    for label in ("INBOX", "UNREAD", "SPAM", "TRASH"):
        hidden = {"SPAM", "TRASH"} - {label}
        labelled = [
            d["id"] for d in box.newest_first() if label in d["labelIds"] and hidden.isdisjoint(d["labelIds"])
        ]
        assert listed(gmail.messages, "messages", labelIds=[label], maxResults=size) == labelled


def listed(resource: Any, name: str, **options: Any) -> list[str]:
    found, page = [], resource.list(userId="me", **options).execute()
    found += [m["id"] for m in page.get(name, ())]
    while "nextPageToken" in page:
        page = resource.list(userId="me", pageToken=page["nextPageToken"], **options).execute()
        found += [m["id"] for m in page.get(name, ())]
    return found


ASKED: dict[str, Callable[[Box], Any]] = {
    "messages": lambda box: box.messages.list(userId="me", maxResults=50),
    "a label": lambda box: box.messages.list(userId="me", labelIds=["INBOX"], maxResults=50),
    "a query": lambda box: box.messages.list(userId="me", q="in:inbox -in:sent", maxResults=50),
    "a Message-ID": lambda box: box.messages.list(userId="me", q="rfc822msgid:<7@x.test>"),
    "threads": lambda box: box.threads.list(userId="me", maxResults=50),
    "counts": lambda box: box.labels.get(userId="me", id="INBOX"),
    "drafts": lambda box: box.drafts.list(userId="me"),
}


@pytest.mark.parametrize("asked", ASKED)
def test_costs_the_same_with_a_hundred_and_with_thousands_of_letters(asked: str) -> None:
    costs = []
    for many in (100, 3000):
        call = ASKED[asked](box_of(many))
        call.execute()
        costs.append(calls_for(call.execute))
    assert costs[1] <= 1.5 * costs[0]


HTML = b"To: ben@example.com\r\nSubject: x\r\nContent-Type: text/html\r\n\r\n<p>Letter %d of %d"


def test_sends_a_draft_at_the_same_cost_however_many_were_made_after_it() -> None:
    costs = []
    for many in (5, 20, 250):  # the first warms up
        box = Box(session_for(Front(fresh()), ADA))
        written = [HTML % (number, many) for number in range(many)]
        drafts = [box.drafts.create(userId="me", body={"message": {"raw": to_text(raw)}}) for raw in written]
        first, *_ = [draft.execute()["id"] for draft in drafts]
        costs.append(calls_for(box.drafts.send(userId="me", body={"id": first}).execute))
    assert costs[2] <= 1.1 * costs[1]


@cache
def box_of(many: int) -> Box:
    """Return a box with so many letters, made once for all that is asked of it."""
    workspace = fresh()
    box = Mailbox(workspace, ADA)
    raw = letter(Message_ID="<0@x.test>", subject="Number 0")
    for number in range(many):
        box.add(raw.replace(b"<0@", b"<%d@" % number).replace(b"ber 0", b"ber %d" % number), ["INBOX"])
    return Box(session_for(Front(workspace), ADA))
