"""The Admin Directory: whose address an address is, and which accounts are suspended or deleted."""

from __future__ import annotations

from typing import Any

from peerpact.errors import GoogleError
from peerpact.google.apis import collection, execute
from peerpact.google.session import Session

_NO_ACCOUNT, _A_GROUP = 404, 400
"""A group's address is “Type not supported: userKey” (400)."""
_NOT_OURS = "forbidden"
"""The reason that Google gives for an address of somebody else's domain (users.get, 403)."""


class Directory:
    """The domain's users, as each of its members may see them."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def addresses_of(self, address: str) -> frozenset[str] | None:
        """Return all addresses of the user whose address or alias this is, lower-case; None where nobody has it.

        Only what is in the account counts: an alias has no type there, a private address has one. A group and an
        address of another domain have none.

        Raises:
            GoogleError: the directory may not be asked (permanent), or could not be reached.
        """
        request = collection("admin", "users").get(
            userKey=address, viewType="domain_public", fields="primaryEmail,emails(address,type)"
        )
        try:
            user: dict[str, Any] = execute(request, self._session)
        except GoogleError as error:
            if error.status == _NO_ACCOUNT:
                return None
            if error.status == _A_GROUP or (error.status == 403 and error.reason == _NOT_OURS):
                return frozenset()
            raise
        aliases = (entry.get("address") for entry in user.get("emails") or () if not entry.get("type"))
        return frozenset(a.lower() for a in (user.get("primaryEmail"), *aliases) if a)

    def closed(self) -> frozenset[str]:
        """Return all addresses of suspended accounts, and of those deleted within 20 days, lower-case.

        Raises:
            GoogleError: the mailbox may not read users as an administrator does (permanent), or nobody was reached.
        """
        suspended, deleted = self._users(query="isSuspended=true"), self._users(showDeleted="true")
        return frozenset(
            address.lower()
            for user in [*suspended, *deleted]
            for address in (user.get("primaryEmail"), *user.get("aliases", ()))
            if address
        )

    def _users(self, **which: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        page: str | None = None
        while True:
            request = collection("admin", "users").list(
                customer="my_customer",
                viewType="admin_view",
                maxResults=500,
                fields="users(primaryEmail,aliases),nextPageToken",
                pageToken=page,
                **which,
            )
            answer = execute(request, self._session)
            found += answer.get("users", ())
            page = answer.get("nextPageToken")
            if not page:
                return found
