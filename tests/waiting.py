"""Lets nothing wait before it tries again: neither our own calls, nor google-auth when it asks for a token."""

from __future__ import annotations

import stamina
from google.auth import _exponential_backoff


class _AtOnce:
    """What google-auth takes for the module ``time``: it would sleep a second, then two."""

    @staticmethod
    def sleep(_seconds: float) -> None:
        return


def try_again_at_once(attempts: int = 4) -> None:
    stamina.set_testing(True, attempts=attempts)
    _exponential_backoff.time = _AtOnce
