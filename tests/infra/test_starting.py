"""What a function loads before its first answer; how long that takes is measured by tests/bench/startup.py."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def says(code: str) -> str:
    """Run a line of Python in a fresh process beside the code."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "functions")}
    answer = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return answer.stdout.strip()


def test_loads_for_one_job_what_that_job_needs() -> None:
    loaded = "print([m for m in ('numpy', 'scipy', 'rustworkx') if m in sys.modules])"
    assert (
        says(f"import sys; from peerpact.serving import JOBS; JOBS['collect_replies'].steps; {loaded}")
        == "[]"
    )


def test_leaves_httplib2_s_reader_of_headers_until_somebody_uses_it() -> None:
    code = (
        "import sys, peerpact.google.session, googleapiclient.discovery, httplib2; print('pyparsing' in sys.modules); "
        "print(httplib2.auth._parse_www_authenticate({'www-authenticate': 'Basic realm=\"here\"'}))"
    )
    assert says(code).splitlines() == ["False", "{'basic': {'realm': 'here'}}"]


def test_leaves_gspread_s_sign_in_in_a_browser_until_somebody_uses_it() -> None:
    code = (
        "import sys, peerpact.google.sheets, gspread.auth; print('requests_oauthlib' in sys.modules); "
        "print(gspread.auth.InstalledAppFlow.from_client_config.__func__.__name__); "
        "print('requests_oauthlib' in sys.modules)"
    )
    assert says(code).splitlines() == ["False", "from_client_config", "True"]


def test_leaves_google_auth_s_reader_of_certificates_until_somebody_uses_it() -> None:
    code = (
        "import sys, peerpact.serving; print('cryptography.x509.base' in sys.modules); import cryptography.x509.oid; "
        "from google.auth.crypt import RSAVerifier; print(RSAVerifier.__name__); from cryptography import x509; "
        "print(x509.load_pem_x509_certificate.__name__, x509.oid.NameOID.COMMON_NAME._name)"
    )
    assert says(code).splitlines() == ["False", "RSAVerifier", "load_pem_x509_certificate commonName"]


@pytest.mark.parametrize(
    ("job", "only_when_needed"),
    [
        ("collect_replies", ["peerpact.jobs.judging", "lxml", "flufl", "authres", "peerpact.letters"]),
        ("book_first_meetings", ["peerpact.jobs.inviting", "peerpact.letters", "cryptography.x509.base"]),
    ],
)
def test_a_quiet_tick_loads_nothing_that_it_does_not_need(job: str, only_when_needed: list[str]) -> None:
    loaded = f"print([m for m in {only_when_needed} if m in sys.modules])"
    assert says(f"import sys; from peerpact.serving import JOBS; JOBS[{job!r}].steps; {loaded}") == "[]"
