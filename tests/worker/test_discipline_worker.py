"""The discipline worker on a real database: follow-ups, counts and reviews, in the transaction of their cause."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import orjson
import pytest

from discipline.reviews.commands import OpenReview
from discipline.reviews.reckoning import Setting
from discipline.reviews.view import row
from inspection.organisation.commands import Command, CreateAgency, CreatePost, FillPost, FoundOrganisation
from inspection.organisation.decide import decide
from inspection.organisation.evolve import evolve
from inspection.organisation.state import INITIAL
from schemas.base import encode as canonical
from schemas.cloudevents import encode
from schemas.discipline.reviews import LaterFindingReferred, ReviewBasisAdded, ReviewProposed
from schemas.inspection.findings import (
    FindingAmended,
    FindingConfirmed,
    FindingDismissed,
    FindingSubmitted,
    FindingWithdrawn,
)
from schemas.inspection.organisation import AgencyKind, PostKind
from schemas.notifier.alerts import AlertLadderExhausted, CaseKind, StallRule
from schemas.values import Answerable, FollowUpTerms, Name, SubjectKind
from services.adapters import law
from services.adapters.directory_copy import CopiedOrganisation
from services.adapters.discipline import effects
from services.adapters.discipline.directives import copied_directive
from services.adapters.discipline.finding_papers import finding_papers
from services.adapters.kafka.handling import Handling
from services.adapters.kafka.parking import Tables
from services.adapters.kafka.retrying import Retrying
from services.adapters.kafka.taking import Taken, take
from services.adapters.postgres.store import PostgresStore
from services.application.directory import STREAM
from services.application.discipline.aggregates import FOLLOW_UP, REVIEW
from services.application.handler import Handler, Request
from services.entrypoints.workers.discipline import SPEC
from tests.discipline import review_cases as c
from tests.discipline import samples
from tests.discipline.samples import (
    CALENDAR,
    CHAIR,
    MATTER,
    TERMS,
    answerable,
    confirmed_finding,
    document,
    person,
    submitted,
)
from tests.inspection.test_directives import adopted, amended
from tests.kafka.samples import stored
from tests.kafka.writing import write
from tests.specification import given
from tests.worker.test_review_alerts import appended

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from schemas.base import Event
    from tests.parts import Database, Databases

NOON = datetime(2025, 4, 1, 5, tzinfo=UTC)
SINCE = date(2015, 1, 1)
SERVED = c.served().events
HEAD, FORMER_HEAD = uuid4(), uuid4()
"""Whoever headed the department on the day of the fact, and before."""


def organisation() -> list[Command]:
    name, kind = Name(vi="Tên", en="Name"), SubjectKind.CIVIL_SERVANT
    posts = {"chair": "province", "construction-head": "construction", "inspectorate-head": "inspectorate"}
    return [
        FoundOrganisation("province", name, SINCE),
        CreateAgency("construction", name, AgencyKind.DEPARTMENT, "province", SINCE),
        CreateAgency("inspectorate", name, AgencyKind.INSPECTORATE, "province", SINCE),
        *(CreatePost(post, agency, PostKind.HEAD, name, kind, SINCE) for post, agency in posts.items()),
        FillPost("construction-head", FORMER_HEAD, False, SINCE),
        FillPost("construction-head", HEAD, False, date(2025, 3, 1)),
    ]


def organisation_events() -> list[Event]:
    """What is told of the organisation."""
    state = INITIAL
    events: list[Event] = []
    for command in organisation():
        for event in decide(command, state):
            state = evolve(state, event)
            events.append(event)
    return events


@pytest.fixture(autouse=True)
def fresh_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker remembers the organisation of its one database; each test has another."""
    monkeypatch.setattr(effects, "_organisation", CopiedOrganisation())


@pytest.fixture
async def store(database: Database) -> AsyncIterator[PostgresStore]:
    opened = await PostgresStore.open(database.dsn("discipline"), "discipline")
    yield opened
    await opened.close()


class Clock:
    async def now(self) -> datetime:
        return NOON


class Worker:
    """Hands messages to the worker, each stream in its order."""

    def __init__(self, store: PostgresStore, database: Database) -> None:
        self.handling = Handling(store, SPEC, Tables("discipline-worker"), first_pause=0.0)
        self.store, self.database = store, database
        self.versions: dict[str, int] = {}
        self.now = NOON

    def message(self, topic: str, key: UUID | str, stream: str, event: Event) -> Taken:
        version = self.versions[stream] = self.versions.get(stream, 0) + 1
        data = orjson.loads(canonical(event))
        headers, value = encode(stored(event.type, stream=stream, version=version, data=data, occurred_at=self.now))
        taken = take(topic, 0, len(self.versions) * 1_000 + version, str(key).encode(), headers, value)
        assert isinstance(taken, Taken)
        return taken

    def of(self, finding_id: UUID, *events: Event) -> list[Taken]:
        return [self.message("inspection.restricted", finding_id, f"finding-{finding_id}", event) for event in events]

    async def hears(self, messages: list[Taken]) -> None:
        await self.handling.carry_out(messages)
        assert self.parked() == 0

    def organisation(self) -> list[Taken]:
        return [self.message("inspection.restricted", STREAM, STREAM, event) for event in organisation_events()]

    def parked(self) -> int:
        return len(self.database.execute("select * from discipline.parked"))

    def follow_ups(self) -> dict[UUID, tuple[object, ...]]:
        rows = self.database.execute("select id, status, confirmed from discipline.follow_up_view")
        return {UUID(str(row[0])): row[1:] for row in rows}

    def reviews(self) -> list[tuple[object, ...]]:
        return self.database.execute(
            "select subject_kind, person_id, status, cardinality(findings) from discipline.review_view order by 1, 2"
        )

    async def told(self, stream: str) -> list[str]:
        return [recorded.event.type.split(".")[1] for recorded in await self.store.load(stream)]


@pytest.fixture
async def worker(store: PostgresStore, database: Database) -> Worker:
    worker = Worker(store, database)
    await worker.hears(worker.organisation())
    return worker


def submits(finding_id: UUID, terms: FollowUpTerms = TERMS) -> FindingSubmitted:
    return submitted(terms).model_copy(update={"finding_id": finding_id})


def confirms(finding_id: UUID, terms: FollowUpTerms = TERMS) -> FindingConfirmed:
    """Each in a matter of its own."""
    return confirmed_finding(terms).model_copy(update={"finding_id": finding_id, "matter_id": finding_id})


def dismisses(finding_id: UUID) -> FindingDismissed:
    return FindingDismissed(
        finding_id=finding_id, dismissed_by=uuid4(), agency_id="construction", reason=document("why")
    )


async def confirmed(worker: Worker, terms: FollowUpTerms = TERMS) -> UUID:
    finding_id = uuid4()
    await worker.hears(worker.of(finding_id, submits(finding_id, terms), confirms(finding_id, terms)))
    return finding_id


async def test_a_submitted_finding_opens_a_follow_up(worker: Worker) -> None:
    finding_id = uuid4()

    await worker.hears(worker.of(finding_id, submits(finding_id)))

    assert worker.follow_ups() == {finding_id: ("opened", False)}
    (opened,) = await worker.store.load(FOLLOW_UP.stream(finding_id))
    assert (opened.occurred_at, opened.meta.actor) == (NOON, "policy:open-follow-up")


async def test_what_a_finding_rests_on_is_known_as_it_was_amended_last(worker: Worker) -> None:
    """For the boards that sit on it; the same message again, and one that comes late, change nothing."""
    finding_id = uuid4()
    first = submits(finding_id)
    longer = first.content.model_copy(update={"evidence": (document("photo"), document("log"))})
    amended = first.content.model_copy(update={"narrative": document("said anew"), "evidence": (document("film"),)})
    messages = worker.of(
        finding_id,
        first.model_copy(update={"content": longer}),
        FindingAmended(finding_id=finding_id, content=amended, reason=document("why"), due_at=first.due_at),
    )

    await worker.hears(messages[:1])
    before = await finding_papers(worker.store.pool, [finding_id])
    await worker.hears(messages[1:])
    await worker.hears(messages)
    after = await finding_papers(worker.store.pool, [finding_id])

    assert [(one.part, one.document) for one in before] == [
        ("narrative", longer.narrative),
        *(("evidence", ref) for ref in longer.evidence),
    ]
    assert [(one.part, one.document, one.version) for one in after] == [
        ("narrative", document("said anew"), 2),
        ("evidence", document("film"), 2),
    ]


async def test_what_findings_rest_on_is_kept_where_they_come_and_are_amended_in_one_batch(worker: Worker) -> None:
    several = []
    for part in ("film", "log"):
        first = submits(uuid4())
        amended = first.content.model_copy(update={"narrative": document("said anew"), "evidence": (document(part),)})
        changed = FindingAmended(
            finding_id=first.finding_id, content=amended, reason=document("why"), due_at=first.due_at
        )
        several.append((first.finding_id, amended, worker.of(first.finding_id, first, changed)))

    await worker.hears([message for _, _, messages in several for message in messages])

    for finding_id, amended, _ in several:
        kept = await finding_papers(worker.store.pool, [finding_id])
        assert [one.document for one in kept] == [amended.narrative, *amended.evidence]
        assert {one.version for one in kept} == {2}


async def test_directives_are_known_with_every_version_of_their_packs(worker: Worker) -> None:
    """For what is asked under their terms; the same message again changes nothing."""
    stream = f"directive-{adopted.directive_id}"
    messages = [worker.message("inspection.restricted", stream, stream, event) for event in (adopted, amended)]

    await worker.hears(messages[:1])
    before = await copied_directive(worker.store.pool, adopted.directive_id)
    await worker.hears(messages)
    after = await copied_directive(worker.store.pool, adopted.directive_id)

    assert [pack for _, pack in before.packs] == [adopted.pack]
    assert [pack for _, pack in after.packs] == [adopted.pack, amended.pack]
    assert (await copied_directive(worker.store.pool, "never-adopted")).packs == ()


async def test_a_withdrawn_finding_cancels_it_and_a_draft_that_is_discarded_has_none(worker: Worker) -> None:
    submitted_one, drafted = uuid4(), uuid4()

    await worker.hears(
        [
            *worker.of(submitted_one, submits(submitted_one)),
            *worker.of(submitted_one, FindingWithdrawn(finding_id=submitted_one, reason=document("why"))),
            *worker.of(drafted, FindingWithdrawn(finding_id=drafted, reason=document("why"))),
        ]
    )

    assert worker.follow_ups() == {submitted_one: ("cancelled", False)}


async def test_a_confirmed_finding_proposes_the_reviews_of_those_who_answer(worker: Worker) -> None:
    """The head is whoever headed the department on the day of the fact."""
    await confirmed(worker, answerable(Answerable.COLLECTIVE, Answerable.HEAD))

    assert worker.reviews() == [("civil_servant", HEAD, "proposed", 1), ("collective", None, "proposed", 1)]


async def test_the_same_messages_again_change_nothing(worker: Worker) -> None:
    finding_id, terms = uuid4(), answerable(Answerable.COLLECTIVE)
    messages = worker.of(finding_id, submits(finding_id, terms), confirms(finding_id, terms))
    await worker.hears(messages)
    events = worker.database.execute("select count(*) from discipline.events")

    await worker.hears(messages)

    assert worker.database.execute("select count(*) from discipline.events") == events


def levels(worker: Worker) -> list[tuple[object, ...]]:
    """Of every finding: how many levels wait, and how the first stands."""
    return worker.database.execute(
        "select waiting, levels->0->>'status', levels->0->>'closed' from discipline.responsibility_view"
    )


async def test_what_the_directive_demands_answers_the_question_of_the_head_at_once(worker: Worker) -> None:
    finding_id = await confirmed(worker, answerable(Answerable.HEAD))

    assert await worker.told(f"responsibility-{finding_id}") == ["responsibility_raised", "responsibility_opened"]
    assert levels(worker) == [(0, "opened", None)]


async def test_where_it_demands_no_review_the_question_waits_for_the_authority(worker: Worker) -> None:
    await confirmed(worker, answerable(Answerable.HEAD, demands_review=False))

    assert levels(worker) == [(1, "raised", None)]
    assert worker.reviews() == []


async def test_nobody_is_asked_where_no_head_answers_by_its_words(worker: Worker) -> None:
    await confirmed(worker, answerable(Answerable.COLLECTIVE, Answerable.HEAD_ABOVE))

    assert levels(worker) == []
    assert worker.reviews() == [("collective", None, "proposed", 1)]


async def test_with_the_finding_the_question_of_the_head_falls_away(worker: Worker) -> None:
    finding_id = await confirmed(worker, answerable(Answerable.HEAD))

    await worker.hears(worker.of(finding_id, dismisses(finding_id)))

    assert levels(worker) == [(0, "closed", "finding_fell_away")]
    assert worker.reviews() == [("civil_servant", HEAD, "lapsed", 0)]


async def test_a_ladder_that_was_climbed_to_its_end_answers_a_question_that_waits(worker: Worker) -> None:
    finding_id = await confirmed(worker, answerable(Answerable.HEAD, demands_review=False))
    alert_id = uuid4()
    exhausted = AlertLadderExhausted(
        alert_id=alert_id, case_id=finding_id, rule=StallRule.OVERDUE, case_kind=CaseKind.FOLLOW_UP
    )

    await worker.hears([worker.message("notifier.restricted", finding_id, f"alert-{alert_id}", exhausted)])

    assert levels(worker) == [(0, "opened", None)]
    assert worker.reviews() == [("civil_servant", HEAD, "proposed", 1)]


@pytest.mark.parametrize("together", [True, False])
async def test_what_is_dismissed_lapses_the_proposal_in_the_same_transaction(worker: Worker, together: bool) -> None:
    finding_id, terms = uuid4(), answerable(Answerable.COLLECTIVE)
    heard = worker.of(finding_id, submits(finding_id, terms), confirms(finding_id, terms), dismisses(finding_id))

    for messages in [heard] if together else [[message] for message in heard]:
        await worker.hears(messages)

    assert worker.reviews() == [("collective", None, "lapsed", 0)]
    assert worker.follow_ups() == {finding_id: ("cancelled", True)}


async def test_a_batch_leaves_behind_what_its_messages_would_one_by_one(databases: Databases) -> None:
    findings, terms = [uuid4() for _ in range(5)], answerable(Answerable.COLLECTIVE, Answerable.HEAD)
    events = [
        *((finding_id, submits(finding_id)) for finding_id in findings),
        *((finding_id, confirms(finding_id)) for finding_id in findings[:3]),
        (findings[3], confirms(findings[3], terms)),
        (findings[1], dismisses(findings[1])),
        (findings[4], confirms(findings[4])),
        (findings[3], dismisses(findings[3])),
    ]
    left = []
    for together in (True, False):
        with databases.fresh() as database:
            store = await PostgresStore.open(database.dsn("discipline"), "discipline")
            worker = Worker(store, database)
            await worker.hears(worker.organisation())
            messages = [one for finding_id, event in events for one in worker.of(finding_id, event)]
            for batch in [messages] if together else [[message] for message in messages]:
                await worker.hears(batch)
            left.append(
                database.execute("select stream, version, type, data from discipline.events order by stream, version")
            )
            await store.close()

    assert left[0] == left[1]
    assert {str(stream).partition("-")[0] for stream, *_ in left[0]} >= {"follow_up", "record", "review"}


async def test_an_exhausted_ladder_demands_a_review_where_the_directive_says_so(worker: Worker) -> None:
    finding_id = await confirmed(worker, answerable(Answerable.COLLECTIVE, demands_review=False))
    assert worker.reviews() == []
    alert_id = uuid4()
    exhausted = AlertLadderExhausted(
        alert_id=alert_id, case_id=finding_id, rule=StallRule.OVERDUE, case_kind=CaseKind.FOLLOW_UP
    )

    await worker.hears([worker.message("notifier.restricted", finding_id, f"alert-{alert_id}", exhausted)])

    assert worker.reviews() == [("collective", None, "proposed", 1)]


async def test_too_many_confirmed_findings_propose_the_collectives_review_and_lose_it_again(worker: Worker) -> None:
    findings = [await confirmed(worker) for _ in range(3)]
    assert worker.reviews() == [("collective", None, "proposed", 3)]

    await worker.hears(worker.of(findings[1], dismisses(findings[1])))

    assert worker.reviews() == [("collective", None, "lapsed", 0)]
    assert await worker.told("record-construction.da-nang-2090") == [
        "confirmed_finding_counted",
        "confirmed_finding_counted",
        "confirmed_finding_counted",
        "threshold_reached",
        "count_undone",
        "threshold_undone",
    ]


async def test_what_is_found_after_a_decision_is_proposed_beside_it_in_the_same_transaction(worker: Worker) -> None:
    """The clerk's sanction runs; he is found to have gone on, in the same matter."""
    await write(worker.database.dsn("discipline"), "discipline", [appended(f"review-{c.REVIEW_ID}", SERVED, NOON)])
    terms, finding_id = answerable(Answerable.OFFICIAL), uuid4()
    found = confirms(finding_id, terms).model_copy(update={"matter_id": MATTER})

    await worker.hears(worker.of(finding_id, submits(finding_id, terms), found))

    assert (await worker.told(f"review-{c.REVIEW_ID}"))[-1] == "later_finding_referred"
    [last] = (await worker.store.load(f"review-{c.REVIEW_ID}"))[-1:]
    assert isinstance(last.event, LaterFindingReferred)
    assert await worker.told(f"review-{last.event.apart_review_id}") == ["review_proposed"]
    await worker.hears(worker.of(finding_id, dismisses(finding_id)))
    assert await worker.told(f"review-{last.event.apart_review_id}") == ["review_proposed", "review_proposal_lapsed"]


async def test_what_joins_a_review_is_heard_and_the_clocks_of_that_day_follow(
    worker: Worker,
) -> None:
    """Recommended on a fact of 28 March; what he did on 20 June in another matter starts limitation again."""
    dsn, other, stream = worker.database.dsn("discipline"), uuid4(), f"review-{c.REVIEW_ID}"
    await write(dsn, "discipline", [appended(stream, of_fact(date(2025, 3, 28), c.recommended().events), NOON)])
    sanctioned = [one.model_copy(update={"review_id": other}) for one in of_fact(date(2025, 6, 20), SERVED)]
    await write(dsn, "discipline", [appended(f"review-{other}", tuple(sanctioned), NOON)])
    shown = {**row(given(samples.REVIEW, *sanctioned).state), "version": len(sanctioned), "updated_at": NOON}
    worker.database.execute(
        "insert into discipline.review_view select * from json_populate_record(null::discipline.review_view, %s)",
        orjson.dumps(shown).decode(),
    )
    worker.now, finding_id, terms = datetime(2025, 9, 3, 5, tzinfo=UTC), uuid4(), answerable(Answerable.OFFICIAL)
    found = confirms(finding_id, terms).model_copy(update={"matter_id": MATTER})

    await worker.hears(worker.of(finding_id, submits(finding_id, terms), found))

    [joined] = [one.event for one in (await worker.store.load(stream))[-1:]]
    assert isinstance(joined, ReviewBasisAdded)
    assert joined.clocks is not None
    assert (joined.heard_anew, joined.added_on) == (True, date(2025, 9, 3))
    assert [clock.starts_on for clock in joined.clocks.limitation] == [date(2025, 6, 20)] * 2


def of_fact(day: date, history: tuple[Event, ...]) -> tuple[Event, ...]:
    """The history of a review whose violation was on another day."""
    [proposed, *rest] = history
    assert isinstance(proposed, ReviewProposed)
    basis = tuple(one.model_copy(update={"fact_date": day}) for one in proposed.basis)
    return (proposed.model_copy(update={"basis": basis, "fact_date": day}), *rest)


async def test_an_open_review_must_be_answered_when_its_basis_falls_away(worker: Worker) -> None:
    finding_id = await confirmed(worker, answerable(Answerable.COLLECTIVE))
    (row,) = worker.database.execute("select id from discipline.review_view")
    stream = REVIEW.stream(row[0])
    opens = OpenReview(person(CHAIR), Setting(NOON, law.shipped(), CALENDAR))
    command_id = uuid4()
    handler = Handler(worker.store, Clock())
    await handler.handle(REVIEW, row[0], opens, Request(command_id, "chair", command_id, command_id))

    await worker.hears(worker.of(finding_id, dismisses(finding_id)))

    assert await worker.told(stream) == ["review_proposed", "review_opened", "review_basis_lost"]
    shown = worker.database.execute("select status, answer_until is not null from discipline.review_view")
    assert shown == [("open", True)]


async def test_a_head_whose_post_is_not_known_yet_is_looked_at_again_later(
    store: PostgresStore, database: Database
) -> None:
    """The organisation's events come in another partition, perhaps later."""
    worker = Worker(store, database)
    finding_id, terms = uuid4(), answerable(Answerable.HEAD)

    await worker.handling.carry_out(worker.of(finding_id, submits(finding_id, terms), confirms(finding_id, terms)))

    assert worker.parked() == 1
    assert worker.follow_ups() == {finding_id: ("opened", False)}

    await worker.handling.carry_out(worker.organisation())
    await Retrying(worker.handling, pauses=(0.0,)).run_due()

    assert worker.parked() == 0
    assert worker.reviews() == [("civil_servant", HEAD, "proposed", 1)]
