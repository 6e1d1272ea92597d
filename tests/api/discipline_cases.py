"""An organisation and cases in the discipline context, for the tests of its API."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import asyncpg

from discipline.follow_ups.commands import FollowConfirmation, OpenFollowUp
from discipline.responsibility.commands import Head, RaiseQuestions
from discipline.reviews.commands import OpenReview, ProposeReview
from discipline.reviews.procedure.commands import (
    AppointSecretary,
    ConveneMeeting,
    HoldMeeting,
    NotifySubject,
    SubmitSelfReview,
)
from discipline.reviews.reckoning import Setting
from discipline.reviews.state import review_id
from discipline.standing import Person
from discipline.successions.commands import ProposeSuccession
from inspection.organisation.commands import Command, CreatePost, FillPost
from inspection.organisation.decide import decide
from inspection.organisation.evolve import evolve
from inspection.organisation.state import INITIAL
from schemas.discipline.review_procedure import MeetingOutcome, MeetingVotes
from schemas.discipline.reviews import BasisItem, ReviewGround, ReviewTerms, Subject
from schemas.envelope import EventMeta, Recorded
from schemas.inspection.organisation import PostKind, RestructuringAnnounced, RestructuringKind
from schemas.values import FollowUpTerms, Name, Posts, SubjectKind
from services.adapters import law
from services.adapters.directory_copy import keep_directory
from services.application.directory import STREAM
from services.application.discipline.aggregates import FOLLOW_UP, RESPONSIBILITY, REVIEW, SUCCESSION
from services.application.handler import Request
from services.application.identity import Role
from services.entrypoints.api.context import Context
from tests.api.access import tree
from tests.api.access.table import CASE_AGENCY, insider
from tests.discipline import samples
from tests.transactions import Quiet

DUE = datetime(2026, 3, 20, 17, tzinfo=UTC)
"""24:00 of 20 March 2026; the clock of these tests stands on 2 March."""
POSTS = Posts(head="so-y-te-head", superior="tinh-head", inspectorate="thanh-tra-head", chair="tinh-head")
WATCHERS = (Role.INSPECTOR, Role.TEAM_LEADER, Role.INSPECTORATE_OFFICER)
_NAME = Name(vi="Thanh tra viên", en="Inspector")


def post(post_id: str, agency_id: str, holder: UUID) -> list[Command]:
    """A post and who holds it."""
    kind = SubjectKind.CIVIL_SERVANT
    made = CreatePost(post_id, agency_id, PostKind.OFFICIAL, _NAME, kind, tree.SINCE)
    return [made, FillPost(post_id, holder, False, tree.SINCE)]


async def plant(pool: asyncpg.Pool, more: Iterable[Command] = ()) -> None:
    """Copy the table's organisation, with a post in the inspectorate for each who watches, as the worker would."""
    watching = (
        command
        for role in WATCHERS
        for command in post(f"watcher-{role.value.replace('_', '-')}", "thanh-tra", insider(role).person_id)
    )
    state, events = INITIAL, []
    for command in [*tree.commands(), *watching, *more]:
        for event in decide(command, state):
            state = evolve(state, event)
            events.append(event)
    meta, at = EventMeta(actor="x", correlation_id=uuid4(), causation_id=uuid4()), datetime(2026, 1, 1, tzinfo=UTC)
    batch = [Recorded(n, uuid4(), STREAM, n, event, meta, at, at, bytes(32)) for n, event in enumerate(events, 1)]
    async with pool.acquire() as connection, connection.transaction():
        await keep_directory(Quiet(connection), batch)


def request() -> Request:
    """A request of a policy."""
    command_id = uuid4()
    return Request(command_id, "policy:x", command_id, command_id)


async def open_follow_up(
    context: Context,
    *,
    agency_id: str = CASE_AGENCY,
    due_at: datetime = DUE,
    inspector_id: UUID | None = None,
    terms: FollowUpTerms = samples.TERMS,
    matter_id: UUID | None = None,
) -> UUID:
    """A follow-up as a submitted finding opens it."""
    finding_id = uuid4()
    submitted = samples.submitted(terms)
    finding = submitted.model_copy(
        update={
            "finding_id": finding_id,
            "content": submitted.content.model_copy(update={"agency_id": agency_id, "matter_id": matter_id or uuid4()}),
            "posts": POSTS.model_copy(update={"head": f"{agency_id}-head"}),
            "inspector_id": inspector_id or uuid4(),
            "due_at": due_at,
        }
    )
    await context.handler.handle(FOLLOW_UP, finding_id, OpenFollowUp(finding), request())
    return finding_id


async def confirm(context: Context, finding_id: UUID, terms: FollowUpTerms = samples.TERMS, **but: object) -> None:
    """The finding is confirmed."""
    confirmed = samples.confirmed_finding(terms).model_copy(update={"finding_id": finding_id, **but})
    await context.handler.handle(FOLLOW_UP, finding_id, FollowConfirmation(confirmed), request())


async def raise_question(context: Context, finding_id: UUID, person_id: UUID | None = None) -> None:
    """Whether the department's head answers for it."""
    head = Head(1, CASE_AGENCY, "so-y-te-head", SubjectKind.CIVIL_SERVANT, person_id or uuid4(), False, None, None)
    terms = ReviewTerms(provision="Đoạn 8", authority_post="tinh-head", open_within=10, meeting_within=15)
    raising = RaiseQuestions(
        finding_id=finding_id,
        matter_id=finding_id,
        agency_id=CASE_AGENCY,
        directive_id="da-nang-2090",
        own_check=False,
        fact_date=date(2026, 2, 2),
        detected_at=datetime(2026, 2, 10, 2, tzinfo=UTC),
        terms=terms,
        answer_until=DUE,
        heads=(head,),
        law=law.shipped(),
    )
    await context.handler.handle(RESPONSIBILITY, finding_id, raising, request())


async def propose_succession(context: Context) -> UUID:
    """The department is to become part of another."""
    succession_id = uuid4()
    announced = RestructuringAnnounced(
        authority_id="tinh",
        valid_from=date(2026, 3, 1),
        succession_id=succession_id,
        kind=RestructuringKind.END,
        predecessors=(CASE_AGENCY,),
        successors=("so-giao-duc",),
        heir_id="so-giao-duc",
    )
    command = ProposeSuccession(announced, "so-giao-duc-head", (f"{CASE_AGENCY}-head", f"{CASE_AGENCY}-clerk"))
    await context.handler.handle(SUCCESSION, succession_id, command, request())
    return succession_id


CHAIRS = samples.person(samples.place("tinh-head", ("tinh",), head=True), name="tinh-head")
"""Whoever holds the chair's post."""


FACT = date(2026, 2, 2)
"""The day of what a review is about, unless said otherwise."""


async def propose_review(
    context: Context,
    *,
    person_id: UUID | None = None,
    matter_id: UUID | None = None,
    open_until: datetime = DUE,
    fact_date: date = FACT,
    collective: bool = False,
    authority_post: str = "tinh-head",
) -> UUID:
    """A review of somebody of the department, or of all of it, to be decided by the chair unless said otherwise."""
    matter_id = matter_id or uuid4()
    subject = Subject(
        kind=SubjectKind.CIVIL_SERVANT, agency_id=CASE_AGENCY, person_id=person_id or uuid4(), post_id="so-y-te-head"
    )
    if collective:
        subject = Subject(kind=SubjectKind.COLLECTIVE, agency_id=CASE_AGENCY, person_id=None, post_id=None)
    item = BasisItem(
        finding_id=uuid4(),
        ground=ReviewGround.VIOLATION_TYPE,
        fact_date=fact_date,
        detected_at=datetime(2026, 2, 10, 2, tzinfo=UTC),
    )
    terms = ReviewTerms(provision="Điều 9", authority_post=authority_post, open_within=10, meeting_within=15)
    setting = Setting(item.detected_at, law.shipped(), await context.calendars.current())
    command = ProposeReview(matter_id, subject, "da-nang-2090", terms, (item,), open_until, setting)
    id_ = review_id(matter_id, subject)
    await context.handler.handle(REVIEW, id_, command, request())
    return id_


async def found_further(context: Context, review_id: UUID) -> None:
    """Another finding joins a review that is under way."""
    state = (await context.handler.load(REVIEW, REVIEW.stream(review_id))).state
    at = datetime(2026, 3, 5, 2, tzinfo=UTC)
    item = BasisItem(finding_id=uuid4(), ground=ReviewGround.VIOLATION_TYPE, fact_date=date(2026, 2, 3), detected_at=at)
    terms = ReviewTerms(
        provision=state.provision, authority_post=state.authority_post, open_within=10, meeting_within=15
    )
    setting = Setting(at, law.shipped(), await context.calendars.current())
    joins = ProposeReview(state.matter_id, state.subject, state.directive_id, terms, (item,), at, setting)
    await context.handler.handle(REVIEW, review_id, joins, request())


async def notified_review(
    context: Context,
    subject: UUID,
    secretary: UUID,
    matter_id: UUID | None = None,
    *,
    fact_date: date = FACT,
) -> UUID:
    """A review that the chair opened, with its secretary, of which the subject knows."""
    id_ = await propose_review(context, person_id=subject, matter_id=matter_id, fact_date=fact_date)
    at = datetime(2026, 3, 2, 1, tzinfo=UTC)
    setting = Setting(at, law.shipped(), await context.calendars.current())
    document = samples.document("notice")
    commands = (
        OpenReview(CHAIRS, setting),
        AppointSecretary(CHAIRS, Person(secretary, ())),
        NotifySubject(CHAIRS, setting, at, document, document, date(2026, 3, 9)),
    )
    for command in commands:
        await context.handler.handle(REVIEW, id_, command, request())
    return id_


async def met_review(context: Context, subject: UUID, secretary: UUID, matter_id: UUID | None = None) -> UUID:
    """The same, after a meeting that recommended discipline."""
    id_ = await notified_review(context, subject, secretary, matter_id)
    at = await context.clock.now()
    handed_in = SubmitSelfReview(Person(subject, ()), at, samples.document("self-review"))
    await context.handler.handle(REVIEW, id_, handed_in, request())
    await hold_meeting(context, id_)
    return id_


async def hold_meeting(context: Context, id_: UUID) -> None:
    """Through the decider: its moment has to lie ahead when it is called, and the tests' clock stands."""
    chair = samples.person(samples.place("tinh-head", ("tinh",), head=True), name="tinh-head")
    document, hour, at = samples.document("minutes"), timedelta(hours=1), await context.clock.now()
    votes = (MeetingVotes(outcome=MeetingOutcome.DISCIPLINE, votes=1),)
    commands = (
        ConveneMeeting(chair, at - 2 * hour, at - hour, chair, (), document),
        HoldMeeting(chair, at, (chair.person_id,), True, votes, document),
    )
    for command in commands:
        await context.handler.handle(REVIEW, id_, command, request())
