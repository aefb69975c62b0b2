"""What infra/README.md says beside what the code, Terraform and the calculation of costs say."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
INFRA = ROOT / "infra"
README = (INFRA / "README.md").read_text(encoding="utf-8")
SECURITY = (ROOT / ".github" / "SECURITY.md").read_text(encoding="utf-8")
sys.path.insert(0, str(INFRA))

import costs  # noqa: E402 - lives beside the Terraform files
import readme  # noqa: E402

from peerpact.cli import main  # noqa: E402 - after the line above
from peerpact.google.mail import LABELS  # noqa: E402
from peerpact.google.scopes import SCOPES  # noqa: E402
from peerpact.tables.schema import all_tabs, tab  # noqa: E402


def test_shows_permissions_and_costs_as_they_are() -> None:
    assert readme.written(README) == README


def test_names_only_variables_and_outputs_that_terraform_has() -> None:
    variables = set(
        re.findall(r'^variable "(\w+)"', (INFRA / "variables.tf").read_text("utf-8"), re.MULTILINE)
    )
    outputs = set(re.findall(r'^output "(\w+)"', (INFRA / "outputs.tf").read_text("utf-8"), re.MULTILINE))
    given = set(re.findall(r"^(\w+) += ", README, re.MULTILINE)) | set(re.findall(r"TF_VAR_(\w+)", README))
    assert given - variables == set()
    assert set(re.findall(r"terraform output (?:-json )?(\w+)", README)) <= outputs


def test_asks_in_the_first_terraform_tfvars_for_every_variable_without_a_default() -> None:
    blocks = re.split(r'^variable "', (INFRA / "variables.tf").read_text("utf-8"), flags=re.MULTILINE)[1:]
    required = {block.partition('"')[0] for block in blocks if "default " not in block}
    first = README.partition("cat > terraform.tfvars")[2].partition("\nEND")[0]
    assert required == {"project", "time_zone", "mailbox", "alert_email", "billing_account"}
    assert required <= set(re.findall(r"^(\w+) +=", first, re.MULTILINE))


@pytest.mark.parametrize("page", [README, SECURITY])
def test_names_only_accounts_that_terraform_makes(page: str) -> None:
    identity = (INFRA / "identity.tf").read_text(encoding="utf-8")
    for account in re.findall(r"(peerpact-(?:scheduler|builder))\b", page):
        assert f'"{account}"' in identity


def test_costs_more_with_more_people_and_never_less_without_the_free_tier() -> None:
    months = [costs.month(people) for people in (100, 1_000, 10_000)]
    assert [m.runs for m in months] == [months[0].runs] * 3
    assert all(later.seconds > earlier.seconds for earlier, later in pairwise(months))
    assert all(m.without_free_tier > m.dollars > 0 for m in months)
    assert costs.month(1_000).seconds < costs.month(1_000, year=5).seconds < 1.5 * costs.month(1_000).seconds


def test_counts_the_alert_conditions_that_terraform_makes() -> None:
    text = (INFRA / "monitoring.tf").read_text(encoding="utf-8")
    policies = re.findall(
        r'resource "google_monitoring_alert_policy" "\w+" \{\n(?:  for_each = (\S+))?', text
    )
    each = {"local.units": len(costs.JOBS), "local.delegates": len(SCOPES), "{": 5, "": 1}
    assert sum(each[over] for over in policies) == costs.ALERT_CONDITIONS


def runbooks() -> list[str]:
    table = README.partition("## When an alarm rings")[2].partition("\n## ")[0]
    return [line.strip("| ").partition(" | ")[0] for line in table.splitlines() if line.startswith("| ")][1:]


def test_has_a_runbook_for_each_alarm_that_terraform_makes() -> None:
    """Each policy's documentation names its line of the table, which the mail of the alarm repeats."""
    text = (INFRA / "monitoring.tf").read_text(encoding="utf-8")
    policies = re.split(r'^resource "google_monitoring_alert_policy" ', text, flags=re.MULTILINE)[1:]
    named = [
        re.findall(r"Runbook “([^”]+)” in infra/README.md", policy.partition("\n}\n")[0])
        for policy in policies
    ]
    assert [len(names) for names in named] == [1] * len(policies)
    kinds = re.findall(r'what += "([^"]+)", filter', text)
    wanted = {name.replace("${each.value.what}", kind) for [name] in named for kind in kinds}
    assert wanted - set(runbooks()) == set()
    assert {"the budget", "the last admin is lost"} <= set(runbooks())
    assert any(book.startswith("the mailbox is lost") for book in runbooks())


PAGES = [ROOT / "README.md", INFRA / "README.md", *sorted((ROOT / ".github").glob("*.md"))]
COMMAND = re.compile(r"\bpeerpact (?:--env \S+ )?([a-z]+)\b([^`\n#;&|)]*)")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_names_only_commands_and_options_that_there_are(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    code = [
        *re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL),
        *re.findall(r"`([^`\n]+)`", text),
    ]
    said = [found for part in code for found in COMMAND.findall(part)]
    known = {name: {o for p in command.params for o in p.opts} for name, command in main.commands.items()}
    assert {name for name, _ in said} - known.keys() == set()
    used = {(name, option) for name, rest in said for option in re.findall(r"(?<=\s)--[a-z-]+", rest)}
    assert {(name, o) for name, o in used if o not in known[name] | {"--help", "--version"}} == set()


def test_names_in_runbooks_the_labels_tabs_and_settings_that_there_are() -> None:
    table = README.partition("## When an alarm rings")[2].partition("\n## ")[0]
    tabs = {tab.title for tab in all_tabs()}
    assert set(re.findall(r"\*(peerpact/[^*]+)\*", table)) <= set(LABELS)
    assert set(re.findall(r"\btab ([A-Z]\w+)", table)) <= tabs
    assert set(re.findall(r"in ([A-Z][\w ]+) on Settings", table)) <= {
        s.name for s in tab("Settings").settings
    }
