"""The accounts of a Workspace's domain, by address, alias and plus-address."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from workspace_emulator.core.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """Somebody with an account in the domain; ``aliases`` are further addresses of theirs."""

    email: str
    name: str
    time_zone: str = "Etc/UTC"
    aliases: tuple[str, ...] = ()
    manager: str | None = None
    department: str | None = None
    is_admin: bool = False
    reads_users: bool = False
    """Has an administrator's role with the right to read users, and no other."""
    is_suspended: bool = False
    shares_free_busy: bool = True


class Accounts:
    """The users that a store holds."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._users, self._aliases = store.collection("users"), store.collection("aliases")

    def add(self, user: User) -> User:
        """Add or replace an account. Addresses compare in lower case."""
        key = user.email.lower()
        document: dict[str, Any] = {f: getattr(user, f) for f in User.__dataclass_fields__}
        document["aliases"] = list(user.aliases)
        users, aliases = self._users, self._aliases
        for alias in users[key]["aliases"] if key in users else ():
            aliases.pop(alias.lower(), None)
        users[key] = document
        aliases.update((alias.lower(), key) for alias in user.aliases)
        return user

    def remove(self, user: User) -> None:
        """Delete an account: its addresses are nobody's any more."""
        self._store.collection("deleted users")[user.email.lower()] = self._users.pop(user.email.lower())
        for alias in user.aliases:
            self._aliases.pop(alias.lower(), None)

    def deleted(self) -> list[User]:
        return [_user(document) for document in self._store.collection("deleted users").values()]

    def find(self, address: str) -> User | None:
        """Return the account behind an address, an alias or a plus-address, or None when there is none."""
        plain = address.lower()
        if "+" in plain:
            local, _, domain = plain.partition("@")
            plain = f"{local.partition('+')[0]}@{domain}"
        return self._users.index(_Known).users.get(self._aliases.get(plain, plain))

    def all(self) -> list[User]:
        return [self._known[key] for key in self._users]

    def first(self) -> User | None:
        return next((self._known[key] for key in self._users), None)

    @property
    def _known(self) -> dict[str, User]:
        return self._users.index(_Known).users


class _Known:
    """The accounts as values, kept beside their documents: every call asks for some."""

    def __init__(self) -> None:
        self.users: dict[str, User] = {}

    def changed(self, key: str, _old: Any, document: Any) -> None:
        if document is None:
            del self.users[key]
        else:
            self.users[key] = _user(document)


def _user(document: dict[str, Any]) -> User:
    return User(**{**document, "aliases": tuple(document["aliases"])})


def user_id(user: User) -> str:
    """Return a user's number at Google, made from the address so that it never changes."""
    number = 0
    for byte in user.email.lower().encode():
        number = (number * 257 + byte) % (10**20)
    return f"1{number:020d}"
