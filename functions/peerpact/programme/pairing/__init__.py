"""Pairing: from people, earlier rounds and rules to groups of two (one of three), each with its reason."""

from peerpact.programme.pairing.groups import (
    Change,
    Group,
    LeftOver,
    Mode,
    PairingFault,
    PairingResult,
    PairingRules,
    PastGroup,
    Repair,
)
from peerpact.programme.pairing.proposing import propose, repair

__all__ = [
    "Change",
    "Group",
    "LeftOver",
    "Mode",
    "PairingFault",
    "PairingResult",
    "PairingRules",
    "PastGroup",
    "Repair",
    "propose",
    "repair",
]
