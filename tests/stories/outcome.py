"""What became of each finding of the stories, and whether it is what the story says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from schemas.notifier.alerts import StallRule
from tests.stories.story import Finding, StallsAt, Then
from tests.stories.telling import Telling, Told

EXPECTED = {
    StallsAt.ACKNOWLEDGE: StallRule.NOT_ACKNOWLEDGED,
    StallsAt.PLAN: StallRule.NO_PLAN,
    StallsAt.PROGRESS: StallRule.NO_PROGRESS,
    StallsAt.OVERDUE: StallRule.OVERDUE,
    StallsAt.VERIFICATION: StallRule.VERIFICATION_PENDING,
}
CALLS = {StallRule.DUE_SOON_FIRST, StallRule.DUE_SOON_LAST}
"""They remind and do not climb."""
OF_THE_FINDING = {StallRule.FINDING_NOT_DECIDED}
"""Whoever has to confirm or dismiss is late; the owner of the follow-up is not."""


@dataclass(frozen=True)
class Alert:
    """An alert that was opened about a finding or its follow-up."""

    rule: StallRule
    told: tuple[str, ...]
    """Whom its steps told, in order."""
    exhausted: bool
    ended: bool

    @property
    def line(self) -> str:
        """How the table shows it."""
        end = "ended" if self.ended else "exhausted" if self.exhausted else "open"
        steps = " → ".join(f"{number} {posts}" for number, posts in enumerate(self.told, 1))
        return f"{self.rule}: {steps} ({end})"


@dataclass(frozen=True)
class Outcome:
    """A finding and what became of it."""

    told: Told
    status: str
    follow_up: str
    alerts: tuple[Alert, ...]
    reviews: tuple[str, ...]
    """Status of each review that rests on it."""

    @property
    def wrong(self) -> list[str]:
        """What is not as the story says."""
        return [f"{self.told.finding.id}: {line}" for line in self._wrong(self.told.finding)]

    def _wrong(self, finding: Finding) -> Iterator[str]:
        yield from self._wrong_follow_up(finding)
        if Then.STALLS in finding.then and finding.stalls_at is not None:
            expected = EXPECTED[finding.stalls_at]
            climbed = [alert for alert in self.alerts if alert.rule is expected and alert.exhausted]
            if len(climbed) != 1:
                yield f"expected one alert {expected} up to the last step, found {len(climbed)}"
        stalled = [alert for alert in self.alerts if alert.rule not in CALLS | OF_THE_FINDING]
        if Then.STALLS not in finding.then and stalled:
            yield f"nothing stalled, and yet: {'; '.join(alert.line for alert in stalled)}"
        if finding.then[-1] is not Then.STALLS and any(not alert.ended for alert in stalled):
            yield "an alert goes on although the follow-up has ended"

    def _wrong_follow_up(self, finding: Finding) -> Iterator[str]:
        if Then.MOVES in finding.then:
            expected = "closed" if Then.CONFIRMED in finding.then else "verified"
        elif Then.STALLS in finding.then:
            return
        else:
            expected = "cancelled"
        if self.follow_up != expected:
            yield f"its follow-up should be {expected}, and is {self.follow_up}"


def outcomes(telling: Telling) -> list[Outcome]:
    """Ask the suite what became of the findings."""
    reviews = _reviews(telling)
    alerts = _alerts(telling)
    return [_outcome(telling, told, alerts, reviews) for told in telling.told]


def _outcome(telling: Telling, told: Told, alerts: dict[UUID, list[Alert]], reviews: dict[UUID, list[str]]) -> Outcome:
    finding = telling.suite.get(f"/inspection/findings/{told.finding_id}", telling.auditor)
    follow_up = telling.suite.get(f"/discipline/follow-ups/{told.finding_id}", telling.auditor)["follow_up"]
    return Outcome(
        told=told,
        status=finding["status"],
        follow_up=follow_up["status"],
        alerts=tuple(alerts.get(told.finding_id, ())),
        reviews=tuple(reviews.get(told.finding_id, ())),
    )


def _alerts(telling: Telling) -> dict[UUID, list[Alert]]:
    """Every alert by its case, as the notifier's events tell it."""
    rows = telling.suite.rows(
        "select stream, type, data from notifier.events"
        " where coalesce(data->>'case_kind', '') not in ('review', 'responsibility') order by stream, version"
    )
    found: dict[UUID, list[Alert]] = {}
    streams: dict[str, list[tuple[str, dict[str, object]]]] = {}
    for stream, type_, data in rows:
        streams.setdefault(stream, []).append((type_, data))
    for events in streams.values():
        opened = events[0][1]
        if "rule" not in opened or "ladder" not in opened:
            continue  # a review's: its opening was left out above
        found.setdefault(UUID(str(opened["case_id"])), []).append(_alert(events))
    return found


def _alert(events: list[tuple[str, dict[str, object]]]) -> Alert:
    types = [type_ for type_, _ in events]
    opened = events[0][1]
    ladder = opened["ladder"]
    if not isinstance(ladder, list | dict):
        raise TypeError(ladder)
    steps = ladder["steps"] if isinstance(ladder, dict) else ladder
    climbed = sum(type_ == "notifier.alert_escalated.v1" for type_ in types)
    return Alert(
        rule=StallRule(str(opened["rule"])),
        told=tuple(", ".join(step["posts"]) or "nobody" for step in steps[: climbed + 1]),
        exhausted="notifier.alert_ladder_exhausted.v1" in types,
        ended="notifier.alert_ended.v1" in types,
    )


def _reviews(telling: Telling) -> dict[UUID, list[str]]:
    """The reviews that rest on each finding, as the auditor reads them."""
    found: dict[UUID, list[str]] = {}
    cursor: dict[str, str] = {}
    while True:
        page = telling.suite.get("/discipline/reviews", telling.auditor, limit=200, **cursor)
        for review in page["items"]:
            for ground in review["basis"]:
                found.setdefault(UUID(ground["finding_id"]), []).append(review["status"])
        if page["next"] is None:
            return found
        cursor = {"cursor": page["next"]}
