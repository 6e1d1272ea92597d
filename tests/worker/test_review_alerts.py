"""What stalls in reviews, boards and questions of heads, over the real broker: stored, relayed, followed, fired, told.

Relays, the notifier's worker and the clock run as in the suite; what the discipline context would have stored is put
into its store. Day 0 is Monday, 3 March 2025.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

import pytest

from schemas.base import canonical, encode
from schemas.discipline.boards import BoardEvent
from schemas.discipline.review_decision import DecisionRevoked
from schemas.notifier.alerts import StallRule
from schemas.registry import CONTRACTS
from services.application.chain import GENESIS, link
from services.application.directory import STREAM
from services.application.ports import Append, NewEvent
from tests.inspection.province import HISTORY
from tests.kafka.conftest import Relays, eventually, relays
from tests.kafka.processes import processes
from tests.kafka.writing import arrived, write
from tests.notifier import examples as ex
from tests.notifier.examples import day, evening
from tests.notifier.stage import CHAIR
from tests.notifier.test_other_rules import raised
from tests.notifier.test_review_aftermath import DECIDED, REVOKED, SERVED
from tests.notifier.test_review_people import APPOINTED, BOARD_CHAIR, ESTABLISHED, SECRETARY
from tests.notifier.test_review_steps import HEARD, MET, NOTIFIED, RECOMMENDED, REFERRED

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from schemas.base import Event
    from tests.parts import Database

__all__ = ["relays"]

R = StallRule
BEGUN = (ex.proposed(authority_post=CHAIR), ex.review_opened(processing=None, limitation=()), APPOINTED)
CASES: dict[str, tuple[Event, ...]] = {
    "proposed": (ex.proposed(authority_post=CHAIR),),
    "not-notified": BEGUN,
    "met": (*BEGUN, NOTIFIED, MET),
    "board-silent": (*BEGUN, NOTIFIED, MET, ESTABLISHED, REFERRED, HEARD),
    "recommended": (*BEGUN, NOTIFIED, MET, REFERRED, RECOMMENDED),
    "revoked": (*BEGUN, NOTIFIED, MET, REFERRED, RECOMMENDED, DECIDED, SERVED, REVOKED),
}
QUESTION = raised(1, "head").model_copy(update={"terms": raised(1).terms.model_copy(update={"authority_post": CHAIR})})
FOUR = {"partitions": "4"}
TOLD = {
    ("proposed", R.REVIEW_NOT_OPENED, CHAIR, None),
    ("not-notified", R.REVIEW_NOT_NOTIFIED, None, SECRETARY),
    ("met", R.REVIEW_NO_DIRECTION, CHAIR, None),
    ("board-silent", R.REVIEW_NO_RECOMMENDATION, None, BOARD_CHAIR),
    ("recommended", R.REVIEW_NO_DECISION, CHAIR, None),
    ("question", R.RESPONSIBILITY_UNANSWERED, CHAIR, None),
}
"""The case, what stalled, and whose inbox has it: a post's, or a person's alone."""
INBOX = """
select case_id, rule, case when personal then null else post_id end, case when personal then person_id end
from notifier.delivery join notifier.alert_view on alert_view.id = alert_id where channel = 'inbox'"""


def case_id(name: str) -> UUID:
    return uuid5(ex.NAMESPACE, name)


def at_case(name: str, event: Event) -> Event:
    """The event, of the case of that name and of a board of its own."""
    ids: dict[str, Any] = {}
    for field in type(event).model_fields:
        if field == "review_id":
            ids[field] = case_id(name)
        elif field == "review_ids":
            ids[field] = (case_id(name),)
        elif field == "board_id":
            ids[field] = case_id(f"board {name}")
        elif field == "finding_id":
            ids[field] = case_id(name)
    return event.model_copy(update=ids)


def appended(stream: str, events: Sequence[Event], at: datetime) -> Append:
    """The events as a stream's first."""
    made, head = [], GENESIS
    for version, event in enumerate(events, 1):
        type_: str = event.type
        assert type_ in CONTRACTS
        event_id = uuid5(ex.NAMESPACE, f"{stream}/{version}")
        told = {"actor": "x", "correlation_id": str(event_id), "causation_id": str(event_id), "traceparent": None}
        meta, data = canonical(told), encode(event)
        head = link(
            head, stream=stream, version=version, event_id=event_id, type_=type_,
            occurred_at=at, recorded_at=at, meta=meta, data=data,
        )  # fmt: skip
        made.append(NewEvent(event_id, version, type_, data, meta, at, at, head))
    return Append(stream, 0, tuple(made))


async def stored(database: Database) -> None:
    """The province, a review at each step, and the question of a head."""
    at = day(0)
    await write(database.dsn("inspection"), "inspection", [appended(STREAM, HISTORY, at)])
    streams = [appended(f"responsibility-{case_id('question')}", (at_case("question", QUESTION),), at)]
    for name, events in CASES.items():
        for_name = [at_case(name, event) for event in events]
        of_board = [event for event in for_name if isinstance(event, BoardEvent)]
        of_review = [event for event in for_name if not isinstance(event, BoardEvent)]
        streams += [appended(f"board-{case_id(f'board {name}')}", of_board, at)] if of_board else []
        streams.append(appended(f"review-{case_id(name)}", of_review, at))
    await write(database.dsn("discipline"), "discipline", streams)


def clock_at(database: Database, moment: datetime) -> None:
    database.execute('update suite.clock set "offset" = %s - clock_timestamp()', moment)


@pytest.mark.timeout(300)
async def test_each_stall_of_a_review_reaches_the_inbox_of_whoever_owes_the_step(
    relays: Relays, tmp_path: Path
) -> None:
    database = relays.database
    names = {case_id(name): name for name in (*CASES, "question")}

    def told() -> set[tuple[str, StallRule, object, object]]:
        return {(names[UUID(str(row[0]))], StallRule(str(row[1])), row[2], row[3]) for row in database.execute(INBOX)}

    clock_at(database, day(0))
    await stored(database)
    with (
        relays.running("inspection", watermark_interval=0.2),
        relays.running("discipline", watermark_interval=0.2),
        relays.running("notifier", watermark_interval=0.2),
        processes(database, relays.broker, tmp_path) as started,
    ):
        # The discipline context vouches for a moment once its own worker has read through it.
        workers = [
            started.start("services.entrypoints.worker", one, partitions="4") for one in ("discipline", "notifier")
        ]
        clock = started.start("services.entrypoints.clock", **FOUR)
        clock_at(database, evening(12))
        eventually(lambda: told() >= TOLD, seconds=120)
        assert [started.stop(one) for one in (clock, *workers)] == [0, 0, 0]

    assert database.execute("select * from notifier.parked") == []
    assert {who for _, _, _, who in told()} == {None, SECRETARY, BOARD_CHAIR}
    # Whoever relied on the decision learns there that it was taken back; nobody waits for anything about it any more.
    events = [one.event for one in arrived(relays.broker, "discipline.reviews")]
    assert [one.review_id for one in events if isinstance(one, DecisionRevoked)] == [case_id("revoked")]
    assert "revoked" not in {name for name, _, _, _ in told()}
