"""The box on a real database: each token once, nothing after it was closed, nothing lost or doubled by a kill."""

import asyncio
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from itertools import islice
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import asyncpg
import pytest
from cryptography.exceptions import InvalidTag
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.adapters.ballots.box import BallotBoxes, PutIn
from services.adapters.ballots.keys import BallotKeys
from services.adapters.ballots.sealing import Sealing
from services.adapters.postgres.pool import connect
from tests import forked
from tests.api.opening import BALLOT_KEY
from tests.ballots.filler import VOTERS
from tests.parts import Database

SEALING = Sealing(BALLOT_KEY)


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    async with await connect(database.dsn("discipline"), "discipline", size=4) as opened:
        yield opened


@pytest.fixture
def boxes(pool: asyncpg.Pool) -> BallotBoxes:
    return BallotBoxes(pool, SEALING)


async def put(boxes: BallotBoxes, ballot_id: UUID, token: bytes, word: str = "warning") -> PutIn:
    return await boxes.put(ballot_id, token, word, 5)


async def test_a_token_counts_once_and_its_first_word_stands(boxes: BallotBoxes) -> None:
    ballot_id, token = uuid4(), b"one"

    assert await put(boxes, ballot_id, token, "warning") is PutIn.NOW
    assert await put(boxes, ballot_id, token, "reprimand") is PutIn.BEFORE
    box = await boxes.close(ballot_id, papers=1, voters=5, though_missing=False)
    assert box is not None
    assert (box.ballots, box.totals) == (1, {"warning": 1})


async def test_nothing_is_put_into_a_closed_box_and_closing_it_again_gives_the_same(boxes: BallotBoxes) -> None:
    ballot_id = uuid4()
    await put(boxes, ballot_id, b"one")
    closed = await boxes.close(ballot_id, papers=1, voters=5, though_missing=False)

    assert await put(boxes, ballot_id, b"two") is PutIn.CLOSED
    assert await put(boxes, ballot_id, b"one") is PutIn.BEFORE
    assert await boxes.close(ballot_id, papers=5, voters=5, though_missing=False) == closed


async def test_a_box_with_missing_ballots_stays_open_unless_it_is_time(boxes: BallotBoxes) -> None:
    ballot_id = uuid4()
    await put(boxes, ballot_id, b"one")

    assert await boxes.close(ballot_id, papers=2, voters=5, though_missing=False) is None
    assert await put(boxes, ballot_id, b"two") is PutIn.NOW
    assert await boxes.close(ballot_id, papers=3, voters=5, though_missing=True) is not None


async def test_an_empty_box_can_be_closed(boxes: BallotBoxes) -> None:
    box = await boxes.close(uuid4(), papers=3, voters=5, though_missing=True)

    assert box is not None
    assert (box.ballots, box.totals) == (0, {})


async def test_a_ballot_against_the_closing_is_in_or_told_that_it_is_not(boxes: BallotBoxes) -> None:
    for _ in range(20):
        ballot_id = uuid4()
        put_in, box = await asyncio.gather(
            put(boxes, ballot_id, b"one"), boxes.close(ballot_id, papers=5, voters=5, though_missing=True)
        )

        assert box is not None
        assert box.ballots == (1 if put_in is PutIn.NOW else 0)


async def test_a_box_says_only_that_a_ballot_is_in(boxes: BallotBoxes) -> None:
    ballot_id = uuid4()
    await put(boxes, ballot_id, b"one")

    assert await boxes.holds(ballot_id, b"one") is True
    assert await boxes.holds(ballot_id, b"two") is False
    assert await boxes.holds(uuid4(), b"one") is False


async def test_a_box_that_was_changed_or_exchanged_is_not_opened(boxes: BallotBoxes, pool: asyncpg.Pool) -> None:
    mine, other = uuid4(), uuid4()
    await put(boxes, mine, b"one")
    await put(boxes, other, b"two")
    await pool.execute(
        "update ballot_boxes set sealed = (select sealed from ballot_boxes where ballot_id = $2) where ballot_id = $1",
        mine,
        other,
    )

    with pytest.raises(InvalidTag):
        await boxes.holds(mine, b"one")


async def test_two_who_make_a_key_get_the_same_and_a_destroyed_one_is_gone(pool: asyncpg.Pool) -> None:
    keys, ballot_id = BallotKeys(pool, SEALING), uuid4()

    made = await asyncio.gather(keys.make(ballot_id), keys.make(ballot_id))
    assert made[0] == made[1]
    await keys.destroy(ballot_id)
    assert await keys.signer(ballot_id) is None


words = st.sampled_from(["warning", "reprimand", "blank", "invalid"])
ballots = st.lists(st.tuples(st.integers(0, 9), words), max_size=25)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ballots=ballots, at_once=st.booleans())
async def test_the_count_is_what_an_independent_clerk_counts(
    ballots: list[tuple[int, str]], at_once: bool, boxes: BallotBoxes
) -> None:
    """Whatever comes, doubled and at once: for each token one word counts, one of those that came with it."""
    ballot_id = uuid4()
    sending = [boxes.put(ballot_id, bytes([token]), word, 25) for token, word in ballots]
    if at_once:
        await asyncio.gather(*sending)
    else:
        for one in sending:
            await one
    box = await boxes.close(ballot_id, papers=25, voters=25, though_missing=True)

    first: dict[int, str] = {}
    for token, word in ballots:
        first.setdefault(token, word)
    assert box is not None
    assert box.ballots == sum(box.totals.values()) == len(first)
    if not at_once:
        assert box.totals == Counter(first.values())


async def test_killed_again_and_again_no_ballot_is_lost_and_none_counts_twice(
    boxes: BallotBoxes, database: Database, tmp_path: Path
) -> None:
    """SIGKILL between any two instructions; what was not confirmed is sent again, as a voter would."""
    ballot_id, chance = uuid4(), Random(7)
    everybody = {secrets.token_hex(32): chance.choice(["warning", "reprimand"]) for _ in range(VOTERS)}
    confirmed: set[str] = set()
    kills = 0
    for _ in range(40):
        waiting = [f"{token} {word}" for token, word in everybody.items() if token not in confirmed]
        if not waiting:
            break
        (tmp_path / "waiting").write_text("\n".join(waiting))
        arguments = (database.dsn("discipline"), str(ballot_id), str(tmp_path / "waiting"))
        reached = await asyncio.to_thread(_filled_until_killed, arguments, tmp_path, chance.randrange(1, 9))
        confirmed |= reached
        kills += len(reached) < len(waiting)
    box = await boxes.close(ballot_id, papers=VOTERS, voters=VOTERS, though_missing=False)

    assert kills > 3
    assert box is not None
    assert (box.ballots, box.totals) == (VOTERS, Counter(everybody.values()))


def _filled_until_killed(arguments: Sequence[str], folder: Path, confirmations: int) -> set[str]:
    """The tokens that were confirmed before the process was killed, while it was busy with the next."""
    with forked.told("tests.ballots.filler", *arguments, folder=folder) as (process, said):
        reached = {line.strip() for line in islice(said, confirmations)}
        process.kill()
        reached |= {line.strip() for line in said}
    return reached
