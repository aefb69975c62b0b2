"""One odd thing stays one odd thing: one item refused for good, shown in a shape, or edited as nobody expects.

Each schedule begins from a prepared Workspace, lets every call about one item be refused (or one answer about it be
odd, or one cell be edited), and runs the job once. Everybody else must then find what they find when nothing is odd,
and Problems must name the item; once the oddity is taken away, the next runs must bring the whole to the undisturbed
end. What is asked about all at once, and refused, stops the run with the sentence that fits.

A run that writes what the undisturbed one writes ends as it does: then nothing more is played.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from email.utils import parseaddr
from typing import Any

import requests
from odd_cells import Cell, cells_in, put, take_back
from odd_wire import Item, Odd, Refused
from schedules import Stage, found_by_people, settle
from shapes import Change, shapes_of

from cast import Cast
from peerpact.errors import GoogleError, PeerpactError
from peerpact.google.access import Access
from peerpact.google.mail import KEY_HEADER
from peerpact.jobs import job as running
from peerpact.programme.keys import event_id
from workspace_emulator import InProcessAdapter

REFUSALS: tuple[Refused, ...] = (
    (400, "badRequest", "Bad Request"),
    (400, "invalid", "Invalid attendee email."),
    (400, "failedPrecondition", "Message not a draft"),
    (403, "forbidden", "Forbidden"),
    (403, "forbiddenForNonOrganizer", "Shared properties can only be changed by the organizer."),
    (403, "requiredAccessLevel", "You need to have writer access."),
    (403, "delegationDenied", "Delegation denied"),
    (403, "domainPolicy", "The domain administrators have disabled Gmail."),
    (404, "notFound", "Not Found"),
    (409, "duplicate", "The requested identifier already exists."),
    (410, "deleted", "Resource has been deleted"),
    (412, "conditionNotMet", "Precondition Failed"),
    (413, "uploadTooLarge", "Request entity too large"),
)
OF_ALL: dict[Refused, str] = {
    (403, "accessNotConfigured", "This API has not been used in project 1 before or it is disabled."): (
        "is not switched on"
    ),
    (403, "insufficientPermissions", "Request had insufficient authentication scopes."): "A scope is missing",
    (403, "quotaExceeded", "Calendar usage limits exceeded."): "limit of use",
    (403, "forbidden", "The caller does not have permission"): "share",
    (200, "", "<html>Blocked by our filter</html>"): "can't be read",
}
"""Refusals, and a page that something on the way puts in the answer's place, of what is asked
about all at once, and what the sentence about each must say.
"""
GONE = {404, 410}
AUDIENCE = re.compile(r"'Audience': '[^']*', ")
"""Who sees a promise changes where it is taken a day later, as somebody has left by then."""
LATER = re.compile(r"\d{4}-\d\d-\d\d (?=asked|erased)")
"""A run that stopped asks and erases a day later."""
SETTLES = {"Settings", "Guidance", "Days off"}
"""Tabs by which mails and meetings are made: what was made meanwhile stays."""
ADMINS_PAIR_BY = {"Roster", "Never pair", "Locked pairs"}
QUIET = {"account", "hours", "draft", "listed draft", "listed mail", "label", "busy"}
"""Kinds of which there need be nothing to tell when one is refused or odd: we do without."""


class OddStage:
    """A scenario, played with one odd thing in it."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self.cast, self.job = stage.cast, stage.job
        self._sender_of: dict[str, str] = {}
        self._sent_to: dict[str, str] = {}
        self._letter: dict[str, str] = {}
        self._subject: dict[str, str] = {}
        stage.begin()
        self._drafts = _drafts(self._session)
        self.cells = tuple(c for c in cells_in(self.cast) if not self._decides_about_all(c))
        self._run(self._odd())  # what the process keeps, it has from now on
        stage.begin()
        undisturbed = self._odd()
        self._stops_with = self._run(undisturbed)
        self.after_one_run = found_by_people(self.cast)
        self.items = tuple(undisturbed.seen)
        self._called = undisturbed.called
        self._correspondents()
        self._written = sorted(undisturbed.written)
        self.later = self._settled()
        self._whose = self._owners()
        self._correspondents()

    @property
    def _session(self) -> requests.Session:
        return self.cast.company.session(self.cast.company.config.mailbox)

    def _odd(self, **what: Any) -> Odd:
        return Odd(InProcessAdapter(self.cast.company.front), drafts=self._drafts, **what)

    def _disturbed(self, transport: Odd) -> PeerpactError | None:
        """Run the job once; return what it stopped with, but for what stops it anyway."""
        error = self._run(transport)
        return None if _without_numbers(error) == _without_numbers(self._stops_with) else error

    def _run(self, transport: Odd) -> PeerpactError | None:
        """Run the job once; return what it stopped with."""
        company = self.cast.company

        def access() -> Access:
            made = company.access(self.job)
            made._transport = transport
            return made

        try:
            running.run(self.job, access, self.cast.clock.now)
        except PeerpactError as error:
            return error
        return None

    def _settled(self) -> dict[str, Any]:
        self.cast.wait(days=1)
        settle(self.cast, self.job)
        return found_by_people(self.cast)

    def _decides_about_all(self, cell: Cell) -> bool:
        """Tell whether who is paired with whom hangs on it, so that an edit is no oddity of one."""
        return self.job.name == "pair_people" and (cell.is_about_all or cell.tab in ADMINS_PAIR_BY)

    def _of(self, *kinds: str) -> list[Item]:
        return [i for i in self.items if i.kind in kinds and not self._is_our_own(i)]

    def refusals(self) -> Iterator[tuple[Item, Refused]]:
        kinds = {"event", "letter", "mail", "draft", "account", "hours"}
        ones = [i for i in self.items if i.kind in kinds and i in self._called]
        yield from ((item, refusal) for item in ones for refusal in REFUSALS)
        rows = [Item("row", i.key) for i in self._of("event", "letter", "mail")]
        yield from ((item, refusal) for item in rows for refusal in (REFUSALS[0], REFUSALS[-1]))

    def refused(self, item: Item, refusal: Refused) -> list[str]:
        """Return what differs after a run in which every call about the item is refused, and after the next ones.

        Our own letters are read again only to know them when they are quoted: without one nothing is to be told.
        """
        odd = self._struck(item, refusal=refusal)
        if isinstance(odd, list):
            return [] if item.kind == "row" else odd  # not every item has a row to be written
        found, words = found_by_people(self.cast), self._words(item)
        said = [f"for others, {line}" for line in _differing(self.after_one_run, found, words)]
        nothing_to_tell = _means_gone(refusal) or item.kind in QUIET or self._is_our_own(item)
        if not nothing_to_tell and not any(w in p for p in found["problems"] for w in words):
            said.append(f"Problems says nothing of {item.key}")
        return [
            *said,
            *self._in_the_end(
                () if not nothing_to_tell else words, gone=words if _means_gone(refusal) else ()
            ),
        ]

    def run_refusing(self, item: Item, refusal: Refused) -> bool:
        """Run the job once with every call about the item refused, leave all as it is then, and tell if any was."""
        return isinstance(self._struck(item, refusal=refusal), Odd)

    def shapes(self) -> Iterator[tuple[Item, str, Change]]:
        for item in self.items:
            for name, change in shapes_of(item.kind) if not self._is_our_own(item) else ():
                yield item, name, change
        for item in self.items:
            if item.kind == "all" and item.key.startswith("GET ") and _has_pages(item):
                yield Item("pages", item.key.removeprefix("")), "an empty page first", dict

    def shown(self, item: Item, change: Change) -> list[str]:
        """Return what differs for everybody else after a run to which the item is shown in an odd shape, and later.

        What becomes of the item itself depends on what the shape says; nobody else may notice.
        """
        odd = self._struck(item, change=change)
        if isinstance(odd, list):
            return odd if item.kind != "label" else self._in_the_end(())  # all mails get labels together
        if sorted(odd.written) == self._written:
            return []
        words = self._words(item) if item.kind != "pages" else ()
        found = found_by_people(self.cast)
        said = [f"for others, {x}" for x in _differing(self.after_one_run, found, words)]
        return [*said, *self._in_the_end(words)]

    def edited(self, cell: Cell, value: object) -> list[str]:
        """Return what differs for everybody else after a run that finds one cell edited, and once that is taken back.

        Where the cell is about nobody, nobody may notice but by a sentence that stops the run.
        """
        self._stage.begin()
        put(self.cast, cell, value)
        odd, words = self._odd(), self._words_of(cell)
        stopped = self._disturbed(odd)
        if stopped is None and sorted(odd.written) == self._written:
            return []
        take_back(self.cast, cell)
        said = list[str]()
        if stopped and not cell.is_about_all:
            said = [f"stopped: {stopped}"]
        elif not cell.is_about_all:
            found = found_by_people(self.cast)
            said = [f"for others, {x}" for x in _differing(self.after_one_run, found, words)]
        doubled = (f"mail {cell.held} was taken 2 times",) if cell.tab == "Replies" else ()
        return [*said, *self._in_the_end(words, is_settled=cell.tab not in SETTLES, but_for=doubled)]

    def after_act(self, act: Callable[[Cast], object], words: tuple[str, ...]) -> list[str]:
        """Return what differs, but for whatever has one of the words, after somebody did something just before a run.

        And after the next ones: what people did stays.
        """
        self._stage.begin()
        act(self.cast)
        if error := self._disturbed(self._odd()):
            return [f"stopped: {error}"]
        found = found_by_people(self.cast)
        said = [f"for others, {x}" for x in _differing(self.after_one_run, found, words)]
        return [*said, *self._in_the_end(words)]

    def calls_about_all(self) -> Iterator[tuple[Item, Refused]]:
        for item in self.items:
            if item.kind == "all":
                yield from ((item, refusal) for refusal in (*OF_ALL, *REFUSALS))

    def stopped(self, item: Item, refusal: Refused) -> list[str]:
        """Return what is wrong after a run in which what is asked about all is refused, and after the next ones.

        It stops with the sentence that fits, or does without, which nobody notices but by labels and Problems.
        """
        self._stage.begin()
        odd = self._odd(item=item, refusal=refusal)
        error = self._disturbed(odd)
        if not odd.struck:
            return ["nothing was odd"]
        said = []
        if error is None:
            found = found_by_people(self.cast)
            said = [f"went on, {x}" for x in _differing(self.after_one_run, found, ()) if x[:6] != "labels"]
        else:
            wanted = OF_ALL.get(refusal, "")
            said += [f"says “{error}”"] if wanted not in str(error) else []
            is_told = (
                "v4/spreadsheets" in item.key or not isinstance(error, GoogleError) or not error.permanent
            )
            problems = str(self.cast.tab("Problems"))
            said += [] if is_told or "could not do its work" in problems else ["Problems says nothing"]
        return [*said, *self._in_the_end(())]

    def _struck(self, item: Item, **what: Any) -> Odd | list[str]:
        """Run the job once with the item odd; return the wire, or what is wrong with the run itself."""
        self._stage.begin()
        odd = self._odd(item=item, **what)
        error = self._disturbed(odd)
        if not odd.struck:
            return ["nothing was odd"]
        return [f"stopped: {error}"] if error else odd

    def _in_the_end(
        self,
        words: tuple[str, ...],
        *,
        is_settled: bool = True,
        gone: tuple[str, ...] = (),
        but_for: tuple[str, ...] = (),
    ) -> list[str]:
        """Return what differs after the next runs.

        A letter that is gone, unsent or not, is looked at by a person. Of a row whose key was edited and put back there
        are two: the upper one counts.
        """
        later = self._settled()
        end = [f"in the end, {line}" for line in _differing(self.later, later, words) if is_settled]
        faults = [f for f in self.cast.checker().faults() if not self._stage.is_forgotten(f)]
        looked_at = [f for f in faults if "needs review" in f and any(w in f for w in gone)]
        return [*end, *(f for f in faults if f not in looked_at and f not in but_for)]

    def _is_our_own(self, item: Item) -> bool:
        return self.cast.company.config.mailbox in self._sender_of.get(item.key, "")

    def _owners(self) -> dict[str, tuple[str, ...]]:
        """Return whom each event is about: pairing, addresses and names."""
        names = {r["E-mail"]: r["Name"] for r in self.cast.tab("Roster")}
        owners = {}
        for row in self.cast.tab("Pairings"):
            addresses = row["Addresses"].split(", ")
            owners[row["Pairing"]] = (row["Pairing"], *addresses, *(names[a] for a in addresses))
        return owners

    def _words(self, item: Item) -> tuple[str, ...]:
        """Return the words by which everything about the item is told; a mail that can't be discarded stays itself."""
        for pairing, words in self._whose.items():
            about = item.key in words or pairing in item.key or any(w in item.key for w in words if "@" in w)
            if about or self._is_event_of(item.key, pairing):
                return words
        other, message = self._sender_of.get(item.key, "nobody"), item.key.rpartition(":")[2]
        other = self._sent_to[item.key] if self._is_our_own(item) else other
        theirs = next((w for w in self._whose.values() if other in w), (other,))
        letter = (self._letter[item.key],) if self._is_our_own(item) else ()
        stays = (repr(self._subject[item.key]),) if self._stage.forgets and item.key in self._subject else ()
        return (*theirs, message, *letter, *stays, "'Person': ''")

    def words_of_pairing(self, address: str) -> tuple[str, ...]:
        """Return the words by which everything is told about the pairing that somebody is in."""
        return next(words for words in self._whose.values() if address in words)

    def _words_of(self, cell: Cell) -> tuple[str, ...]:
        """Return the words by which everything is told about whomever a row names.

        A forgotten person's mails stay until the row is put right that tells of them.
        """
        theirs = [w for w in self._whose.values() if any(one in part for one in w for part in cell.row)]
        people = re.findall(r"[\w.+]+@[\w.]+", " ".join(cell.row))
        known = dict.fromkeys([*(one for words in theirs for one in words), *people])
        mails = [mail for mail, sender in self._sender_of.items() if sender in known]
        stay = [repr(self._subject[mail]) for mail in mails if self._stage.forgets and mail in self._subject]
        return (*known, *mails, *stay)

    def _is_event_of(self, key: str, pairing: str) -> bool:
        secret = self.cast.company.config.secret("event_key")
        return any(key == event_id("first meeting", pairing, str(n), secret=secret) for n in (1, 2))

    def _correspondents(self) -> None:
        """Learn who wrote each mail to whom, those included that the run has sent."""
        for item in self.items:
            if item.kind in {"mail", "listed mail"} and (headers := _headers(self._session, item.key)):
                self._sender_of[item.key] = parseaddr(headers.get("From", ""))[1] or "nobody"
                self._letter[item.key] = headers.get(KEY_HEADER) or "no letter"
                self._sent_to[item.key] = parseaddr(headers.get("To", ""))[1] or "nobody"
                self._subject[item.key] = headers.get("Subject", "")


def _headers(session: requests.Session, message: str) -> dict[str, str]:
    url = f"https://gmail.googleapis.com/gmail/v1/users/me/messages/{message}"
    answer = session.get(
        url, params={"format": "metadata", "metadataHeaders": ["From", "To", "Subject", KEY_HEADER]}
    )
    headers = answer.json().get("payload", {}).get("headers", []) if answer.status_code < 300 else []
    return {h["name"]: h["value"] for h in headers}


def _drafts(session: requests.Session) -> dict[str, str]:
    """Return the key of the letter that each draft in the mailbox is."""
    url = "https://gmail.googleapis.com/gmail/v1/users/me/drafts"
    ids = [draft["id"] for draft in session.get(url).json().get("drafts", ())]
    whole = {i: session.get(f"{url}/{i}", params={"format": "metadata"}).json()["message"] for i in ids}
    headers = {i: {h["name"]: h["value"] for h in m["payload"]["headers"]} for i, m in whole.items()}
    return {i: h.get(KEY_HEADER, "") for i, h in headers.items()}


def _without_numbers(error: PeerpactError | None) -> str:
    return re.sub(r"\d+", "", str(error or ""))


def _has_pages(item: Item) -> bool:
    return item.key.endswith(("/events", "/drafts", "/messages"))


def _means_gone(refusal: Refused) -> bool:
    """Tell whether the refusal says that the item is not there (any more): then there is nothing to tell."""
    return refusal[0] in GONE or "not a draft" in refusal[2]


def _differing(wanted: Mapping[str, Any], found: Mapping[str, Any], words: tuple[str, ...]) -> list[str]:
    """Return where two states differ, but for whatever has one of the words in it, and for counts of all."""
    said = []
    for key in sorted(wanted.keys() - ({"labels", "problems"} if words else {"problems"})):
        one, other = _plain(wanted[key], words), _plain(found[key], words)
        if one != other:
            lost, new = [x for x in one if x not in other], [x for x in other if x not in one]
            said.append(f"{key}: {lost[:3]} missing, {new[:3]} new"[:500])
    return said


def _plain(section: Any, words: tuple[str, ...]) -> list[str]:
    entries = [str(x) for x in section] if not isinstance(section, Mapping) else []
    for key, value in section.items() if isinstance(section, Mapping) else ():
        some = value.items() if isinstance(value, Mapping) else value if isinstance(value, list) else [value]
        entries += [f"{key}: {LATER.sub('', AUDIENCE.sub('', str(x)))}" for x in some]
    return sorted(e for e in entries if not any(w in e for w in words))
