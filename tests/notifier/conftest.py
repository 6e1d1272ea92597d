"""The notifier's stage."""

from collections.abc import AsyncIterator

import pytest

from tests.notifier.stage import Stage, empty, stage
from tests.parts import Database


@pytest.fixture
async def on(module_database: Database) -> AsyncIterator[Stage]:
    """A notifier on an empty database."""
    empty(module_database)
    async with stage(module_database) as made:
        yield made
