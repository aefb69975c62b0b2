"""OAuth as applications speak it: keys, codes that people agree to, tokens looked at and withdrawn."""

from __future__ import annotations

import base64
import re
import time
from hashlib import sha256
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests
from google.auth.transport.requests import Request
from google.oauth2 import id_token, service_account

from workspace_emulator import Front, Workspace, mount
from workspace_emulator.clients import client

ACCOUNTS = "https://accounts.google.com/o/oauth2/v2/auth"
TOKENS = "https://oauth2.googleapis.com/token"
ROBOT = "robot@peer.iam.gserviceaccount.com"
CALENDAR = "https://www.googleapis.com/auth/calendar"
ASKED = {
    "client_id": "app",
    "redirect_uri": "http://localhost:9/back",
    "response_type": "code",
    "scope": f"openid {CALENDAR}",
    "state": "s1",
    "access_type": "offline",
}


@pytest.fixture
def nobody(front: Front) -> requests.Session:
    session = requests.Session()
    mount(session, front)
    return session


def agreed(
    nobody: requests.Session, asked: dict[str, str], account: str = "ben@example.com"
) -> dict[str, str]:
    """Go through the page as a person would, and return what the application is told."""
    page = nobody.get(ACCOUNTS, params=asked)
    fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    answer = nobody.post(ACCOUNTS, data={**fields, "account": account}, allow_redirects=False)
    return dict(parse_qsl(urlsplit(answer.headers["Location"]).query))


def exchanged(nobody: requests.Session, **form: str) -> requests.Response:
    return nobody.post(TOKENS, data={"grant_type": "authorization_code", "client_id": "app", **form})


@pytest.fixture
def any_client(workspace: Workspace) -> None:
    workspace.identity.consents.register("app")


@pytest.mark.usefixtures("any_client")
def test_exchanges_a_code_that_somebody_agreed_to_once(
    workspace: Workspace, nobody: requests.Session
) -> None:
    told = agreed(nobody, ASKED)
    assert told["state"] == "s1"
    tokens = exchanged(nobody, code=told["code"], redirect_uri=ASKED["redirect_uri"]).json()
    headers = {"Authorization": f"Bearer {tokens['access_token']}"}
    shown = nobody.get("https://www.googleapis.com/calendar/v3/calendars/primary", headers=headers).json()
    assert shown["id"] == "ben@example.com"
    again = exchanged(nobody, code=told["code"], redirect_uri=ASKED["redirect_uri"])
    assert (again.status_code, again.json()["error"]) == (400, "invalid_grant")
    raw = requests.Session()
    mount(raw, Front(workspace))
    who = id_token.verify_oauth2_token(tokens["id_token"], Request(raw), "app")
    assert (who["email"], who["hd"]) == ("ben@example.com", "example.com")


@pytest.mark.usefixtures("any_client")
def test_holds_a_code_to_its_verifier(nobody: requests.Session) -> None:
    challenge = base64.urlsafe_b64encode(sha256(b"verifier").digest()).decode().rstrip("=")
    asked = {**ASKED, "code_challenge": challenge, "code_challenge_method": "S256"}
    code = agreed(nobody, asked)["code"]
    assert exchanged(nobody, code=code, code_verifier="other").status_code == 400
    code = agreed(nobody, asked)["code"]
    assert exchanged(nobody, code=code, code_verifier="verifier").status_code == 200


@pytest.mark.usefixtures("any_client")
def test_says_when_somebody_does_not_agree_or_an_application_is_wrong(nobody: requests.Session) -> None:
    assert agreed(nobody, ASKED, account="")["error"] == "access_denied"
    assert nobody.get(ACCOUNTS, params={**ASKED, "redirect_uri": "urn:x"}).status_code == 400
    assert nobody.get(ACCOUNTS, params={**ASKED, "client_id": "another"}).status_code == 400
    headers = {"Origin": "https://evil.example"}
    assert (
        nobody.post(ACCOUNTS, data={**ASKED, "account": "ben@example.com"}, headers=headers).status_code
        == 400
    )


@pytest.mark.usefixtures("any_client")
def test_tells_of_a_token_until_it_is_revoked(nobody: requests.Session) -> None:
    tokens = exchanged(nobody, code=agreed(nobody, ASKED)["code"]).json()
    asked = {"access_token": tokens["access_token"]}
    told = nobody.get("https://oauth2.googleapis.com/tokeninfo", params=asked).json()
    assert (told["aud"], told["email"], told["scope"]) == ("app", "ben@example.com", f"{CALENDAR} openid")
    revoked = nobody.post("https://oauth2.googleapis.com/revoke", data={"token": tokens["access_token"]})
    assert revoked.status_code == 200
    assert nobody.get("https://oauth2.googleapis.com/tokeninfo", params=asked).status_code == 400
    refresh = {"grant_type": "refresh_token", "refresh_token": tokens["refresh_token"]}
    assert nobody.post(TOKENS, data=refresh).json()["error"] == "invalid_grant"


def test_gives_tokens_of_a_service_account_to_those_who_may_sign_for_it(
    workspace: Workspace, ada: requests.Session, ben: requests.Session
) -> None:
    workspace.identity.allow_sign_jwt("ada@example.com", ROBOT)
    name = f"projects/-/serviceAccounts/{ROBOT}"
    accounts = client("iamcredentials", "v1", ada).projects().serviceAccounts()
    given = accounts.generateAccessToken(name=name, body={"scope": [CALENDAR]}).execute()
    assert workspace.identity.grant(given["accessToken"]).user == ROBOT
    assert accounts.generateIdToken(name=name, body={"audience": "x"}).execute()["token"].count(".") == 2
    refused = ben.post(
        f"https://iamcredentials.googleapis.com/v1/{name}:generateAccessToken", json={"scope": ["x"]}
    )
    assert refused.status_code == 403


def test_believes_what_a_service_account_signed_itself(workspace: Workspace) -> None:
    info = workspace.identity.service_account_info(ROBOT)
    own = service_account.Credentials.from_service_account_info(info, scopes=[CALENDAR])
    own = own.with_always_use_jwt_access(True)
    own.refresh(None)
    assert workspace.identity.grant(own.token).user == ROBOT
    assert own.expiry.timestamp() > time.time() - 24 * 3600


def test_reads_with_an_api_key_what_anybody_may_read(
    workspace: Workspace, ada: requests.Session, nobody: requests.Session
) -> None:
    sheets = "https://sheets.googleapis.com/v4/spreadsheets"
    book = ada.post(sheets, json={}).json()["spreadsheetId"]
    key = {"key": workspace.identity.issue_api_key()}
    assert nobody.get(f"{sheets}/{book}", params=key).status_code == 403
    anyone = {"type": "anyone", "role": "writer"}
    ada.post(f"https://www.googleapis.com/drive/v3/files/{book}/permissions", json=anyone)
    assert nobody.get(f"{sheets}/{book}", params=key).status_code == 200
    assert nobody.post(f"{sheets}/{book}/values/A1:append", params=key, json={}).status_code == 401
    assert nobody.get(f"{sheets}/{book}", params={"key": "none"}).status_code == 400


def test_serves_documents_whose_addresses_all_lead_here(front: Front, nobody: requests.Session) -> None:
    del front
    here = {"Host": "127.0.0.1:8787"}
    listed = nobody.get("https://www.googleapis.com/discovery/v1/apis", headers=here).json()["items"]
    assert {"gmail:v1", "sheets:v4", "calendar:v3"} <= {i["id"] for i in listed}
    for item in listed:
        document = nobody.get(item["discoveryRestUrl"], headers=here).json()
        assert document["rootUrl"] == "http://127.0.0.1:8787/"
