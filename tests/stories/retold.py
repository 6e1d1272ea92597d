"""A story's findings told in one process: who does what on which day, and what became of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import NAMESPACE_URL, uuid5

from inspection.organisation import queries
from schemas.inspection.findings import FindingSource
from schemas.notifier.alerts import StallRule
from schemas.values import DayKind, Term
from tests.stories.acts import JUDGE, Matter, submit
from tests.stories.course import Course, course, nine
from tests.stories.story import Finding, StallsAt, Story, Then

STALLED_AT = {
    StallsAt.ACKNOWLEDGE: StallRule.NOT_ACKNOWLEDGED,
    StallsAt.PLAN: StallRule.NO_PLAN,
    StallsAt.PROGRESS: StallRule.NO_PROGRESS,
    StallsAt.OVERDUE: StallRule.OVERDUE,
    StallsAt.VERIFICATION: StallRule.VERIFICATION_PENDING,
}
REMINDS = {StallRule.DUE_SOON_FIRST, StallRule.DUE_SOON_LAST}
NOT_THE_OWNERS = {StallRule.FINDING_NOT_DECIDED}
QUIET = timedelta(days=120)
"""After the last act everything that still can climb gets this long."""

Act = Callable[[], Awaitable[None]]


@dataclass
class Retelling:
    """A story on a course."""

    story: Story
    course: Course
    matters: dict[str, Matter] = field(default_factory=dict)

    async def run(self) -> None:
        """Act day by day, and let what stalls climb to the end."""
        days: dict[date, list[Act]] = defaultdict(list)
        for finding in self.story.findings:
            for day, act in self._acts(finding):
                days[day].append(act)
        for day in sorted(days):
            await self.course.until(day)
            for act in days[day]:
                await act()
        await self.course.until(self.course.today + QUIET)

    async def wrong(self) -> list[str]:
        """What is not as the story says."""
        return [f"{finding.id}: {line}" for finding in self.story.findings for line in await self._wrong(finding)]

    def _acts(self, finding: Finding) -> Iterator[tuple[date, Act]]:
        on, contested = finding.submitted_on, Then.CONTESTED in finding.then
        yield on, lambda: self._submit(finding)
        for then in finding.then:
            match then:
                case Then.WITHDRAWN:
                    yield self._later(on, 1), lambda: self._of(finding).withdraw()
                case Then.DUPLICATE:
                    yield self._later(on, 2), lambda: self._duplicate(finding)
                case Then.CONTESTED:
                    yield self._later(on, 1), lambda: self._contest(finding)
                case Then.DISMISSED:
                    yield self._later(on, 2), lambda: self._of(finding).dismiss()
                case Then.CONFIRMED:
                    yield self._later(on, 3 if contested else 7), lambda: self._of(finding).confirm(answered=contested)
                case Then.MOVES | Then.STALLS:
                    yield from self._follow_up(finding)

    def _follow_up(self, finding: Finding) -> Iterator[tuple[date, Act]]:
        """The steps of the follow-up up to where it stalls, if it does."""
        steps: list[tuple[StallsAt | None, int, Act]] = [
            (StallsAt.ACKNOWLEDGE, 1, lambda: self._of(finding).acknowledge()),
            (StallsAt.PLAN, 1, lambda: self._of(finding).plan(self._later(finding.submitted_on, 4))),
            (None, 2, lambda: self._judged(finding, Matter.accept_plan)),
            (StallsAt.PROGRESS, 2, lambda: self._of(finding).progress(80)),
            (StallsAt.OVERDUE, 3, lambda: self._of(finding).claim()),
            (StallsAt.VERIFICATION, 4, lambda: self._judged(finding, Matter.verify)),
        ]
        for stage, days, act in steps:
            if stage is not None and stage is finding.stalls_at:
                return
            yield self._later(finding.submitted_on, days), act

    def _of(self, finding: Finding) -> Matter:
        return self.matters[finding.id]

    async def _submit(self, finding: Finding) -> None:
        self.matters[finding.id] = await submit(
            self.course,
            self.story.directive_id,
            finding.agency_id,
            finding.violation_type,
            *finding.officials,
            fact_date=finding.fact_date,
            source=finding.source,
            matter_id=None if finding.matter is None else uuid5(NAMESPACE_URL, finding.matter),
            by=finding.inspector,
        )

    async def _duplicate(self, finding: Finding) -> None:
        await self._of(finding).duplicate_of(self.matters[str(finding.original)])

    async def _contest(self, finding: Finding) -> None:
        await self._of(finding).contest(by=(await self._of(finding).finding()).posts.head)

    async def _judged(self, finding: Finding, act: Callable[[Matter, str], Awaitable[None]]) -> None:
        """By somebody who may: for an internal check the superior agency."""
        superior = queries.superior_of(await self.course.organisation(), finding.agency_id, self.course.today)
        internal = finding.source is FindingSource.INTERNAL_CHECK
        await act(self._of(finding), str(superior) if internal else JUDGE)

    def _later(self, day: date, working_days: int) -> date:
        return self.course.calendar.after(nine(day), Term(days=working_days, day_kind=DayKind.WORKING)).last_day

    async def _wrong(self, finding: Finding) -> list[str]:
        matter = self._of(finding)
        status, alerts = await matter.status(), await self.course.alerts(matter.id)
        stalled = [one for one in alerts if one.opened and one.opened.rule not in REMINDS | NOT_THE_OWNERS]
        if Then.MOVES in finding.then:
            due = "closed" if Then.CONFIRMED in finding.then else "verified"
        else:
            due = status if Then.STALLS in finding.then else "cancelled"
        found = [] if status == due else [f"should be {due}, and is {status}"]
        if finding.stalls_at is None:
            return found + [f"an alert {one.opened and one.opened.rule} goes on" for one in stalled if not one.ended]
        rule = STALLED_AT[finding.stalls_at]
        climbed = [one for one in stalled if one.opened and one.opened.rule is rule and one.exhausted]
        return found if len(climbed) == 1 else [*found, f"{len(climbed)} alerts {rule} climbed to the end"]


async def retold(story: Story) -> Retelling:
    """The story, told to its end."""
    telling = Retelling(story, await course())
    await telling.run()
    return telling
