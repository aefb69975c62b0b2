"""What kind of mail a message is, told from its headers and parts. What it says is meaning's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from email.message import Message
from enum import StrEnum

from peerpact.programme.replies.bounces import is_bounce
from peerpact.programme.replies.client_words import AwayNoteWords, client_words
from peerpact.programme.replies.evidence import stands_in
from peerpact.programme.replies.mime import Parts, addresses, header
from peerpact.programme.replies.ours import OurLetters

_REPLY_PREFIX = re.compile(
    r"^(?:re|aw|sv|antw|fwd?|wg|tr|vs|odp|ynt|rif|válasz|回复|答复|回覆|返信) ?(?:\[\d{1,3}\])?[:：] ?"
)
_LONGEST_NOTE = 1_500
_NUMBERED = re.compile(r"^\s{0,4}\d{1,2}[.):]? {1,3}[^\W\d_]{2,20}(?: [^\W\d_]{2,20})?\s*$", re.MULTILINE)
_SENTENCE_END = re.compile(r"[.!]+(?:\s|$)|\n")
_JOINED = {
    "and",
    "but",
    "und",
    "aber",
    "et",
    "mais",
    "y",
    "pero",
    "ma",
    "mas",
    "maar",
    "och",
    "men",
    "og",
    "ale",
}
_MOST_OF_A_SHORT_NOTE = 4
_ADDRESS = re.compile(r"\S@\w")
_OPENING = " [(（【*<\"'«"
_MACHINES = re.compile(r"(?:no-?reply|do-?not-?reply|mailer-daemon|post_?master)(?:[+\-.][^@]*)?@")
_SENDERS_OF_NEWS = re.compile(r"(?:notifications?|alerts?|newsletter|news)(?:[+\-.][^@]*)?@")
_RESPONDERS = (
    "X-Autoreply",
    "X-Auto-Reply",
    "X-Autorespond",
    "X-Autoresponder",
    "X-AutoReply-From",
    "X-Mail-Autoreply",
    "X-Amazon-Auto-Reply",
    "X-FC-MachineGenerated",
    "X-Vacation",
)


class MailKind(StrEnum):
    """Only an ANSWER is read as somebody's words; all other kinds change no commitment."""

    ANSWER = "answer"
    OUT_OF_OFFICE = "out of office"
    BOUNCE = "bounce"
    CALENDAR_ANSWER = "calendar answer"
    MAILING_LIST = "mailing list"
    OUR_OWN = "our own"
    OTHER = "other"


def kind_of(message: Message, parts: Parts, ours: OurLetters, *, written: str) -> MailKind:
    """Judge in the order of certainty: our own, calendar (it carries Auto-Submitted), bounce, automatic, list.

    ``written`` is what its author newly wrote: what we say in a letter below it makes no absence note of it.
    """
    if _is_our_own(message, ours):
        return MailKind.OUR_OWN
    if parts.calendar_methods & {"REPLY", "COUNTER", "REFRESH", "DECLINECOUNTER"}:
        return MailKind.CALENDAR_ANSWER
    if is_bounce(message, parts):
        return MailKind.BOUNCE
    if parts.calendar_methods & {"REQUEST", "CANCEL", "PUBLISH", "ADD"}:
        return MailKind.OTHER
    if _is_receipt(message, parts):
        return MailKind.OTHER
    if _is_automatic_reply(message) or is_away_note(written):
        return MailKind.OUT_OF_OFFICE
    if _is_from_a_list(message):
        return MailKind.MAILING_LIST
    return MailKind.OTHER if _is_from_a_machine(message) else MailKind.ANSWER


def _is_our_own(message: Message, ours: OurLetters) -> bool:
    if message.get("X-Peerpact") is not None:
        return True
    return any(ours.is_from_us(address) for _, address in addresses(message, "From"))


def _is_receipt(message: Message, parts: Parts) -> bool:
    """A read receipt, a report that a letter did arrive, or a complaint about it."""
    reports = {"message/disposition-notification", "message/feedback-report", "message/delivery-status"}
    kind = str(message.get_param("report-type", "")).casefold()
    subject = header(message, "Subject").casefold().strip()
    complains = "message/rfc822" in parts.types and subject.startswith(client_words().complaint_subjects)
    return bool(reports & parts.types) or kind in {"feedback-report", "disposition-notification"} or complains


def _is_automatic_reply(message: Message) -> bool:
    """RFC 3834 and the headers that responders used before it; X-Auto-Response-Suppress alone proves nothing."""
    submitted = _submitted(message)
    if submitted == "auto-generated":
        return _is_away_subject(message) or _is_suppressed_answer(message)
    if submitted and submitted != "no":
        return True
    if any(header(message, name).casefold() not in {"", "no", "false"} for name in _RESPONDERS):
        return True
    precedence = {header(message, name).casefold() for name in ("Precedence", "X-Precedence", "Preference")}
    return bool(precedence & {"auto_reply", "auto-reply", "autoreply"}) or _is_away_subject(message)


def is_away_note(text: str) -> bool:
    """Tell whether a text is an absence note that no header marks: it says so, and what only such notes say.

    Somebody who answers "I'm on leave and will do it on my return", and thanks for the mail, says what a note says,
    too; but no note answers by number or says what became of a promise, and each says that mails are answered later,
    who helps meanwhile or the like.
    """
    folded, words = _folded(text), client_words().away_notes
    if _answers(text, folded, words):
        return False
    if "?" not in folded and _tells_who_or_when(folded, words):
        return True
    if not _says_one_of(folded, words.away):
        return False
    told = _says_one_of(folded, (*words.polite, *words.returning)) and _says_one_of(folded, words.answering)
    return told or _says_one_of(folded, words.automatic) or _is_thanks_and_absence(folded)


def _folded(text: str) -> str:
    return " ".join(text[:_LONGEST_NOTE].casefold().replace("’", "'").split())


def _answers(text: str, folded: str, words: AwayNoteWords) -> bool:
    return bool(_NUMBERED.search(text[:_LONGEST_NOTE])) or _says_in_words(folded, words.answered)


def _tells_who_or_when(folded: str, words: AwayNoteWords) -> bool:
    """Tell of somebody who is elsewhere, and says who helps meanwhile or that the reader is answered later.

    Such notes speak of their reader's mail; whoever answers us speaks of promises, meetings and people.
    """
    instead = _says_in_words(folded, words.instead)
    if _says_in_words(folded, words.gone):
        return instead or bool(_ADDRESS.search(folded))
    is_away = _says_one_of(folded, words.away) or _says_in_words(folded, words.elsewhere)
    return is_away and (instead or _says_in_words(folded, words.later))


def _says_in_words(folded: str, phrases: Sequence[str]) -> bool:
    """Tell whether one of these stands there as whole words: "contacterai" is no "contacte"."""
    return any(phrase in folded and stands_in(phrase.strip(), folded) for phrase in phrases)


def _is_thanks_and_absence(folded: str) -> bool:
    """Tell of "Thank you for your mail. I am on leave until 16 March." and nothing else."""
    said = [sentence.strip() for sentence in _SENTENCE_END.split(folded) if sentence.strip()]
    words = client_words().away_notes
    if not 2 <= len(said) <= _MOST_OF_A_SHORT_NOTE or not any(_says_one_of(s, words.polite) for s in said):
        return False
    told = (_says_one_of(s, (*words.polite, *words.away)) for s in said)
    return all(told) and not any(
        "," in s or not _JOINED.isdisjoint(s.split()) for s in said if s.count(" ") > 1
    )


def _says_one_of(folded: str, phrases: Sequence[str]) -> bool:
    return any(phrase in folded for phrase in phrases)


def _submitted(message: Message) -> str:
    return header(message, "Auto-Submitted").partition(";")[0].partition("(")[0].strip().casefold()


def _is_suppressed_answer(message: Message) -> bool:
    """Exchange's automatic replies in a language that we don't know."""
    return (
        message.get("X-Auto-Response-Suppress") is not None
        and message.get("In-Reply-To") is not None
        and message.get("List-Id") is None
    )


def _is_away_subject(message: Message) -> bool:
    """Tell whether the subject says so; "Re:" before it in an answer is of somebody who answers the notice."""
    subject = header(message, "Subject").casefold().replace("’", "'")
    words = client_words()
    bare = _REPLY_PREFIX.sub("", subject.lstrip(_OPENING)).lstrip(_OPENING)
    for _ in range(4):
        bare = _REPLY_PREFIX.sub("", bare).lstrip(_OPENING)
    is_answer = bool(_REPLY_PREFIX.match(subject))
    if bare.startswith(words.away_subjects):
        return not (is_answer and message.get("In-Reply-To") is not None)
    return not is_answer and any(phrase in subject for phrase in words.away_phrases)


def _is_from_a_list(message: Message) -> bool:
    """A person's own mail may carry List-Unsubscribe, added by a tracking tool: then it answers something."""
    if message.get("List-Id") is not None or message.get("List-Post") is not None:
        return True
    bulk = header(message, "Precedence").casefold() in {"list", "bulk", "junk"}
    named = message.get("List-Unsubscribe") is not None or message.get("Feedback-ID") is not None
    return (bulk or named) and message.get("In-Reply-To") is None


def _is_from_a_machine(message: Message) -> bool:
    if _submitted(message) == "auto-generated":
        return True
    senders = [address for _, address in addresses(message, "From")]
    if message.get("In-Reply-To") is None and any(map(_SENDERS_OF_NEWS.match, senders)):
        return True
    return any(map(_MACHINES.match, senders))
