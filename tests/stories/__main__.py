"""`make demo`: the stories' findings on a throwaway suite, told day by day, and the table of what came of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from uuid import UUID

from rich.console import Console
from rich.table import Table

from tests.stories.outcome import Outcome, outcomes
from tests.stories.reviewing import FINDING, Reviewing
from tests.stories.story import stories
from tests.stories.telling import DAY, Telling
from tests.whole.running import running
from tests.whole.watch import watching

WIDTH = 170


def main() -> int:
    """Tell the stories; 0 only if every step held."""
    console = Console(width=WIDTH)
    with running("--demo-clock", "--demo-begins", DAY.isoformat(), "--sample") as suite, watching(suite) as watch:
        telling = Telling(suite, stories())
        console.print(f"Kỷ Cương · {len(telling.told)} findings of {len(telling.stories)} directives · {suite.url}")
        telling.run()
        watch.wait_for(len(telling.told))
        found = outcomes(telling)
        console.print(table(found, watch.in_kafka, watch.followed_up))
        console.print(f"A review, from {FINDING} to the answer to the complaint:")
        for day, happened in Reviewing(telling).run():
            console.print(f"  {day}  {happened}")
    wrong = [line for outcome in found for line in outcome.wrong]
    for line in wrong:
        console.print(f"[red]{line}[/red]")
    console.print("Every step held." if not wrong else f"{len(wrong)} steps did not hold.")
    return 1 if wrong else 0


def table(found: Iterable[Outcome], in_kafka: Mapping[UUID, float], followed_up: Mapping[UUID, float]) -> Table:
    """Lay out finding → follow-up → alerts, with how long the way took."""
    laid_out = Table(title="finding → follow-up → alerts")
    for heading in ("directive", "finding", "agency", "finding is", "follow-up is", "alerts: rule, step, to whom"):
        laid_out.add_column(heading)
    for heading in ("ms to Kafka", "ms to follow-up", "review"):
        laid_out.add_column(heading, justify="right")
    for outcome in found:
        told = outcome.told
        laid_out.add_row(
            told.story.directive_id,
            told.finding.id,
            told.finding.agency_id,
            outcome.status,
            outcome.follow_up,
            "\n".join(alert.line for alert in outcome.alerts),
            _milliseconds(in_kafka, told.finding_id, told.posted),
            _milliseconds(followed_up, told.finding_id, told.posted),
            ", ".join(outcome.reviews),
        )
    return laid_out


def _milliseconds(arrived: Mapping[UUID, float], finding_id: UUID, posted: float) -> str:
    return f"{(arrived[finding_id] - posted) * 1_000:.0f}"


if __name__ == "__main__":
    sys.exit(main())
