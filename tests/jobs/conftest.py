"""Where many tests about replies begin."""

from __future__ import annotations

import pytest

import states
from cast import Cast


@pytest.fixture
def met(cast: Cast) -> Cast:
    """The morning after all first meetings, with the letters that ask for a commitment."""
    return cast.bring_to(states.met)
