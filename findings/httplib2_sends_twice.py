"""httplib2 sends a POST again when the connection is dropped before the answer, and says nothing of it.

httplib2 0.32.1, 2026-11-23: it takes the lost connection for a stale one, whatever ``num_retries`` says; a mail would go out twice.
google-api-python-client runs over our own session here (``google/apis.py``).
"""

from __future__ import annotations

import socket
import threading

import httplib2
from told import verdict

received: list[bytes] = []


def serve(listener: socket.socket) -> None:
    """Take each request and hang up; answer the second."""
    while True:
        connection, _ = listener.accept()
        with connection:
            received.append(connection.recv(65536))
            if len(received) > 1:
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                return


with socket.create_server(("127.0.0.1", 0)) as listener:
    threading.Thread(target=serve, args=(listener,), daemon=True).start()
    address = f"http://127.0.0.1:{listener.getsockname()[1]}/send"
    try:
        httplib2.Http(timeout=5, proxy_info=None).request(address, "POST", body="one letter")
        result = "and reports success"
    except OSError as error:
        result = f"and raises {type(error).__name__}"
verdict(
    package="httplib2", as_found=len(received) > 1, shown=f"{len(received)} POSTs for one request, {result}"
)
