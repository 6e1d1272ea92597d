"""The clock of a story over HTTP: its moments are said, and nothing waits for them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tests.api.sample import Clock

if TYPE_CHECKING:
    import pytest


class Days:
    """The clock of these tests: it stands until it is set."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.at = datetime.fromisoformat("2026-03-02T08:00:00+07:00")

        async def now(_clock: Clock) -> datetime:
            return self.at

        def not_before(_clock: Clock, moment: datetime) -> None:
            self.at = max(self.at, moment)

        patch.setattr(Clock, "now", now)
        patch.setattr(Clock, "not_before", not_before)

    def reach(self, moment: str) -> str:
        """It is this moment, of March 2026 where no month is named."""
        whole = moment if len(moment) > 9 else f"2026-03-{moment}"
        self.at = datetime.fromisoformat(f"{whole}:00+07:00")
        return self.at.isoformat()
