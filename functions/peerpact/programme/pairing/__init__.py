"""Pairing: from people, earlier rounds and rules to groups of two (exceptionally three), each with its reason."""

from peerpact.programme.pairing.explanations import alternatives
from peerpact.programme.pairing.groups import (
    Alternative,
    Change,
    Facts,
    Group,
    LeftOver,
    Mode,
    PairingProblem,
    PairingResult,
    PairingRules,
    PastGroup,
    Progress,
    Repair,
    Standing,
)
from peerpact.programme.pairing.participants import participants_of
from peerpact.programme.pairing.proposals import propose
from peerpact.programme.pairing.repairs import repair

__all__ = [
    "Alternative",
    "Change",
    "Facts",
    "Group",
    "LeftOver",
    "Mode",
    "PairingProblem",
    "PairingResult",
    "PairingRules",
    "PastGroup",
    "Progress",
    "Repair",
    "Standing",
    "alternatives",
    "participants_of",
    "propose",
    "repair",
]
