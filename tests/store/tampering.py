"""Ways in which somebody with the superuser's password changes history."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass

from services.adapters.postgres.store import PostgresStore
from services.adapters.postgres.verify import Defect, Fault, Known, Row, proof
from services.application.chain import GENESIS
from services.application.ports import Won
from tests.parts import Database
from tests.store.tally import NEW, TALLY, append

LENGTH = 5
ROW = "event_id, stream, version, type, data::text, meta::text, occurred_at, recorded_at, hash"


@dataclass(frozen=True)
class History:
    """Three streams of five events, and what is known of them outside."""

    database: Database
    streams: tuple[str, ...]

    def change(self, statement: str, version: int, *, stream: int = 1) -> None:
        """Run a statement that ends with `where` on one event."""
        self.database.execute(f"{statement} where stream = %s and version = %s", self.streams[stream], version)

    def told(self) -> list[Known]:
        """Every event by name and hash, as the topics would have it."""
        rows = self.database.execute("select stream, version, hash from inspection.events order by position")
        return [Known(*row) for row in rows]  # type: ignore[arg-type]  # the columns' types


async def written(database: Database) -> History:
    """Write it."""
    store = await PostgresStore.open(database.dsn("inspection"), "inspection")
    ids = [uuid.uuid4() for _ in range(3)]
    for id_ in ids:
        loaded = NEW
        for number in range(LENGTH):
            given, loaded = append(id_, loaded, number)
            assert isinstance(await store.append(given), Won)
    await store.close()
    return History(database, tuple(TALLY.stream(id_) for id_ in ids))


def edit_one_byte(history: History) -> None:
    history.change("update inspection.events set data = jsonb_set(data, '{post_id}', '\"post-7\"')", 3)


def edit_the_actor(history: History) -> None:
    history.change("update inspection.events set meta = jsonb_set(meta, '{actor}', '\"somebodx\"')", 3)


def move_it_by_a_microsecond(history: History) -> None:
    history.change("update inspection.events set occurred_at = occurred_at + interval '1 microsecond'", 3)


def rename_the_event(history: History) -> None:
    history.change("update inspection.events set event_id = gen_random_uuid()", 3)


def change_the_type(history: History) -> None:
    history.change("update inspection.events set type = 'inspection.finding_confirmed.v1'", 3)


def delete_one_in_the_middle(history: History) -> None:
    history.change("delete from inspection.events", 3)


def delete_the_last(history: History) -> None:
    history.change("delete from inspection.events", LENGTH)


def delete_the_first(history: History) -> None:
    history.change("delete from inspection.events", 1)


def delete_a_stream(history: History) -> None:
    history.database.execute("delete from inspection.events where stream = %s", history.streams[1])


def swap_two(history: History) -> None:
    for was, becomes in ((3, 100), (4, 3), (100, 4)):
        history.change(f"update inspection.events set version = {becomes}", was)


def swap_between_streams(history: History) -> None:
    other = history.streams[2]
    history.change(f"update inspection.events set stream = '{other}', version = 100", 3)
    history.change(f"update inspection.events set stream = '{history.streams[1]}'", 3, stream=2)
    history.change("update inspection.events set version = 3", 100, stream=2)


def make_the_chain_anew_after_an_edit(history: History) -> None:
    edit_one_byte(history)
    previous = GENESIS
    rows = history.database.execute(
        f"select {ROW} from inspection.events where stream = %s order by version", history.streams[1]
    )
    for found in rows:
        row = Row(*found)  # type: ignore[arg-type]  # the columns' types
        previous = proof(row, previous)
        history.database.execute("update inspection.events set hash = %s where event_id = %s", previous, row.event_id)


def add_one_at_the_end(history: History) -> None:
    """With a proper link, at a position that the relay has passed."""
    (last,) = history.database.execute(
        f"select {ROW} from inspection.events where stream = %s and version = %s", history.streams[1], LENGTH
    )
    row = Row(*last)  # type: ignore[arg-type]  # the columns' types
    forged = Row(
        uuid.uuid4(), row.stream, LENGTH + 1, row.type, row.data, row.meta, row.occurred_at, row.recorded_at, b""
    )
    history.database.execute(
        "insert into inspection.events"
        " (position, event_id, stream, version, type, data, meta, occurred_at, recorded_at, hash)"
        " overriding system value values (-1, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        forged.event_id, forged.stream, forged.version, forged.type, forged.data, forged.meta, forged.occurred_at,
        forged.recorded_at, proof(forged, row.hash),
    )  # fmt: skip


Tampering = Callable[[History], None]

IN_THE_CHAIN: list[tuple[Tampering, set[tuple[int, Fault]]]] = [
    (edit_one_byte, {(3, Fault.ALTERED)}),
    (edit_the_actor, {(3, Fault.ALTERED)}),
    (move_it_by_a_microsecond, {(3, Fault.ALTERED)}),
    (rename_the_event, {(3, Fault.ALTERED)}),
    (change_the_type, {(3, Fault.ALTERED)}),
    (delete_one_in_the_middle, {(3, Fault.MISSING)}),
    (delete_the_first, {(1, Fault.MISSING)}),
    (swap_two, {(3, Fault.ALTERED), (4, Fault.ALTERED), (5, Fault.ALTERED)}),
]
"""What the store's own chains show: the version in the second stream, and what is wrong with it."""

ON_THE_TOPIC: list[tuple[Tampering, set[tuple[int, Fault]]]] = [
    (delete_one_in_the_middle, {(3, Fault.REMOVED)}),
    (delete_the_last, {(5, Fault.REMOVED)}),
    (delete_a_stream, {(version, Fault.REMOVED) for version in range(1, 6)}),
    (swap_two, {(3, Fault.REPLACED), (4, Fault.REPLACED)}),
    (make_the_chain_anew_after_an_edit, {(version, Fault.REPLACED) for version in (3, 4, 5)}),
    (add_one_at_the_end, {(6, Fault.ADDED)}),
]
"""What the comparison with the topic shows."""


def of_second_stream(history: History, faults: set[tuple[int, Fault]]) -> set[Defect]:
    """The same as defects."""
    return {Defect(history.streams[1], version, fault) for version, fault in faults}
