"""Whether a reply gets the confidential answer, a kind question, or is read: rules of distress and weights together.

Neither suffices. Rules know what they name and take "the customer shouts at me" for distress; weights know the tone
and not the case. What both hear is sure; what one hears alone is recorded nowhere and asked about, with the
confidential contact in a quiet line.
"""

from __future__ import annotations

from enum import StrEnum
from math import inf

from peerpact.programme.replies.distress import Distress
from peerpact.programme.replies.explained import Explained

_LIGHTEST, _LIGHTER, _LIGHT = -2.0, -1.5, -1.3
_EVEN, _HEAVY, _UNEXPLAINED, _HEAVIER, _HEAVIEST = 0.0, 0.5, 0.9, 1.5, 2.5
"""From here on a reply may be one of distress; where nothing explains it, or everything does, it is one."""
_SENSE, _PLAINER_SENSE, _LITTLE = 0.6, 1.35, 1.3
"""So heavy must the words of sense be by themselves, and so heavy where all of it weighs little."""


class Care(StrEnum):
    """What somebody may need who wrote this."""

    NONE = "none"
    ASK = "ask"
    SURE = "sure"


def care_for(distress: Distress, weight: float) -> Care:
    """Judge by rules of distress, which weights confirm."""
    if distress is Distress.NONE or (distress is Distress.NEAR and weight < _LIGHT):
        return Care.NONE
    return Care.SURE if weight > (_LIGHTEST if distress is Distress.SURE else _EVEN) else Care.ASK


def care_beside(how: Explained, weight: float, *, says_nothing: bool, sense: float = inf) -> Care:
    """Judge what no rule of distress named, by whether all of it is explained as plain words of work.

    ``sense`` is what its words of sense weigh: "he said that I" weighs as somebody's distress does, whatever comes.
    """
    is_told = how is Explained.ALL and not says_nothing
    unexplained = _UNEXPLAINED if says_nothing else _HEAVY
    most = unexplained if how is Explained.FOR_PEOPLE else _HEAVIEST if is_told else _HEAVIER
    if weight > most:
        is_meant = weight > _HEAVIEST or sense >= (_PLAINER_SENSE if weight < _LITTLE else _SENSE)
        return Care.SURE if is_meant else Care.ASK
    is_for_people = how is Explained.FOR_PEOPLE and weight >= _LIGHT
    return Care.ASK if is_for_people or weight > _HEAVIER else Care.NONE


def is_read(how: Explained, weight: float, *, promises: bool, is_meant: bool = False) -> bool:
    """Tell whether what it says counts: all of it is explained, or its tone is so plainly of work that the rest is.

    A promise is in the writer's own words and reaches their partner: it may weigh less than what became of one.
    With a day to come, or called one by them, it is meant: it may weigh more, or have a word
    or two of work that we don't know.
    """
    if how is Explained.ALL:
        return weight <= (_UNEXPLAINED if is_meant else _EVEN if promises else _HEAVY)
    if how is Explained.NEARLY:
        return weight < (_EVEN if is_meant else _LIGHTER)
    return weight < _LIGHTEST
