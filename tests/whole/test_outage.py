"""Nothing false after an outage: with a process stopped for days, the alerts afterwards are those of a calm run.

One suite goes through the same week several times: undisturbed, and with each process stopped from Monday until the
Tuesday after next, while people go on and time passes. What a calm run gives is also worked out in one process
(`tests/stories/course.py`), for the same days.
"""

import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from schemas.notifier.alerts import StallRule
from services.adapters.postgres.advance import DemoClock
from services.adapters.sample_province import sample_province
from tests.stories.acts import INSPECTOR, JUDGE, submit
from tests.stories.course import course, nine
from tests.whole.running import RunningSuite, running

DIRECTIVE, VIOLATION = "da-nang-2090", "procedures-not-posted"
"""Five working days to mend, no review by itself."""
MENDED, TAKEN_BACK, LEFT_ALONE, LATE = "so-xay-dung", "so-tu-phap", "so-y-te", "xa-vinh-trach"
AGENCIES = (MENDED, TAKEN_BACK, LEFT_ALONE, LATE)
VICTIMS = ("relay", "worker-discipline", "worker-notifier", "clock")
FIRST = date(2024, 10, 7)
WEEKS = 2
"""Between the beginnings of two rounds, all on Mondays, and all without a holiday."""
SETTLE_SECONDS = 120.0

Cause = tuple[str, StallRule, datetime, bool]
"""The agency, what stalled, from when on, and whether it has ended."""


@dataclass
class Week:
    """The findings of one round, one at each agency, and what people do about them."""

    suite: RunningSuite
    clock: DemoClock
    monday: date
    findings: dict[str, UUID] = field(default_factory=dict)

    def day(self, number: int) -> datetime:
        """Nine o'clock, so many days after the Monday."""
        return nine(self.monday + timedelta(days=number))

    def leap(self, to: datetime) -> None:
        """Let time pass, whoever is there to see it."""
        self.suite.rows('update suite.clock set "offset" = %s - clock_timestamp() returning "offset"', to)

    def begin(self) -> None:
        """On Monday the findings are submitted, and everything settles."""
        self.clock.advance(self.day(0))
        for agency_id in AGENCIES:
            body = {
                "agency_id": agency_id,
                "violation_type": VIOLATION,
                "directive_id": DIRECTIVE,
                "fact_date": str(self.monday),
                "source": "inspection",
                "narrative": "Bảng niêm yết thủ tục trống.",
            }
            answer = self.suite.command("/inspection/findings", self.token(INSPECTOR), body)
            self.findings[agency_id] = UUID(answer["id"])
        self.clock.settle()

    def tuesday(self) -> None:
        """One owner plans; one finding is withdrawn."""
        self.own(MENDED, "acknowledge")
        measure = {"measure_id": "niem-yet", "description": "Niêm yết lại.", "until": str(self.day(3).date())}
        self.own(MENDED, "plans", measures=[measure])
        self.on(f"/inspection/findings/{self.findings[TAKEN_BACK]}", "withdraw", INSPECTOR, reason="Ghi nhầm.")

    def wednesday(self) -> None:
        """The plan is accepted."""
        self.on(f"/discipline/follow-ups/{self.findings[MENDED]}", "plans/accept", JUDGE)

    def friday(self) -> None:
        """It is mended and seen to be; another owner acknowledges, two days after he should have."""
        self.own(MENDED, "completion", report="Đã niêm yết.", evidence=["Ảnh chụp bảng."])
        self.on(f"/discipline/follow-ups/{self.findings[MENDED]}", "verify", JUDGE)
        self.own(LATE, "acknowledge")

    def own(self, agency_id: str, action: str, **body: object) -> None:
        """The agency's head, who owns the follow-up, does something."""
        path = f"/discipline/follow-ups/{self.findings[agency_id]}/{action}"
        self.suite.command(path, self.token(_head(agency_id)), body)

    def on(self, path: str, action: str, by: str, **body: object) -> None:
        """Somebody decides on what he sees."""
        shown = self.suite.get(path, self.token(by))
        version = shown["version"] if "version" in shown else shown["follow_up"]["version"]
        self.suite.command(f"{path}/{action}", self.token(by), body, if_match=version)

    def token(self, post_id: str) -> str:
        """The token of whoever holds a post."""
        person_id = sample_province().person_of(post_id)
        member = next(one for one in sample_province().members(self.monday) if one.person_id == person_id)
        return self.suite.token(person_id, *member.roles, agency_id=member.agency_id)

    def causes(self) -> set[Cause]:
        """The alerts about these findings, as the notifier's events tell them."""
        rows = self.suite.rows(
            "select opened.data->>'case_id', opened.data->>'rule', opened.data->>'due_at',"
            " exists (select from notifier.events ended where ended.stream = opened.stream"
            "  and ended.type = 'notifier.alert_ended.v1')"
            " from notifier.events opened where type = 'notifier.alert_opened.v1'"
            " and opened.data->>'case_kind' = 'follow_up'"
        )
        agencies = {str(finding_id): agency_id for agency_id, finding_id in self.findings.items()}
        return {
            (agencies[case_id], StallRule(rule), datetime.fromisoformat(due_at), ended)
            for case_id, rule, due_at, ended in rows
            if case_id in agencies
        }

    def told(self, agency_id: str) -> list[tuple[str, str]]:
        """To whom anything about a finding was delivered in the suite, and what stalled."""
        return self.suite.rows(
            "select post_id, rule from notifier.delivery join notifier.alert_view on alert_view.id = alert_id"
            " where case_id = %s and case_kind = 'follow_up' and channel = 'inbox'",
            self.findings[agency_id],
        )


def _head(agency_id: str) -> str:
    return f"{agency_id}-{'chu-tich' if agency_id.startswith('xa-') else 'giam-doc'}"


@contextmanager
def stopped(suite: RunningSuite, name: str | None) -> Iterator[None]:
    """A process stands still, with all that it holds; none: nothing does.

    Not in the middle of a transaction: whoever is stopped there is rolled back by the database, which is another test.
    """
    process = None if name is None else suite.process(name)
    if process is None:
        yield
        return
    process.send_signal(signal.SIGSTOP)
    while _in_transaction(suite):
        process.send_signal(signal.SIGCONT)
        time.sleep(0.05)
        process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        process.send_signal(signal.SIGCONT)


def _in_transaction(suite: RunningSuite) -> bool:
    for _ in range(3):
        (busy,) = suite.rows("select count(*) from pg_stat_activity where state = 'idle in transaction'")
        if busy == (0,):
            return False
        time.sleep(0.05)
    return True


async def calm(monday: date) -> set[Cause]:
    """The alerts of the same week on the same days, worked out in one process."""
    there, matters = await course(), {}
    await there.until(monday)
    for agency_id in AGENCIES:
        matters[agency_id] = await submit(there, DIRECTIVE, agency_id, VIOLATION)
    await there.until(monday + timedelta(days=1))
    await matters[MENDED].acknowledge()
    await matters[MENDED].plan(monday + timedelta(days=3))
    await matters[TAKEN_BACK].withdraw()
    await there.until(monday + timedelta(days=2))
    await matters[MENDED].accept_plan()
    await there.until(monday + timedelta(days=4))
    await matters[MENDED].claim()
    await matters[MENDED].verify()
    await matters[LATE].acknowledge()
    await there.until(monday + timedelta(days=8))
    alerts = [(agency_id, alert) for agency_id, matter in matters.items() for alert in await there.alerts(matter.id)]
    return {
        (agency_id, alert.opened.rule, alert.opened.due_at, alert.ended)
        for agency_id, alert in alerts
        if alert.opened is not None and alert.opened.case_kind == "follow_up"
    }


async def test_the_calm_week_is_what_it_should_be() -> None:
    """Counted by hand for 7 October 2024: two days to acknowledge end with the 9th, five to mend with Monday, the 14th.

    Three working days before that begin on Thursday, the 10th, one on the Monday itself.
    """
    found = {
        (agency_id, rule, due_at.astimezone(nine(FIRST).tzinfo).date(), ended)
        for agency_id, rule, due_at, ended in await calm(FIRST)
    }
    assert found == {
        (agency_id, rule, day, ended)
        for agency_id in (LEFT_ALONE, LATE)
        for rule, day, ended in (
            (StallRule.NOT_ACKNOWLEDGED, date(2024, 10, 10), agency_id == LATE),
            (StallRule.DUE_SOON_FIRST, date(2024, 10, 10), True),
            (StallRule.DUE_SOON_LAST, date(2024, 10, 14), True),
            (StallRule.OVERDUE, date(2024, 10, 15), False),
        )
    } | {(MENDED, StallRule.DUE_SOON_FIRST, date(2024, 10, 10), True)}


@pytest.mark.timeout(600)
async def test_after_an_outage_the_alerts_are_those_of_a_calm_run() -> None:
    with running("--demo-clock", "--sample", "--demo-begins", f"{FIRST}T08:00:00") as suite:
        clock = DemoClock(suite.settings.admin_dsn, patience=SETTLE_SECONDS)
        for number, victim in enumerate((None, *VICTIMS)):
            week = Week(suite, clock, FIRST + timedelta(weeks=WEEKS * number))
            week.begin()
            with stopped(suite, victim):
                for act, day in ((week.tuesday, 1), (week.wednesday, 2), (week.friday, 4)):
                    (week.leap if victim else clock.advance)(week.day(day))
                    act()
                (week.leap if victim else clock.advance)(week.day(8))
            clock.settle()

            assert week.causes() == await calm(week.monday), victim
            assert week.told(TAKEN_BACK) == [], victim
            assert (_head(LEFT_ALONE), StallRule.OVERDUE) in week.told(LEFT_ALONE), victim
        clock.close()
        suite.cli("verify")
