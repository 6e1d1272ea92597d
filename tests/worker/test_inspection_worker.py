"""The inspection worker on a real database: what lists show beside a finding, and a draft where somebody shirks."""

from __future__ import annotations

import uuid
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import orjson
import pytest

from inspection.directives.commands import AdoptDirective
from inspection.shirking import draft_of
from schemas.base import encode as canonical
from schemas.cloudevents import encode
from schemas.discipline.followups import FollowUpHandedOver, FollowUpOpened
from schemas.inspection.findings import FindingSource
from schemas.notifier.alerts import AlertOpened, CaseKind, StallRule
from services.adapters.kafka.handling import Handling
from services.adapters.kafka.parking import Tables
from services.adapters.kafka.taking import Taken, take
from services.adapters.postgres.store import PostgresStore
from services.application.directives import DIRECTIVE as DIRECTIVES
from services.application.directory import AUTHORITY, ORGANISATION
from services.application.findings import FINDING
from services.application.handler import Handler, Request
from services.entrypoints.workers.inspection import SPEC
from tests.inspection.directive_packs import DIRECTIVE, LATE, PACK, SHA256, SHIRKING
from tests.inspection.province import COMMANDS, COMMUNE, PROVINCE
from tests.inspection.sample_findings import DUE_AT, HEAD_POST, ID, INSPECTOR, OFFICIAL, POSTS, REASON, submit
from tests.kafka.samples import sample, stored

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from schemas.base import Event
    from tests.parts import Database

NOON = datetime(2025, 3, 10, 5, tzinfo=UTC)
FOLLOW_UP, ALERT = f"follow_up-{ID}", uuid.UUID(int=5)


class Clock:
    async def now(self) -> datetime:
        return NOON


@pytest.fixture
async def store(database: Database) -> AsyncIterator[PostgresStore]:
    opened = await PostgresStore.open(database.dsn("inspection"), "inspection")
    yield opened
    await opened.close()


async def prepared(store: PostgresStore, source: FindingSource = FindingSource.FEEDBACK) -> Handling:
    """A province with a directive and a submitted finding."""
    handler = Handler(store, Clock())
    commands: list[tuple[Any, Any, Any]] = [(ORGANISATION, AUTHORITY, command) for command in COMMANDS]
    adopt = AdoptDirective(DIRECTIVE, PROVINCE, date(2014, 12, 31), PACK, SHA256)
    commands += [(DIRECTIVES, DIRECTIVE, adopt), (FINDING, ID, submit(source=source))]
    for aggregate, id_, command in commands:
        command_id = uuid.uuid4()
        await handler.handle(aggregate, id_, command, Request(command_id, "somebody", command_id, command_id))
    return Handling(store, SPEC, Tables("inspection-worker"), first_pause=0.0)


def message(topic: str, key: uuid.UUID, stream: str, version: int, event: Event) -> Taken:
    data = orjson.loads(canonical(event))
    headers, value = encode(stored(event.type, stream=stream, version=version, data=data, occurred_at=NOON))
    taken = take(topic, 0, version, str(key).encode(), headers, value)
    assert isinstance(taken, Taken)
    return taken


def followed_up(version: int, event: Event) -> Taken:
    return message("discipline.restricted", ID, FOLLOW_UP, version, event)


opened = FollowUpOpened(
    finding_id=ID,
    agency_id=COMMUNE,
    violation_type=LATE,
    matter_id=ID,
    inspector_id=INSPECTOR,
    owner_post=HEAD_POST,
    terms=submit().terms,
    posts=POSTS,
    due_at=DUE_AT,
    internal_check=False,
    historic=False,
)


def handed_over(times: int) -> FollowUpHandedOver:
    return FollowUpHandedOver(
        finding_id=ID,
        from_post=HEAD_POST,
        owner_post="deputy",
        hand_overs=times,
        past_limit=times > PACK.max_hand_overs,
        agency_id=COMMUNE,
        directive_id=DIRECTIVE,
        reason=REASON,
    )


def alert() -> AlertOpened:
    said = {"alert_id": str(ALERT), "case_id": str(ID), "case_kind": CaseKind.FOLLOW_UP, "rule": StallRule.NO_PLAN}
    return AlertOpened.model_validate(sample(AlertOpened) | said)


async def test_lists_show_follow_up_and_alerts_in_whatever_order_they_are_heard_of(
    store: PostgresStore, database: Database
) -> None:
    handling = await prepared(store)
    await handling.carry_out([message("notifier.restricted", ID, f"alert-{ALERT}", 1, alert())])
    await handling.carry_out([followed_up(1, opened), followed_up(2, handed_over(1))])
    progress = "select status, owner_post, due_at, open_alerts, highest_step from inspection.finding_progress"
    assert database.execute(progress) == [("opened", "deputy", DUE_AT, 1, 0)]


async def test_passing_on_past_the_limit_leaves_one_draft_however_often(
    store: PostgresStore, database: Database
) -> None:
    handling = await prepared(store)
    passed_on = [followed_up(times + 1, handed_over(times)) for times in range(1, 6)]
    await handling.carry_out([followed_up(1, opened), *passed_on[:4]])
    await handling.carry_out(passed_on)
    view = "select id, status, violation_type, inspector_id, source from inspection.finding_view where id <> %s"
    assert database.execute(view, ID) == [(draft_of(ID), "drafted", SHIRKING, None, "policy")]
    (draft,) = await store.load(FINDING.stream(draft_of(ID)))
    assert draft.meta.actor == "policy:draft-shirking"
    assert draft.occurred_at == NOON
    assert draft.event.content.officials == (OFFICIAL,)  # type: ignore[union-attr]  # a draft's
    assert database.execute("select * from inspection.parked") == []


async def test_what_a_rule_drafted_gives_rise_to_no_further_draft(store: PostgresStore, database: Database) -> None:
    handling = await prepared(store, FindingSource.POLICY)
    await handling.carry_out([followed_up(1, opened), *(followed_up(n + 1, handed_over(n)) for n in range(1, 4))])
    assert database.execute("select id from inspection.finding_view") == [(ID,)]
