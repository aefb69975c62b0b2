#!/usr/bin/env bash
# GUESS: client_options={"api_endpoint": "https://eu.example.com"} of google-api-python-client sends all that a service asks there,
#        under the same paths as to the default endpoint: calls, uploads and batches.
# SEEN:  a call loses its path (/files instead of /drive/v3/files), an upload keeps it, and a batch goes to the public address
#        all the same, with whatever token the others have.
# HURTS: whoever has to stay with a region's or a proxy's address, or tests against a local server: each call works once the path
#        is written into the endpoint, and the first batch leaves it without a word.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with google-api-python-client==2.202.0 <<'PY'
import io
from importlib.metadata import version

from google.auth.credentials import AnonymousCredentials
from googleapiclient.discovery import build
from googleapiclient.http import MediaIoBaseUpload

print("google-api-python-client", version("google-api-python-client"))
for name, number in (("drive", "v3"), ("gmail", "v1"), ("calendar", "v3")):
    service = build(
        name,
        number,
        credentials=AnonymousCredentials(),
        client_options={"api_endpoint": "https://eu.example.com"},
        static_discovery=True,
    )
    media = MediaIoBaseUpload(io.BytesIO(b"x"), mimetype="message/rfc822", resumable=False)
    places = {"batch": service.new_batch_http_request()._batch_uri}
    if name == "drive":
        places["call"] = service.files().list().uri
        places["upload"] = service.files().create(media_body=media).uri
    elif name == "gmail":
        places["call"] = service.users().labels().list(userId="me").uri
        places["upload"] = service.users().messages().send(userId="me", media_body=media).uri
    else:
        places["call"] = service.events().list(calendarId="primary").uri
    for what, place in sorted(places.items()):
        print(name, what, place.partition("?")[0])
PY
)
as_seen "google-api-python-client 2.202.0
drive batch https://www.googleapis.com/batch/drive/v3
drive call https://eu.example.com/files
drive upload https://eu.example.com/upload/drive/v3/files
gmail batch https://gmail.googleapis.com/batch
gmail call https://eu.example.com/gmail/v1/users/me/labels
gmail upload https://eu.example.com/upload/gmail/v1/users/me/messages/send
calendar batch https://www.googleapis.com/batch/calendar/v3
calendar call https://eu.example.com/calendars/primary/events" "$actual"
