"""Calendar, Gmail, Directory, Drive and Storage: google-api-python-client, carried out over our session.

What the library builds from an API's description is kept for the process: ``events`` of Calendar costs fifty times what
one of its requests does. The session comes with each request, so that what is kept belongs to nobody.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from peerpact.google.session import Session

VERSIONS = {"admin": "directory_v1", "calendar": "v3", "drive": "v3", "gmail": "v1", "storage": "v1"}


@cache
def collection(api: str, *names: str) -> Any:
    """Return one of an API's collections of methods, as ``collection("gmail", "users", "drafts")``."""
    if names:
        return getattr(collection(api, *names[:-1]), names[-1])()
    from googleapiclient.discovery import build  # noqa: PLC0415 - a third of a second, only when needed

    return build(api, VERSIONS[api], http=_Nowhere(), cache_discovery=False)


def execute(request: Any, session: Session) -> Any:
    """Carry out a request of the library's and return what Google answers.

    Raises:
        GoogleError: Google refused for good, or could not be reached in time.
    """
    return request.execute(http=_Transport(session), num_retries=0)


class _Transport:
    """The transport that google-api-python-client expects, over our session instead of httplib2.

    httplib2 repeats a POST when a connection drops, without telling; this does not.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def request(
        self, uri: str, method: str = "GET", body: Any = None, headers: Any = None, **_: Any
    ) -> tuple[Any, bytes]:
        from httplib2 import Response  # noqa: PLC0415 - the library has imported it by now

        answer = self._session.request(method, uri, data=body, headers=headers)
        return Response({"status": str(answer.status_code), **answer.headers}), answer.content

    def close(self) -> None:
        """Nothing to close: the session outlives its requests."""


class _Nowhere:
    """The transport that a service is built with: every request names its own."""

    def request(self, *_: object, **__: object) -> Any:
        raise AssertionError("a request without a session would go round it")

    def close(self) -> None:
        """Nothing to close."""
