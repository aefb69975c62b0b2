#!/usr/bin/env bash
# GUESS: an address that email-validator accepts and normalises can be put on a mail by Python's own e-mail package: one of
#        the two keeps the domain in its ASCII form, in which it was typed.
# SEEN:  normalized turns xn--… into letters, and the header then holds an encoded word inside the address, which RFC 2047
#        (section 5) forbids and no mail server takes. The package's own parser reads it back without complaint as “right”.
# HURTS: whoever keeps “.normalized” of people in a company with an umlaut in its domain: no letter reaches any of them.
set -euo pipefail
. "$(dirname "$0")/common.sh"

actual=$(python_with email-validator==2.4.0 <<'PY'
from email import message_from_bytes
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

import email_validator

print("email-validator", email_validator.__version__)
found = email_validator.validate_email(
    "ada@xn--bcher-kva.example", check_deliverability=False, test_environment=True
)
mail = EmailMessage(policy=SMTP)
mail["To"] = Address("Ada", addr_spec=found.normalized)
print(found.ascii_email, "->", found.normalized)
print(mail.as_bytes().decode().strip())
print("read back:", [a.addr_spec for a in message_from_bytes(mail.as_bytes(), policy=SMTP)["To"].addresses])
PY
)
as_seen "email-validator 2.4.0
ada@xn--bcher-kva.example -> ada@bücher.example
To: Ada <ada@=?utf-8?q?b=C3=BCcher?=.example>
read back: ['ada@bücher.example']" "$actual"
