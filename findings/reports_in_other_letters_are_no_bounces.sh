#!/usr/bin/env bash
# GUESS: flufl.bounce, the library out of Mailman that finds who can't be reached, reads a report as RFC 6533 has it for mail with
#        letters beyond ASCII (message/global-delivery-status, “utf-8;” before the address) as it reads that of RFC 3464.
# SEEN:  either of the two differences, with the very same plain address, and nobody has bounced: two empty sets, no word.
# HURTS: whoever sends to a system with SMTPUTF8 switched on: people who can't be reached count as silent, month after month.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with flufl.bounce==6.0.0 <<'PY'
from email import message_from_string
from importlib.metadata import version

from flufl.bounce import all_failures

REPORT = """From: MAILER-DAEMON@example.com
To: mentoring@example.com
Subject: Undelivered mail
MIME-Version: 1.0
Content-Type: multipart/report; report-type={report}; boundary=part

--part
Content-Type: text/plain; charset=utf-8

Your message could not be delivered.

--part
Content-Type: message/{report}

Reporting-MTA: dns; mx.example.com

Original-Recipient: {address}; ada@example.com
Final-Recipient: {address}; ada@example.com
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 no such user

--part--
"""
print("flufl.bounce", version("flufl.bounce"))
for report in ("delivery-status", "global-delivery-status"):
    for address in ("rfc822", "utf-8"):
        _, failed = all_failures(message_from_string(REPORT.format(report=report, address=address)))
        print(f"{report}, {address}: {sorted(a.decode() for a in failed)}")
PY
)
as_seen "flufl.bounce 6.0.0
delivery-status, rfc822: ['ada@example.com']
delivery-status, utf-8: []
global-delivery-status, rfc822: []
global-delivery-status, utf-8: []" "$actual"
