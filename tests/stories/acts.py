"""What people do about a finding and its follow-up, with the facts that the suite puts on their commands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from discipline.follow_ups import commands as on_follow_up
from discipline.follow_ups.state import FollowUp
from discipline.reviews.state import Review
from inspection.findings import commands as on_finding
from inspection.findings.state import Draft, Finding
from inspection.organisation import queries
from inspection.organisation.commands import Command, FillPost
from notifier.alerts.commands import AcknowledgeAlert
from notifier.alerts.state import Alert
from schemas.discipline.followups import Measure
from schemas.inspection.findings import FindingContent, FindingSource
from schemas.notifier.alerts import StallRule
from schemas.values import DocumentRef
from services.application import findings
from services.application.directory import AUTHORITY, ORGANISATION
from services.application.discipline.aggregates import FOLLOW_UP
from services.application.discipline.facts import Facts
from services.application.findings import FINDING
from services.application.identity import Principal
from services.application.notifier import ALERT
from tests.stories.course import Course

INSPECTOR = "thanh-tra-tinh-thanh-tra-vien"
JUDGE = "thanh-tra-tinh-theo-doi-xu-ly"
"""The inspectorate's follow-up officer: submits nothing, so she may confirm and verify what others found."""
INSPECTORATE = "thanh-tra-tinh-chanh-thanh-tra"
CHAIR = "ubnd-tinh-chu-tich"
_TOKEN_ENDS = datetime(2099, 1, 1, tzinfo=UTC)


def document() -> DocumentRef:
    """A text in the registry, of which only its id and proof are known here."""
    return DocumentRef(document_id=uuid4(), sha256=uuid4().hex * 2)


@dataclass(frozen=True)
class Matter:
    """A finding that was submitted, and its follow-up."""

    course: Course
    id: UUID
    inspector: str

    # -- what it has become ------------------------------------------------------------------------------------------

    async def finding(self) -> Finding:
        """The finding."""
        state = await self.course.state(FINDING, self.id)
        assert isinstance(state, Finding)
        return state

    async def follow_up(self) -> FollowUp:
        """Its follow-up."""
        state = await self.course.state(FOLLOW_UP, self.id)
        assert isinstance(state, FollowUp)
        return state

    async def status(self) -> str:
        """The follow-up's status, as people see it."""
        status: str = self.course.store.views["follow_up_view"][str(self.id)]["status"]
        return status

    async def reviews(self) -> list[Review]:
        """The reviews that rest on it."""
        return await self.course.reviews(self.id)

    async def alert(self, rule: StallRule) -> Alert:
        """The one alert of a kind."""
        (found,) = [one for one in await self.course.alerts(self.id) if one.opened and one.opened.rule is rule]
        return found

    # -- inspectors and those who answer for them --------------------------------------------------------------------

    async def contest(self, by: str) -> None:
        """The agency's head objects."""
        facts, person = await _facts(self.course), await person_in(self.course, by)
        await self._on_finding(facts.contest(await self.finding(), person, document()), person)

    async def confirm(self, by: str = JUDGE, *, answered: bool = False) -> None:
        """Somebody of the inspectorate says that it stands, answering the objections where there are some."""
        facts, person = await _facts(self.course), await person_in(self.course, by)
        answer = document() if answered else None
        await self._on_finding(on_finding.ConfirmFinding(facts.standing(person), self.course.at, answer), person)

    async def dismiss(self, by: str = JUDGE) -> None:
        """Somebody of the inspectorate says that it does not stand."""
        facts, person = await _facts(self.course), await person_in(self.course, by)
        await self._on_finding(on_finding.DismissFinding(facts.standing(person), document()), person)

    async def withdraw(self) -> None:
        """Its inspector takes it back."""
        person = await person_in(self.course, self.inspector)
        command = on_finding.WithdrawFinding(document(), on_finding.Author(person, leads=False))
        await self._on_finding(command, person)

    async def duplicate_of(self, original: Matter, by: str = JUDGE) -> None:
        """The same was found before."""
        facts, person = await _facts(self.course), await person_in(self.course, by)
        command = on_finding.MarkDuplicate(facts.standing(person), original.id, await original.finding(), "same-fact")
        await self._on_finding(command, person)

    async def amend(self, *, due_on: date | None = None) -> None:
        """Its inspector says it anew, perhaps with more time."""
        facts, person, state = await _facts(self.course), await self._person(self.inspector), await self.finding()
        command = await facts.amendment(
            state,
            fact_date=state.content.fact_date,
            officials=[official.post_id for official in state.content.officials],
            narrative=document(),
            evidence=(document(),),
            reason=document(),
            due_on=due_on,
            by=on_finding.Author(person, leads=False),
        )
        await self._on_finding(command, person)

    async def _on_finding(self, command: object, person: UUID) -> None:
        await self.course.carry_out(FINDING, self.id, command, person)

    # -- the agency, and who judges it -------------------------------------------------------------------------------

    async def acknowledge(self, by: str | None = None) -> None:
        """The owner has seen it."""
        await self._own(on_follow_up.Acknowledge, by)

    async def plan(self, until: date, by: str | None = None) -> None:
        """The owner says how it will be mended."""
        measure = Measure(measure_id="mend", description=document(), until=until)
        await self._own(lambda who: on_follow_up.SubmitPlan(who, (measure,)), by)

    async def progress(self, percent: int, by: str | None = None) -> None:
        """The owner reports."""
        await self._own(lambda who: on_follow_up.ReportProgress(who, percent, document(), (document(),)), by)

    async def ask_more_time(self, until: date, by: str | None = None) -> None:
        """The owner asks for an extension."""
        at = self.course.at
        await self._own(lambda who: on_follow_up.RequestExtension(who, at, until, document(), (document(),)), by)

    async def claim(self, by: str | None = None) -> None:
        """The owner says that it is mended."""
        at = self.course.at
        await self._own(lambda who: on_follow_up.ClaimCompletion(who, at, document(), (document(),)), by)

    async def hand_over(self, to: str, by: str | None = None) -> None:
        """The owner passes it on."""
        state = await self.follow_up()
        who = await self._who(by or await self._owner())
        command = on_follow_up.HandOver(who.by(state.owner_post), who.around(state), who.place(to), document())
        await self._on_follow_up(command, who)

    async def assign(self, to: str, by: str) -> None:
        """A head gives it to a post of the agency."""
        who = await self._who(by)
        around = who.around(await self.follow_up())
        await self._on_follow_up(on_follow_up.AssignOwner(who.by(), around, who.place(to)), who)

    async def accept_plan(self, by: str = JUDGE) -> None:
        """The plan is good."""
        await self._judge(on_follow_up.AcceptPlan, by)

    async def send_back_plan(self, by: str = JUDGE) -> None:
        """The plan is not."""
        await self._judge(on_follow_up.SendBackPlan, by, document())

    async def grant(self, by: str = JUDGE) -> None:
        """More time, as asked for."""
        await self._judge(on_follow_up.GrantExtension, by, self.course.calendar)

    async def verify(self, by: str = JUDGE) -> None:
        """It is mended."""
        await self._judge(on_follow_up.VerifyRemediation, by)

    async def reject(self, by: str = JUDGE) -> None:
        """It is not."""
        await self._judge(on_follow_up.RejectRemediation, by, document())

    async def urge(self, by: str) -> None:
        """Somebody who watches over the agency asks the owner to act."""
        state, who = await self.follow_up(), await self._who(by)
        await self._on_follow_up(on_follow_up.Urge(who.by(), who.around(state), document()), who)

    async def acknowledge_alert(self, rule: StallRule, by: str) -> None:
        """Somebody who was told takes note."""
        course, person = self.course, await self._person(by)
        posts = queries.posts_of(await course.organisation(), person, course.today)
        alert = await self.alert(rule)
        assert alert.opened is not None
        id_ = alert.opened.alert_id
        await course.carry_out(ALERT, id_, AcknowledgeAlert(id_, person, posts, course.at, course.calendar), person)

    async def _own(self, command: Any, by: str | None) -> None:
        state = await self.follow_up()
        who = await self._who(by or await self._owner())
        await self._on_follow_up(command(who.by(state.owner_post)), who)

    async def _judge(self, command: Any, by: str, *more: object) -> None:
        state, who = await self.follow_up(), await self._who(by)
        await self._on_follow_up(command(who.by(state.owner_post), who.around(state), *more), who)

    async def _owner(self) -> str:
        """The owning post, or whoever has inherited from it."""
        state = await self.follow_up()
        return queries.heir_of(await self.course.organisation(), state.owner_post, self.course.today) or ""

    async def _who(self, post_id: str) -> Facts:
        organisation = await self.course.organisation()
        person = await self._person(post_id)
        principal = Principal(person, frozenset(), organisation.posts[post_id].agency_id, _TOKEN_ENDS)
        return Facts(principal, organisation, self.course.at)

    async def _person(self, post_id: str) -> UUID:
        return await person_in(self.course, post_id)

    async def _on_follow_up(self, command: object, who: Facts) -> None:
        await self.course.carry_out(FOLLOW_UP, self.id, command, who.principal.person_id)


async def submit(
    course: Course,
    directive_id: str,
    agency_id: str,
    violation_type: str,
    *officials: str,
    fact_date: date | None = None,
    source: FindingSource = FindingSource.INSPECTION,
    matter_id: UUID | None = None,
    replaces: Matter | None = None,
    inspection_id: UUID | None = None,
    by: str = INSPECTOR,
) -> Matter:
    """An inspector submits a finding; the officials concerned are named by their posts."""
    facts, finding_id, inspector = await _facts(course), uuid4(), await person_in(course, by)
    day = fact_date or course.today
    content = FindingContent(
        agency_id=agency_id,
        violation_type=violation_type,
        directive_id=directive_id,
        fact_date=day,
        source=source,
        inspection_id=inspection_id,
        matter_id=matter_id or finding_id,
        officials=facts.involved(officials, agency_id, day),
        narrative=document(),
        evidence=(document(),),
        replaces=None if replaces is None else replaces.id,
    )
    await course.carry_out(FINDING, finding_id, await facts.submission(finding_id, content, inspector), inspector)
    return Matter(course, finding_id, by)


async def drafts(course: Course) -> list[Draft]:
    """What rules have written down for an inspector to look at."""
    rows = course.store.views["finding_view"].values()
    found = [await course.state(FINDING, row["id"]) for row in rows if row["status"] == "drafted"]
    return [draft for draft in found if isinstance(draft, Draft)]


async def appoint(course: Course, post_id: str, name: str, *, since: date, acting: bool = False) -> UUID:
    """Somebody comes to hold a post."""
    person = uuid5(NAMESPACE_URL, name)
    await reorganise(course, FillPost(post_id, person, acting, since))
    return person


async def reorganise(course: Course, *commands: Command) -> None:
    """An administrator records what changed in the organisation."""
    for command in commands:
        await course.carry_out(ORGANISATION, AUTHORITY, command, uuid5(NAMESPACE_URL, "administrator"))


async def person_in(course: Course, post_id: str) -> UUID:
    """Who holds a post today."""
    held = queries.holder(await course.organisation(), post_id, course.today)
    assert held is not None, f"nobody holds {post_id}"
    return held.person_id


async def _facts(course: Course) -> findings.Facts:
    return findings.Facts(course.handler, await course.organisation(), course.calendar, course.at)
