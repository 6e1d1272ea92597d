"""Many who ask share a reading, and nobody is told what is older than his question."""

import asyncio
from collections.abc import Iterator

import pytest

from services.application.coalescing import Coalesced


class Source:
    """Tells its value as of the moment at which a reading began, once it is let go."""

    def __init__(self) -> None:
        self.value = 0
        self.readings = 0
        self.go = asyncio.Event()

    async def read(self) -> int:
        self.readings += 1
        seen = self.value
        await self.go.wait()
        return seen


async def test_those_who_ask_while_one_reads_share_the_next_reading() -> None:
    source = Source()
    coalesced = Coalesced(source.read)
    first = asyncio.create_task(coalesced())
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    source.value = 1
    others = [asyncio.create_task(coalesced()) for _ in range(10)]
    await asyncio.sleep(0)
    source.go.set()
    assert await first == 0
    assert await asyncio.gather(*others) == [1] * 10
    assert source.readings == 2


async def test_one_who_gives_up_does_not_take_it_from_the_others() -> None:
    source = Source()
    coalesced = Coalesced(source.read)
    gives_up, stays = asyncio.create_task(coalesced()), asyncio.create_task(coalesced())
    await asyncio.sleep(0)
    gives_up.cancel()
    source.go.set()
    assert await stays == 0


async def test_a_failure_is_told_to_those_who_shared_it_and_to_nobody_after() -> None:
    outcomes: Iterator[OSError | int] = iter([OSError("gone"), 7])

    async def read() -> int:
        outcome = next(outcomes)
        if isinstance(outcome, OSError):
            raise outcome
        return outcome

    coalesced = Coalesced(read)
    with pytest.raises(OSError, match="gone"):
        await coalesced()
    assert await coalesced() == 7
