"""The only door to Google: everything that gspread, google-api-python-client and google-auth are used for.

google-api-python-client imports httplib2, which we never send with (see ``session``). Its reader of authentication
headers brings a parser that would take a tenth of the time to a function's first answer; so that one module is loaded
when somebody asks for something in it, which nobody does.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import Any


class _LoadedWhenUsed(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        del sys.modules[self.__name__]
        return getattr(import_module(self.__name__), name)


if "httplib2" not in sys.modules:
    sys.modules["httplib2.auth"] = _LoadedWhenUsed("httplib2.auth")
