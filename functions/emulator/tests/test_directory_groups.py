"""Groups of the domain and their members; and the addresses that somebody sends as."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from googleapiclient.errors import HttpError

from workspace_emulator import Workspace
from workspace_emulator.clients import client
from workspace_emulator.core.channels import mail_notice


@pytest.fixture
def directory(ada: requests.Session) -> Any:
    return client("admin", "directory_v1", ada)


def test_keeps_groups_and_their_members(directory: Any) -> None:
    directory.groups().insert(body={"email": "team@example.com", "name": "The team"}).execute()
    members = directory.members()
    members.insert(groupKey="team@example.com", body={"email": "ben@example.com", "role": "OWNER"}).execute()
    directory.groups().insert(body={"email": "all@example.com"}).execute()
    members.insert(groupKey="all@example.com", body={"email": "team@example.com"}).execute()
    listed = members.list(groupKey="all@example.com", includeDerivedMembership=True).execute()["members"]
    assert [(m["email"], m["type"]) for m in listed] == [
        ("team@example.com", "GROUP"),
        ("ben@example.com", "USER"),
    ]
    assert members.hasMember(groupKey="all@example.com", memberKey="ben@example.com").execute() == {
        "isMember": True
    }
    members.patch(groupKey="team@example.com", memberKey="ben@example.com", body={"role": "MEMBER"}).execute()
    assert "members" not in members.list(groupKey="team@example.com", roles="OWNER").execute()
    found = directory.groups().list(userKey="ben@example.com").execute()["groups"]
    assert [(g["name"], g["directMembersCount"]) for g in found] == [("The team", "1")]
    members.delete(groupKey="team@example.com", memberKey="ben@example.com").execute()
    directory.groups().delete(groupKey="team@example.com").execute()
    assert len(directory.groups().list(customer="my_customer").execute()["groups"]) == 1


def test_lets_nobody_but_admins_at_groups(directory: Any, ben: requests.Session) -> None:
    with pytest.raises(HttpError, match="404"):
        directory.groups().get(groupKey="none@example.com").execute()
    with pytest.raises(HttpError, match="403"):
        client("admin", "directory_v1", ben).groups().list(customer="my_customer").execute()


def test_keeps_signatures_and_further_addresses(ben: requests.Session) -> None:
    send_as = client("gmail", "v1", ben).users().settings().sendAs()
    own = send_as.list(userId="me").execute()["sendAs"]
    assert [(a["sendAsEmail"], a.get("isDefault", False)) for a in own] == [
        ("ben@example.com", True),
        ("benjamin@example.com", False),
    ]
    send_as.patch(userId="me", sendAsEmail="ben@example.com", body={"signature": "<b>Ben</b>"}).execute()
    assert send_as.get(userId="me", sendAsEmail="ben@example.com").execute()["signature"] == "<b>Ben</b>"
    other = send_as.create(userId="me", body={"sendAsEmail": "ben@other.example"}).execute()
    assert other["verificationStatus"] == "pending"
    send_as.verify(userId="me", sendAsEmail="ben@other.example").execute()
    with pytest.raises(HttpError, match="needs no verification"):
        send_as.verify(userId="me", sendAsEmail="ben@example.com").execute()
    send_as.delete(userId="me", sendAsEmail="ben@other.example").execute()


def test_keeps_who_watches_a_mailbox(workspace: Workspace, ben: requests.Session) -> None:
    users = client("gmail", "v1", ben).users()
    watched = users.watch(userId="me", body={"topicName": "projects/p/topics/t"}).execute()
    told = mail_notice(workspace, "ben@example.com", int(watched["historyId"]), "https://app.example/push")
    assert b'"subscription"' in told.body
    users.stop(userId="me").execute()
    with pytest.raises(HttpError, match="topicName"):
        users.watch(userId="me", body={}).execute()
