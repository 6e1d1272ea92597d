"""The shell blocks of README and docs do what they say, on a suite as `make run` starts it."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.docs.written import ROOT, Shown, commands, shell_blocks
from tests.whole.running import RunningSuite, running
from tests.whole.sample import Sample

PATIENCE = 60.0
BIN = Path(sys.executable).parent
INIT = "kycuong init --host ky-cuong.example.vn --issuer https://id.example.vn/realms/kycuong"
ELSEWHERE = {
    "make test": "is what runs this",
    "make run": "is the suite that the others run on: what it calls is started here",
    "apt-get update && make airgap": "tests/compose: it gathers images",
    "tar -xf kycuong-….tar && bundle/build": "tests/compose: it builds images",
    "mkdir 0.2.0 && tar -C 0.2.0 -xf kycuong-….tar && KYCUONG_VERSION=0.2.0 0.2.0/bundle/build": "likewise",
    "0.2.0/bundle/source/deploy/kycuong upgrade 0.2.0": "tests/compose/test_cluster: from another folder",
    "export KYCUONG_HOME=/srv/kycuong": "tests/compose/test_cluster",
    'sed \'s/^{/{"effective_from": "2023-09-26", /\' pack.json >adoption.json': "tests/whole/test_first_day",
    "deploy/kycuong build": "tests/compose: it builds images",
    f"deploy/{INIT}": "tests/operating",
    f"bundle/source/deploy/{INIT}": "tests/operating",
    "deploy/kycuong start": "tests/compose: it needs a container engine",
    "bundle/source/deploy/kycuong start": "tests/compose: it needs a container engine",
}
"""Commands that documents show and that are not run here, with where they are."""

_HEARD = """
select 1 from discipline.directive_copy, discipline.directory_copy
where directive_id = 'quang-xuong-06' and state::text like '%%xa-thoi-long-chu-tich%%'"""


@pytest.fixture(scope="module")
def suite() -> Iterator[RunningSuite]:
    """A suite with its sample province, as `make run` calls it."""
    with running("--sample") as started:
        yield started


def shell(suite: RunningSuite, script: str) -> str:
    """What a script prints that was written for port 8000 and this folder; it fails where any of its commands does."""
    here = script.replace("localhost:8000", suite.url.removeprefix("http://")).replace(".venv/bin/", "")
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["/bin/sh", "-eu", "-c", here],
        env={**os.environ, "PATH": path, "KYCUONG_DATA": str(suite.data)},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert done.returncode == 0, f"{here}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def runnable() -> list[Shown]:
    """Every command of the documents that is run by itself; a first finding is run as a whole."""
    alone = [shown for shown in commands() if shown.text.startswith((".venv/bin/kycuong", "kycuong"))]
    return [shown for shown in alone if shown.text not in ELSEWHERE]


def test_every_command_that_is_shown_is_run_or_said_to_be_run_elsewhere() -> None:
    first_finding = {
        shown.text for shown in commands() if shown.text.startswith(("TOKEN=", "LEAD=", "ASKED=", "curl "))
    }
    run = {shown.text for shown in runnable()} | first_finding
    assert {shown.text for shown in commands()} == run | ELSEWHERE.keys()


def test_what_make_runs_is_what_is_started_here() -> None:
    recipe = re.search(r"^run:.*\n\t(.*)$", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert recipe is not None
    assert "kycuong up --sample" in recipe[1]


@pytest.mark.timeout(300)
def test_a_first_finding_is_listed_with_its_follow_up_a_moment_later(suite: RunningSuite) -> None:
    assert shutil.which("curl"), "the README's commands are curl's"
    (block,) = [shown for shown in shell_blocks() if "my-first-finding" in shown.text]
    submitted, listed = _answers(shell(suite, block.text))
    assert listed["items"][0]["id"] == submitted["id"]
    deadline = time.monotonic() + PATIENCE
    while listed["items"][0]["follow_up"] is None:
        assert time.monotonic() < deadline, "no follow-up was listed"
        # The same key again: it is not submitted a second time.
        again, listed = _answers(shell(suite, block.text))
        assert again == submitted
    assert len(listed["items"]) == 1


def test_a_row_that_is_activated_is_shown_with_its_source(suite: RunningSuite) -> None:
    (block,) = [shown for shown in shell_blocks() if "my-first-activation" in shown.text]

    said = shell(suite, block.text)
    assert "Luật Khiếu nại 02/2011/QH13, Điều 28" in said
    # The same key again: it is not activated a second time.
    assert shell(suite, block.text) == said


@pytest.mark.timeout(300)
def test_a_past_day_can_be_looked_at_as_the_page_of_the_organisation_says(suite: RunningSuite) -> None:
    (block,) = [shown for shown in shell_blocks() if "organisation?as_of" in shown.text]
    decoder, printed, told = json.JSONDecoder(), shell(suite, block.text).lstrip(), []
    while printed:
        one, end = decoder.raw_decode(printed)
        told.append(one)
        printed = printed[end:].lstrip()
    tree, heads, directives, law, plans = told
    assert {tree["as_of"], heads["as_of"], law["as_of"]} == {"2025-06-30"}
    assert len(tree["agencies"]) == len(heads["heads"]) > 0
    assert directives["items"]
    assert plans["items"] == []


@pytest.mark.timeout(300)
def test_a_first_consultation_is_listed_for_who_is_asked(suite: RunningSuite) -> None:
    (block,) = [shown for shown in shell_blocks() if "my-first-consultation" in shown.text]
    deadline = time.monotonic() + PATIENCE
    while not suite.rows(_HEARD):
        assert time.monotonic() < deadline, "the discipline worker heard nothing of the province"
        time.sleep(0.2)
    asked, listed = _answers(shell(suite, block.text))
    [consultation] = listed["items"]
    assert (consultation["id"], consultation["status"]) == (asked["id"], "asked")
    assert str(consultation["subject"]) in block.text
    # The same key again: it is not asked a second time.
    assert _answers(shell(suite, block.text)) == (asked, listed)


def _answers(printed: str) -> tuple[dict[str, object], dict[str, list[dict[str, object]]]]:
    """Two JSON documents, one behind the other."""
    decoder = json.JSONDecoder()
    first, end = decoder.raw_decode(printed)
    second, _ = decoder.raw_decode(printed[end:].lstrip())
    return first, second


@pytest.mark.timeout(300)
@pytest.mark.parametrize("shown", runnable(), ids=str)
def test_a_command_for_operators_ends_well(shown: Shown, suite: RunningSuite) -> None:
    shell(suite, shown.text)


@pytest.mark.timeout(300)
def test_what_is_erased_is_unreadable_while_history_and_proofs_stay(suite: RunningSuite) -> None:
    """As docs/operators.md says."""
    sample = Sample(suite)
    finding_id = suite.command("/inspection/findings", sample.inspector(), sample.finding())["id"]
    path = f"/inspection/findings/{finding_id}"
    before = suite.get(path, sample.reader())
    [(document_id,)] = suite.rows(
        "select data->'content'->'narrative'->>'document_id' from inspection.events where stream = %s",
        f"finding-{finding_id}",
    )

    shell(suite, f"kycuong erase --document {document_id} --reason 'Quyết định số 1'")

    after = suite.get(path, sample.reader())
    assert (before["narrative"], after["narrative"]) == (sample.finding()["narrative"], None)
    assert after["timeline"] == before["timeline"]
    shell(suite, "kycuong verify")
