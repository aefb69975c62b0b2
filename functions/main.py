"""Cloud Run entry points: one HTTP function for each job of the catalogue, served by ``functions-framework``.

Answers: 200 done (or a problem that a retry can't help, told to the admins), 503 go on at the next tick, 500 a bug.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask import Request

Answer = tuple[dict[str, object], int]


def __getattr__(name: str) -> Callable[[Request], Answer]:
    """Return the entry point of a job, made when the framework asks for it by the job's name."""
    from peerpact.jobs.catalogue import JOBS  # noqa: PLC0415 - a function's one entry point is made once

    if name not in JOBS:
        raise AttributeError(f"There is no job “{name}”.")

    def entry_point(request: Request) -> Answer:
        if request.method != "POST":
            return {"error": "Only POST runs a job."}, 405
        from peerpact.serving import serve  # noqa: PLC0415 - when the port is open already

        return serve(name)

    entry_point.__name__, entry_point.__doc__ = name, JOBS[name].summary
    return entry_point
