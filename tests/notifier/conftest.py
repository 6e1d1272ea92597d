"""The notifier's stage."""

from collections.abc import AsyncIterator

import pytest

from tests.notifier.stage import Stage, stage
from tests.parts import Database


@pytest.fixture
async def on(database: Database) -> AsyncIterator[Stage]:
    """A notifier on a database of its own."""
    async with stage(database) as made:
        yield made
