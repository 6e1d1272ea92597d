"""Tells the stories' findings to a running suite: who does what on which day, through the HTTP API alone."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import groupby
from time import perf_counter
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from schemas.inspection.findings import FindingSource
from schemas.inspection.organisation import PostKind
from services.adapters.calendar import vietnam
from services.adapters.sample_province import sample_province
from services.application.identity import Role
from services.entrypoints.commands.up import HERE
from tests.stories.story import Finding, StallsAt, Story, Then
from tests.whole.running import RunningSuite, SeenIsOld, SuiteFailed

LEADER_AND_JUDGE = "thanh-tra-tinh-theo-doi-xu-ly"
"""The inspectorate's follow-up officer: submits nothing, so she may confirm and verify what others found."""
CHAIR = "ubnd-tinh-chu-tich"
NINE = time(9)
LOOKS = 5
QUIET_DAYS = 120
"""After the last act everything that still can climb gets this long."""

Act = Callable[[], None]


@dataclass
class Told:
    """A finding of a story and what became of it in the suite."""

    story: Story
    finding: Finding
    id: UUID | None = None
    posted: float = 0.0
    """When it was sent, by this process's monotonic clock."""

    @property
    def finding_id(self) -> UUID:
        """The suite's id. Raises `AssertionError` before it was submitted."""
        if self.id is None:
            raise AssertionError(f"{self.finding.id} was not submitted")
        return self.id


@dataclass
class Telling:
    """The stories on a running suite."""

    suite: RunningSuite
    stories: tuple[Story, ...]
    told: list[Told] = field(default_factory=list)
    _tokens: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.told = [Told(story, finding) for story in self.stories for finding in story.findings]

    def run(self) -> None:
        """Act day by day, moving the suite's clock in between, and let what stalls climb to the end."""
        acts = sorted((act for told in self.told for act in self._acts(told)), key=lambda act: act[0])
        last = acts[-1][0]
        for day, todays in groupby(acts, key=lambda act: act[0]):
            self._advance(day)
            for _, act in todays:
                act()
        self._advance(last + timedelta(days=QUIET_DAYS))

    # -- the days ------------------------------------------------------------------------------------------------

    def _acts(self, told: Told) -> list[tuple[date, Act]]:
        """What is done about a finding, each on its working day."""
        on = told.finding.submitted_on
        acts: list[tuple[date, Act]] = [(on, lambda: self._submit(told))]
        for then in told.finding.then:
            match then:
                case Then.WITHDRAWN:
                    acts.append((_later(on, 1), lambda: self._withdraw(told)))
                case Then.DUPLICATE:
                    acts.append((_later(on, 2), lambda: self._duplicate(told)))
                case Then.CONTESTED:
                    acts.append((_later(on, 1), lambda: self._contest(told)))
                case Then.DISMISSED:
                    acts.append((_later(on, 2), lambda: self._judge(told, "dismiss", {"reason": "Ý kiến có cơ sở."})))
                case Then.CONFIRMED:
                    contested = Then.CONTESTED in told.finding.then
                    acts.append((_later(on, 3 if contested else 7), lambda: self._confirm(told)))
                case Then.MOVES | Then.STALLS:
                    acts += self._follow_up(told)
        return acts

    def _follow_up(self, told: Told) -> list[tuple[date, Act]]:
        """The steps of the follow-up up to where it stalls, if it does."""
        steps: list[tuple[StallsAt | None, int, Act]] = [
            (StallsAt.ACKNOWLEDGE, 1, lambda: self._own(told, "acknowledge")),
            (StallsAt.PLAN, 1, lambda: self._own(told, "plans", self._plan(told))),
            (None, 2, lambda: self._answer(told, "plans/accept")),
            (StallsAt.PROGRESS, 2, lambda: self._own(told, "progress", PROGRESS)),
            (StallsAt.OVERDUE, 3, lambda: self._own(told, "completion", COMPLETION)),
            (StallsAt.VERIFICATION, 4, lambda: self._answer(told, "verify")),
        ]
        acts: list[tuple[date, Act]] = []
        for stage, days, act in steps:
            if stage is not None and stage is told.finding.stalls_at:
                break
            acts.append((_later(told.finding.submitted_on, days), act))
        return acts

    # -- the inspectors ------------------------------------------------------------------------------------------

    def _submit(self, told: Told) -> None:
        finding = told.finding
        body = {
            "agency_id": finding.agency_id,
            "violation_type": finding.violation_type,
            "directive_id": told.story.directive_id,
            "fact_date": str(finding.fact_date),
            "source": finding.source,
            "officials": list(finding.officials),
            "narrative": finding.narrative,
            "evidence": list(finding.evidence),
        }
        if finding.matter is not None:
            body["matter_id"] = str(uuid5(NAMESPACE_URL, f"urn:kycuong:story:{finding.matter}"))
        told.posted = perf_counter()
        answer = self.suite.command("/inspection/findings", self.token(finding.inspector), body, key=self._key(told))
        told.id = UUID(answer["id"])

    def _withdraw(self, told: Told) -> None:
        self._on_finding(told, "withdraw", told.finding.inspector, {"reason": "Ghi nhầm cơ quan."})

    def _duplicate(self, told: Told) -> None:
        original = next(other for other in self.told if other.finding.id == told.finding.original)
        body = {"original_id": str(original.finding_id), "reason": "same-fact"}
        self._judge(told, "duplicate", body)

    def _confirm(self, told: Told) -> None:
        contested = Then.CONTESTED in told.finding.then
        self._judge(told, "confirm", {"answer": "Hồ sơ cho thấy vi phạm có thật."} if contested else {})

    def _judge(self, told: Told, action: str, body: dict[str, str]) -> None:
        self._on_finding(told, action, LEADER_AND_JUDGE, body)

    # -- the agency ----------------------------------------------------------------------------------------------

    def _contest(self, told: Told) -> None:
        self._on_finding(told, "contest", self._head(told.finding.agency_id), {"reason": "Biên bản chưa đúng thực tế."})

    def _own(self, told: Told, action: str, body: dict[str, Any] | None = None) -> None:
        owner = self._follow_up_of(told)["follow_up"]["owner_post"]
        path = f"/discipline/follow-ups/{told.finding_id}/{action}"
        self.suite.command(path, self.token(owner), body, key=self._key(told, action))

    def _plan(self, told: Told) -> dict[str, Any]:
        until = _later(told.finding.submitted_on, 4)
        measure = {"measure_id": "khac-phuc", "description": "Khắc phục và niêm yết công khai.", "until": str(until)}
        return {"measures": [measure]}

    def _answer(self, told: Told, action: str) -> None:
        """Accept or verify, by somebody who may: for an internal check the superior agency."""
        internal = told.finding.source is FindingSource.INTERNAL_CHECK
        by = self._superior(told.finding.agency_id) if internal else LEADER_AND_JUDGE
        self._on_seen(
            f"/discipline/follow-ups/{told.finding_id}",
            action,
            by,
            {},
            lambda shown: shown["follow_up"]["version"],
            told,
        )

    # -- reading and calling -------------------------------------------------------------------------------------

    def _on_finding(self, told: Told, action: str, by: str, body: dict[str, str]) -> None:
        path = f"/inspection/findings/{told.finding_id}"
        self._on_seen(path, action, by, body, lambda shown: shown["version"], told)

    def _on_seen(
        self, path: str, action: str, by: str, body: dict[str, str], version: Callable[[Any], int], told: Told
    ) -> None:
        """Decide on what was seen; where a policy was quicker, look again."""
        for _ in range(LOOKS):
            seen = version(self.suite.get(path, self.auditor))
            with suppress(SeenIsOld):
                key = self._key(told, f"{action}-{seen}")
                self.suite.command(f"{path}/{action}", self.token(by), body, key=key, if_match=seen)
                return
        raise SuiteFailed(f"{path} changed {LOOKS} times while it was being decided")

    def _follow_up_of(self, told: Told) -> dict[str, Any]:
        shown: dict[str, Any] = self.suite.get(f"/discipline/follow-ups/{told.finding_id}", self.auditor)
        return shown

    def _advance(self, day: date) -> None:
        self.suite.cli("clock", "advance", "--to", datetime.combine(day, NINE).isoformat())

    def token(self, post_id: str) -> str:
        """The token of whoever holds a post of the sample province."""
        if post_id not in self._tokens:
            province = sample_province()
            person_id = province.person_of(post_id)
            member = next(member for member in province.members(DAY) if member.person_id == person_id)
            self._tokens[post_id] = self.suite.token(person_id, *member.roles, agency_id=member.agency_id)
        return self._tokens[post_id]

    @cached_property
    def auditor(self) -> str:
        """The token of an auditor, who reads all and changes nothing."""
        return self.suite.token(uuid5(NAMESPACE_URL, "urn:kycuong:story:auditor"), Role.AUDITOR, agency_id=None)

    @cached_property
    def _agencies(self) -> dict[str, dict[str, Any]]:
        shown = self.suite.get("/inspection/organisation", self.auditor)
        return {agency["agency_id"]: agency for agency in shown["agencies"]}

    def _head(self, agency_id: str) -> str:
        posts = self._agencies[agency_id]["posts"]
        return str(next(post["post_id"] for post in posts if post["kind"] == PostKind.HEAD))

    def _superior(self, agency_id: str) -> str:
        return self._head(self._agencies[agency_id]["parent_id"] or "ubnd-tinh")

    @staticmethod
    def _key(told: Told, action: str = "submit") -> str:
        return f"{told.story.directive_id}-{told.finding.id}-{action}"


DAY = date(2024, 10, 7)
"""The first day of the stories; until its end nobody of the province changes posts."""
PROGRESS = {"percent": 80, "report": "Đã khắc phục phần lớn.", "evidence": ["Biên bản kiểm tra nội bộ."]}
COMPLETION = {"report": "Đã khắc phục xong.", "evidence": ["Ảnh chụp và sổ theo dõi."]}


def _later(day: date, working_days: int) -> date:
    """The day so many working days later."""
    start = datetime.combine(day, NINE, HERE)
    return vietnam().working_days_after(start, working_days).astimezone(HERE).date() - timedelta(days=1)
