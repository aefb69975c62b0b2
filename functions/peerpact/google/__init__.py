"""The only door to Google: everything that gspread, google-api-python-client and google-auth are used for.

They import what we never use, and what would take a fifth of the time to a function's first answer: httplib2 a parser
of authentication headers (see ``session``: we don't send with it), gspread a sign-in in a browser, google-auth a reader
of certificates. These modules are loaded when somebody asks for something in them, which nobody does.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

import cryptography


class _LoadedWhenUsed(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(_loaded(self.__name__), name)


class _Later:
    """Stands for something in such a module that its importer names at once; ask it for anything, and it is loaded."""

    def __init__(self, module: str, name: str) -> None:
        self._module, self._name = module, name

    def __getattr__(self, name: str) -> Any:
        return getattr(getattr(_loaded(self._module), self._name), name)


def _loaded(name: str) -> ModuleType:
    if isinstance(sys.modules.get(name), _LoadedWhenUsed):
        del sys.modules[name]
    return import_module(name)


if "httplib2" not in sys.modules:
    sys.modules["httplib2.auth"] = _LoadedWhenUsed("httplib2.auth")
if "google_auth_oauthlib" not in sys.modules and "gspread" not in sys.modules:
    flow = _LoadedWhenUsed("google_auth_oauthlib.flow")
    flow.__dict__["InstalledAppFlow"] = _Later("google_auth_oauthlib.flow", "InstalledAppFlow")
    sys.modules["google_auth_oauthlib.flow"] = flow
if "cryptography.x509" not in sys.modules:
    certificates = _LoadedWhenUsed("cryptography.x509")
    certificates.__path__ = [f"{cryptography.__path__[0]}/x509"]  # for whoever imports a part of it
    cryptography.__dict__["x509"] = sys.modules["cryptography.x509"] = certificates
