"""Puts ballots into a box as a process, to be killed: `python -m tests.ballots.filler DSN BALLOT FILE`.

Reads `<token in hex> <word>` a line, and writes a line once the ballot is in.
"""

import asyncio
import sys
from pathlib import Path
from uuid import UUID

from services.adapters.ballots.box import BallotBoxes
from services.adapters.ballots.sealing import Sealing
from services.adapters.postgres.pool import connect
from tests.api.opening import BALLOT_KEY

VOTERS = 60


async def fill(dsn: str, ballot_id: UUID, lines: list[str]) -> None:
    async with await connect(dsn, "discipline", size=2) as pool:
        boxes = BallotBoxes(pool, Sealing(BALLOT_KEY))
        for line in lines:
            token, word = line.split()
            await boxes.put(ballot_id, bytes.fromhex(token), word, VOTERS)
            sys.stdout.write(f"{token}\n")
            sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(fill(sys.argv[1], UUID(sys.argv[2]), Path(sys.argv[3]).read_text().splitlines()))
