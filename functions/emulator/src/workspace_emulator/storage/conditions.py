"""What has to hold of an object before it is touched."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from workspace_emulator.core.errors import ApiError


def check_conditions(params: Mapping[str, Any], found: Mapping[str, Any] | None) -> None:
    """Hold the object as it is against the preconditions; an object that doesn't exist has generation 0."""
    for number, short in (("generation", "Generation"), ("metageneration", "Metageneration")):
        present = found[number] if found else "0"
        match, not_match = params.get(f"if{short}Match"), params.get(f"if{short}NotMatch")
        if match is not None and int(match) != int(present):
            raise _not_met(f"if{short}Match")
        if not_match is not None and int(not_match) == int(present):
            raise _not_met(f"if{short}NotMatch")


def _not_met(condition: str) -> ApiError:
    message = "At least one of the pre-conditions you specified did not hold."
    return ApiError(412, "conditionNotMet", message, location=condition)
