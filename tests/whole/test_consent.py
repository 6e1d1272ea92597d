"""Silence in a whole suite: a commune does not answer, and the review of its chair is proposed, whoever is killed."""

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

import psutil
import pytest

from services.adapters.postgres.advance import DemoClock
from services.adapters.sample_province import sample_province
from services.application.identity import Role
from tests.stories.course import nine
from tests.whole.running import RunningSuite, running

FIRST = date(2025, 10, 6)
"""A Monday."""
LEAD, ASKED = "xa-song-trang", "xa-thoi-long"
SETTLE_SECONDS = 120.0
SILENT, CONSENT, PROPOSED = ("consultation_asked", "consent_deemed", "review_proposed")


@dataclass
class Stage:
    """A suite with the sample province and a clock that may be moved."""

    suite: RunningSuite
    clock: DemoClock

    def head(self, agency_id: str) -> str:
        """The token of whoever heads a commune."""
        people = sample_province().members(FIRST)
        one = next(one for one in people if one.agency_id == agency_id and Role.HEAD in one.roles)
        return self.suite.token(one.person_id, *one.roles, agency_id=agency_id)

    def ask(self) -> UUID:
        """One commune asks another, under Quảng Xương's directive."""
        body = {
            "asking_agency": LEAD,
            "consulted_agency": ASKED,
            "directive_id": "quang-xuong-06",
            "subject": "Phương án nâng cấp đường liên xã",
            "draft": "Dự thảo phương án.",
            "concern": "Đường đi qua ba ấp của xã.",
        }
        return UUID(self.suite.command("/discipline/consultations", self.head(LEAD), body)["id"])

    def told(self, id_: UUID) -> list[str]:
        """What happened to a consultation and of it, in the order of the context's events."""
        statement = """
            select split_part(type, '.', 2) from discipline.events
            where stream = %s or type = 'discipline.review_proposed.v1' and data->'basis'->0->>'finding_id' = %s
            order by position"""
        return [row[0] for row in self.suite.rows(statement, f"consultation-{id_}", str(id_))]

    def until(self, id_: UUID, what: str) -> None:
        """Wait for what has to come."""
        end = time.monotonic() + SETTLE_SECONDS
        while what not in self.told(id_):
            assert time.monotonic() < end, self.told(id_)
            time.sleep(0.05)

    def proposed_once(self, id_: UUID) -> None:
        """In the end it is as in a calm run."""
        self.until(id_, PROPOSED)
        self.clock.settle()
        assert self.told(id_) == [SILENT, CONSENT, PROPOSED]

    def process(self, part: str) -> psutil.Process:
        process = self.suite.process(part)
        assert process is not None
        return process

    def due_at(self, id_: UUID) -> datetime:
        [(due_at,)] = self.suite.rows("select due_at from discipline.consultation_view where id = %s", id_)
        assert isinstance(due_at, datetime)
        return due_at


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with running(settings={"demo_begins": nine(FIRST).isoformat()}) as suite:
        clock = DemoClock(suite.settings.admin_dsn, patience=SETTLE_SECONDS)
        yield Stage(suite, clock)
        clock.close()


@pytest.mark.timeout(400)
def test_silence_leads_to_a_proposal_and_is_called_for_before(stage: Stage) -> None:
    id_ = stage.ask()
    due_at = stage.due_at(id_)
    stage.clock.advance(due_at + timedelta(hours=1))

    assert stage.told(id_) == [SILENT, CONSENT, PROPOSED]
    [(occurred_at,)] = stage.suite.rows(
        "select occurred_at from discipline.events where type = 'discipline.consent_deemed.v1'"
    )
    assert occurred_at == due_at
    alerts = stage.suite.rows("select rule, state from notifier.alert_view where case_id = %s", id_)
    assert alerts == [("consultation_due", "ended")]
    waiting = stage.suite.rows(
        "select count(*) from notifier.deadline where rule = 'review_not_opened' and case_kind = 'review' and not fired"
    )
    assert waiting == [(1,)]


@pytest.mark.timeout(400)
@pytest.mark.parametrize("part", ["worker-discipline", "relay"])
def test_whoever_is_killed_once_it_is_deemed_it_is_proposed_once(stage: Stage, part: str) -> None:
    id_ = stage.ask()
    stage.clock._set(stage.due_at(id_) + timedelta(hours=1))
    stage.until(id_, CONSENT)
    stage.process(part).kill()

    stage.proposed_once(id_)


@pytest.mark.timeout(400)
def test_the_clock_that_is_killed_before_it_came_to_it_comes_to_it_again(stage: Stage) -> None:
    """It runs beside the worker."""
    id_ = stage.ask()
    clock = stage.process("worker-discipline")
    clock.suspend()
    stage.clock._set(stage.due_at(id_) + timedelta(hours=1))
    assert stage.told(id_) == [SILENT]
    clock.kill()

    stage.proposed_once(id_)
