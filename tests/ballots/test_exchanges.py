"""Whoever exchanges choices with whom, and whoever comes when: the box on a real database keeps the very same."""

import hashlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from discipline.ballots.commands import CountBallots
from discipline.ballots.view import row
from schemas.base import encode
from services.adapters.ballots.box import BallotBoxes, PutIn
from services.adapters.ballots.sealing import Sealing
from services.adapters.postgres.pool import connect
from tests.api.opening import BALLOT_KEY
from tests.discipline.board_samples import BALLOT, BALLOT_ID, CALLED, CHOICES, PAPERS, ROLL_CLOSED, SECRETARY
from tests.parts import Database
from tests.specification import given as history

SEALING = Sealing(BALLOT_KEY)
VOTERS = len(PAPERS)
WORDS = (*CHOICES, "blank", "invalid")


@dataclass(frozen=True)
class Vote:
    """Who puts in what, in their order; a voter who did not see the answer sends his ballot again."""

    cast: tuple[tuple[bytes, str], ...]
    sends_again: frozenset[int]
    """At which places of the order."""


@st.composite
def exchanged_votes(draw: st.DrawFn) -> tuple[Vote, Vote]:
    """Two votes of the same voters, in which the same words were chosen: by whom and when is drawn anew."""
    words = draw(st.lists(st.sampled_from(WORDS), max_size=VOTERS))
    tokens = [hashlib.sha256(bytes([seat])).digest() for seat in range(len(words))]
    again = draw(st.frozensets(st.sampled_from(range(len(words))))) if words else frozenset()
    first, second = (
        draw(st.permutations(list(zip(tokens, chosen, strict=True))))
        for chosen in (words, draw(st.permutations(words)))
    )
    return Vote(tuple(first), again), Vote(tuple(second), again)


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    async with await connect(database.dsn("discipline"), "discipline", size=2) as opened:
        yield opened


async def seen_by_an_administrator(pool: asyncpg.Pool) -> list[dict[str, Any]]:
    """Every row of boxes with all its columns; of what is sealed, he sees the size."""
    rows = await pool.fetch("select * from ballot_boxes order by ctid")
    return [{**found, "sealed": len(found["sealed"])} for found in rows]


async def remains(database: Database, pool: asyncpg.Pool, vote: Vote) -> Sequence[object]:
    """What a vote leaves after each ballot, and once it is counted: for the database's administrator and in events."""
    boxes, seen = BallotBoxes(pool, SEALING), []
    database.execute("truncate discipline.ballot_boxes")
    await boxes.place(BALLOT_ID, VOTERS)
    for place, (token, word) in enumerate(vote.cast):
        assert await boxes.put(BALLOT_ID, token, word, VOTERS) is PutIn.NOW
        if place in vote.sends_again:
            assert await boxes.put(BALLOT_ID, token, word, VOTERS) is PutIn.BEFORE
        seen.append(await seen_by_an_administrator(pool))
    box = await boxes.close(BALLOT_ID, papers=VOTERS, voters=VOTERS, though_missing=True)
    assert box is not None
    counted = history(BALLOT, CALLED, *PAPERS, ROLL_CLOSED).when(CountBallots(SECRETARY.person_id, box))
    events = counted.decided()
    after = BALLOT.after((CALLED, *PAPERS, ROLL_CLOSED, *events))
    sealed = await pool.fetchval("select sealed from ballot_boxes")
    return [
        *seen,
        await seen_by_an_administrator(pool),
        SEALING.opened("box", BALLOT_ID, sealed),
        list(box.totals.items()),
        [encode(event) for event in events],
        list(row(after).items()),
    ]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(votes=exchanged_votes())
async def test_what_is_kept_is_the_same_for_any_exchange_of_choices_and_any_order(
    votes: tuple[Vote, Vote], database: Database, pool: asyncpg.Pool
) -> None:
    """With the secret that opens the box too: each of its two lists is in an order of its own."""
    first, second = votes

    assert await remains(database, pool, first) == await remains(database, pool, second)
