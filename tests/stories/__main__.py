"""`make demo`: the stories' findings on a throwaway suite, told day by day, and the table of what came of them."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from itertools import groupby
from statistics import median
from uuid import UUID

from rich.console import Console
from rich.table import Table

from tests.stories.outcome import Outcome, outcomes
from tests.stories.reviewing import FINDING, Reviewing
from tests.stories.story import stories
from tests.stories.telling import DAY, Telling, Told
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
        for directive, of_it in groupby(found, key=lambda outcome: outcome.told.story.directive_id):
            console.print(table(directive, of_it, watch.in_kafka, watch.followed_up))
        for way, arrived in (("Kafka", watch.in_kafka), ("the opened follow-up", watch.followed_up)):
            console.print(summary(way, [_milliseconds(arrived, outcome.told) for outcome in found]))
        console.print(f"A review, from {FINDING} to the answer to the complaint:")
        for day, happened in Reviewing(telling).run():
            console.print(f"  {day}  {happened}")
    wrong = [line for outcome in found for line in outcome.wrong]
    for line in wrong:
        console.print(f"[red]{line}[/red]")
    console.print("Every step held." if not wrong else f"{len(wrong)} steps did not hold.")
    return 1 if wrong else 0


def table(
    directive: str, found: Iterable[Outcome], in_kafka: Mapping[UUID, float], followed_up: Mapping[UUID, float]
) -> Table:
    """Lay out finding → follow-up → alerts of a directive, with how long the way took."""
    laid_out = Table(title=f"{directive}: finding → follow-up → alerts", show_lines=True)
    for heading, width in (("finding", 24), ("agency", 20), ("finding is", 10), ("follow-up is", 12)):
        laid_out.add_column(heading, overflow="fold", width=width)
    laid_out.add_column("alerts: rule, each step and whom it told", overflow="fold")
    for heading, width in (("ms to Kafka", 6), ("ms to follow-up", 9)):
        laid_out.add_column(heading, justify="right", width=width)
    laid_out.add_column("reviews", overflow="fold", width=10)
    for outcome in found:
        laid_out.add_row(
            outcome.told.finding.id,
            outcome.told.finding.agency_id,
            outcome.status,
            outcome.follow_up,
            "\n".join(alert.line for alert in outcome.alerts),
            f"{_milliseconds(in_kafka, outcome.told):.0f}",
            f"{_milliseconds(followed_up, outcome.told):.0f}",
            "\n".join(outcome.reviews),
        )
    return laid_out


def summary(way: str, milliseconds: list[float]) -> str:
    """How long it took from the POST, in the middle and at worst."""
    return f"From POST to {way}: median {median(milliseconds):.0f} ms, longest {max(milliseconds):.0f} ms."


def _milliseconds(arrived: Mapping[UUID, float], told: Told) -> float:
    return (arrived[told.finding_id] - told.posted) * 1_000


if __name__ == "__main__":
    sys.exit(main())
