"""Whoever changes history is told the stream and the version, whatever he changes and however well."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace

import psycopg
import pytest
from psycopg import sql

from schemas.base import encode
from schemas.suite import FIRST, Checkpoint, Head
from services.adapters.postgres.verify import CHECKPOINTS, Defect, Fault, Known, Verification
from tests.parts import Database
from tests.store.tampering import (
    IN_THE_CHAIN,
    ON_THE_TOPIC,
    History,
    Tampering,
    delete_the_last,
    edit_one_byte,
    make_the_chain_anew_after_an_edit,
    of_second_stream,
    swap_between_streams,
    written,
)


class Sent:
    """A checkpoint as the topic has it."""

    def __init__(self, checkpoint: Checkpoint) -> None:
        self.checkpoint = checkpoint
        self.sha256 = hashlib.sha256(encode(checkpoint)).digest()


def checkpoints(told: list[Known], every: int = 4) -> list[Sent]:
    """Checkpoints of the heads, each after so many events, chained."""
    sent: list[Sent] = []
    for start in range(0, len(told), every):
        heads = {one.stream: one for one in told[start : start + every]}
        previous = sent[-1].sha256.hex() if sent else FIRST
        made = [Head(stream=one.stream, version=one.version, hash=one.hash.hex()) for one in heads.values()]
        sent.append(
            Sent(
                Checkpoint(
                    context="inspection",
                    number=len(sent) + 1,
                    previous=previous,
                    position=start + every,
                    heads=tuple(made),
                )
            )
        )
    return sent


@pytest.fixture
async def history(emptied: Database) -> History:
    """Three streams of five events, all of them relayed."""
    history = await written(emptied)
    emptied.execute("update inspection.relay_state set position = 15, checkpoint_number = 0")
    return history


@pytest.fixture
def verification(history: History) -> Iterator[Verification]:
    """A look at the context, as its own login."""
    with Verification(history.database.dsn("inspection"), "inspection") as opened:
        yield opened


def test_an_untouched_history_is_whole(history: History, verification: Verification) -> None:
    told = history.told()
    assert list(verification.chains()) == []
    assert (verification.events, verification.streams) == (15, 3)
    assert list(verification.published(told)) == []
    assert list(verification.checkpoints(checkpoints(told))) == []


@pytest.mark.parametrize(("tamper", "faults"), IN_THE_CHAIN, ids=lambda value: getattr(value, "__name__", ""))
def test_the_chain_shows_it(
    history: History, verification: Verification, tamper: Tampering, faults: set[tuple[int, Fault]]
) -> None:
    tamper(history)
    assert set(verification.chains()) == of_second_stream(history, faults)


def test_the_chain_shows_a_changed_hash_and_what_hangs_on_it(history: History, verification: Verification) -> None:
    history.change("update inspection.events set hash = sha256('x')", 3)
    assert [(defect.version, defect.fault) for defect in verification.chains()] == [
        (3, Fault.ALTERED),
        (4, Fault.ALTERED),
    ]


def test_the_chain_shows_both_streams_of_a_swap_between_them(history: History, verification: Verification) -> None:
    swap_between_streams(history)
    shown = {(defect.stream, defect.version) for defect in verification.chains()}
    assert shown >= {(history.streams[1], 3), (history.streams[2], 3)}
    assert history.streams[0] not in {stream for stream, _ in shown}


@pytest.mark.parametrize(("tamper", "faults"), ON_THE_TOPIC, ids=lambda value: getattr(value, "__name__", ""))
def test_the_topic_shows_it(
    history: History, verification: Verification, tamper: Tampering, faults: set[tuple[int, Fault]]
) -> None:
    told = history.told()
    tamper(history)
    assert set(verification.published(told)) == of_second_stream(history, faults)


@pytest.mark.parametrize("tamper", [delete_the_last, make_the_chain_anew_after_an_edit])
def test_from_inside_a_cut_end_and_a_chain_made_anew_look_whole(
    history: History, verification: Verification, tamper: Tampering
) -> None:
    """Which is why there are topics and checkpoints."""
    tamper(history)
    assert list(verification.chains()) == []


@pytest.mark.parametrize("tamper", [delete_the_last, make_the_chain_anew_after_an_edit])
def test_the_checkpoints_alone_show_it_too(history: History, verification: Verification, tamper: Tampering) -> None:
    sent = checkpoints(history.told())
    tamper(history)
    shown = {(defect.stream, defect.version) for defect in verification.checkpoints(sent)}
    assert (history.streams[1], 5) in shown
    assert {stream for stream, _ in shown} == {history.streams[1]}


async def test_an_older_copy_of_the_database_is_shown_by_what_it_lacks(history: History) -> None:
    """A real one: copied, gone on without it, and put back."""
    database = history.database
    older = replace(database, name=f"{database.name}_older")
    with psycopg.connect(database.server.admin_dsn, autocommit=True) as connection:
        names = {"older": sql.Identifier(older.name), "live": sql.Identifier(database.name)}
        connection.execute(sql.SQL("create database {older} template {live}").format(**names))
        later = await written(database)
        told = later.told()
        try:
            with Verification(older.dsn("inspection"), "inspection") as verification:
                assert list(verification.chains()) == []
                lacking = {
                    Defect(stream, version, Fault.REMOVED) for stream in later.streams for version in range(1, 6)
                }
                assert set(verification.published(told)) == lacking
                heads = {(defect.stream, defect.version) for defect in verification.checkpoints(checkpoints(told))}
                assert {(stream, 5) for stream in later.streams} <= heads
        finally:
            connection.execute(sql.SQL("drop database {older} with (force)").format(**names))


def test_what_is_published_twice_is_no_defect(history: History, verification: Verification) -> None:
    told = history.told()
    assert list(verification.published([*told, *reversed(told)])) == []
    sent = checkpoints(told)
    assert list(verification.checkpoints([sent[0], sent[0], *sent[1:], sent[-1]])) == []


def test_what_is_not_yet_published_is_no_defect(history: History) -> None:
    told = history.told()
    history.database.execute("update inspection.relay_state set position = 12")
    with Verification(history.database.dsn("inspection"), "inspection") as verification:
        assert list(verification.published(told[:12])) == []


def test_what_is_stored_while_it_checks_is_no_defect(history: History, verification: Verification) -> None:
    """The topics are read after the store was opened, and have what came in between."""
    history.database.execute(
        "insert into inspection.events (event_id, stream, version, type, data, meta, occurred_at, recorded_at, hash)"
        " select gen_random_uuid(), 'tally-new', 1, type, data, meta, occurred_at, recorded_at, hash"
        " from inspection.events limit 1"
    )
    assert list(verification.published(history.told())) == []


def test_a_checkpoint_that_is_gone_or_changed_is_shown_by_the_next(
    history: History, verification: Verification
) -> None:
    sent = checkpoints(history.told())
    gone = [sent[0], *sent[2:]]
    assert list(verification.checkpoints(gone)) == [Defect(CHECKPOINTS, 3, Fault.ALTERED)]
    changed = Sent(sent[1].checkpoint.model_copy(update={"position": 99}))
    assert list(verification.checkpoints([sent[0], changed, *sent[2:]])) == [Defect(CHECKPOINTS, 3, Fault.ALTERED)]


def test_checkpoints_that_are_gone_from_the_end_are_missed_by_the_store(history: History) -> None:
    sent = checkpoints(history.told())
    history.database.execute("update inspection.relay_state set checkpoint_number = 4")
    with Verification(history.database.dsn("inspection"), "inspection") as verification:
        assert list(verification.checkpoints(sent)) == []
        assert list(verification.checkpoints(sent[:2])) == [
            Defect(CHECKPOINTS, 3, Fault.REMOVED),
            Defect(CHECKPOINTS, 4, Fault.REMOVED),
        ]


def test_each_of_several_changes_is_shown(history: History, verification: Verification) -> None:
    edit_one_byte(history)
    history.change("update inspection.events set meta = '{}'", 5, stream=0)
    assert {(defect.stream, defect.version) for defect in verification.chains()} == {
        (history.streams[1], 3),
        (history.streams[0], 5),
    }
