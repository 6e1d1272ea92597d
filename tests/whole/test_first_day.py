"""docs/first-day.md fills an empty suite: a finding then has its follow-up, and who heads the agency gets mail."""

import asyncio
import json
import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from services.adapters.registry.client import RegistryClient
from services.application.identity import Role
from services.application.registry import Person
from services.entrypoints.registry.callers import secret_name
from tests.docs.written import ROOT, shell_blocks
from tests.notifier.post_office import PostOffice, post_office
from tests.whole.running import RunningSuite, running

PAGE = (ROOT / "docs" / "first-day.md").read_text(encoding="utf-8")
SUITE, SIGN_IN = "https://ky-cuong.example.vn", "$(deploy/identity/sign-in https://id.example.vn/realms/kycuong)"
BEGINS = "2026-01-05"
"""A Monday before the days that the page exchanges."""
CHAIR, DIRECTOR = (UUID(f"5b1f7c1e-7a61-4f0e-8d27-4a1c5f6e0a0{number}") for number in (1, 4))
INSPECTOR = UUID("5b1f7c1e-7a61-4f0e-8d27-4a1c5f6e0a03")
PATIENCE = 120.0

pytestmark = pytest.mark.timeout(600)


@dataclass
class Site:
    """A suite that began empty, whose mail goes to a server of the site's."""

    suite: RunningSuite
    office: PostOffice
    folder: Path

    def token(self, role: Role, person_id: UUID, agency_id: str | None) -> str:
        """What the site's provider would sign."""
        return self.suite.token(person_id, role, agency_id=agency_id)

    def shell(self, marked: str, token: str) -> subprocess.CompletedProcess[str]:
        """Run the page's block in which something stands, for whoever has signed in."""
        (block,) = (one.text for one in shell_blocks() if one.document == "docs/first-day.md" and marked in one.text)
        here = block.replace(SUITE, self.suite.url).replace(SIGN_IN, token).replace("deploy/", f"{ROOT}/deploy/")
        environment = {**os.environ, "TOKEN": token, "KYCUONG_LANGUAGE": "en"}
        return subprocess.run(
            ["/bin/sh", "-eu", "-c", here],
            env=environment,
            cwd=self.folder,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def did(self, marked: str, token: str) -> str:
        """The same; it has to end well."""
        done = self.shell(marked, token)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("first-day")
    listed = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
    for name, text in zip(("organisation.txt", "days.txt"), listed, strict=True):
        assert f"`{name}`" in PAGE
        (folder / name).write_text(text, encoding="utf-8")
    with post_office() as office:
        mail = ("--smtp-host", "127.0.0.1", "--smtp-port", str(office.port), "--smtp-security", "none")
        clock = ("--demo-clock", "--demo-begins", BEGINS)
        with running(*clock, *mail, "--mail-sender", "ky-cuong@binhlam.example.invalid") as suite:
            yield Site(suite, office, folder)


def test_a_line_that_is_refused_is_named_and_nothing_after_it_is_done(site: Site) -> None:
    """An empty suite has no agency to put another one below."""
    whole = (site.folder / "organisation.txt").read_text(encoding="utf-8")
    lines = [line for line in whole.splitlines() if '"authority_id"' not in line]
    (site.folder / "organisation.txt").write_text("\n".join(lines), encoding="utf-8")
    refused = site.shell("organisation.txt", site.token(Role.ADMINISTRATOR, uuid4(), None))
    (site.folder / "organisation.txt").write_text(whole, encoding="utf-8")
    assert refused.returncode == 1
    assert re.search(r"organisation\.txt:\d+: POST /inspection/organisation/agencies\n", refused.stderr)
    assert "organisation-not-founded" in refused.stderr
    assert "4 lines were carried out" in refused.stderr


def test_the_page_fills_an_empty_suite(site: Site) -> None:
    administrator = site.token(Role.ADMINISTRATOR, uuid4(), None)
    chair = site.token(Role.AUTHORITY, CHAIR, "ubnd-tinh")

    first = site.did("organisation.txt", administrator)
    assert site.did("organisation.txt", administrator) == first  # given again, nothing is done twice
    site.did("pack.json", chair)
    site.did("days.txt", administrator)

    heads = json.loads(site.did("organisation/heads", chair))["heads"]
    assert {head["agency_id"] for head in heads if head["person_id"]} == {"ubnd-tinh", "thanh-tra-tinh", "so-xay-dung"}
    assert [one["id"] for one in site.suite.get("/inspection/directives", chair)["items"]] == ["da-nang-2090"]
    assert [one["day"] for one in site.suite.get("/notifier/compensated-days", chair)["items"]] == ["2026-02-14"]


def test_who_is_entered_can_be_corrected(site: Site) -> None:
    async def known(person_id: UUID) -> Person:
        settings = site.suite.settings
        async with RegistryClient(settings.registry, settings.secret(secret_name("courier"))) as registry:
            return (await registry.persons([person_id]))[person_id]

    (site.folder / "days.txt").write_text(
        f'PUT /inspection/people/{DIRECTOR} {{"name": "Tống Chí Bền", "email": "giam-doc@binhlam.example.invalid"}}'
    )
    site.did("days.txt", site.token(Role.ADMINISTRATOR, uuid4(), None))
    assert asyncio.run(known(DIRECTOR)) == Person("Tống Chí Bền", "giam-doc@binhlam.example.invalid")


def test_a_first_finding_is_followed_up_and_the_head_gets_mail_of_it(site: Site) -> None:
    inspector = site.token(Role.INSPECTOR, INSPECTOR, "thanh-tra-tinh")
    finding = {
        "agency_id": "so-xay-dung",
        "directive_id": "da-nang-2090",
        "violation_type": "late-without-reason",
        "fact_date": "2025-12-01",
        "source": "feedback",
        "narrative": "Hồ sơ cấp phép xây dựng trễ hẹn 12 ngày, không nêu lý do.",
    }
    submitted = site.suite.command("/inspection/findings", inspector, finding)
    deadline = time.monotonic() + PATIENCE
    while not (listed := site.suite.get("/inspection/findings", inspector, mine="true")["items"])[0]["follow_up"]:
        assert time.monotonic() < deadline, "no follow-up was listed"
        time.sleep(0.2)
    assert [one["id"] for one in listed] == [submitted["id"]]

    site.suite.cli("clock", "advance", "--days", "5")
    while not any("giam-doc@binhlam.example.invalid" in str(letter["To"]) for letter in site.office.letters):
        assert time.monotonic() < deadline + PATIENCE, "no mail came"
        time.sleep(0.2)
    assert {letter["From"].addresses[0].addr_spec for letter in site.office.letters} == {
        "ky-cuong@binhlam.example.invalid"
    }
