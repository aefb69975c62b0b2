"""requests sends calls to 127.0.0.1 through the proxy of the environment, which does not know this machine.

requests 2.34, 2026-11-28: ``HTTP_PROXY`` holds for every host that ``NO_PROXY`` doesn't name, this machine included. Calls to a
local Workspace go without any proxy (``RedirectAdapter`` in ``google/session.py``).
"""

from __future__ import annotations

import os

import requests
from told import verdict

os.environ.pop("NO_PROXY", None)
os.environ.pop("no_proxy", None)
os.environ["HTTP_PROXY"] = "http://proxy.example:3128"
found = requests.utils.get_environ_proxies("http://127.0.0.1:8787/")
verdict(package="requests", as_found="http" in found, shown=found)
