"""Findings that flow while something is broken on purpose, and what must come out: the same as when all is calm."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tests.compose.deployment import Deployment
from tests.whole.chaos import WRITERS, Chaos
from tests.whole.sample import Sample

DAYS = "5"
"""Two working days without an acknowledgement, and a weekend between."""


@dataclass
class Flow(Chaos):
    """Findings that flow through a deployment."""

    suite: Deployment
    pause: float = 0.4
    """Seconds: what is lost or doubled is looked for, and each finding has alerts in the days after."""

    def under(self, disturbances: Sequence[Callable[[], None]]) -> None:
        """Let findings flow, disturb one after the other, and wait until everything is mended and done."""
        sample = Sample(self.suite)
        findings = [sample.finding(number) for number in range(100)]
        writers = [threading.Thread(target=self._write, args=[sample, findings, name]) for name in range(WRITERS)]
        for writer in writers:
            writer.start()
        try:
            for disturb in disturbances:
                before = len(self.accepted)
                disturb()
                self._goes_on(before)
        finally:
            self._stop.set()
            for writer in writers:
                writer.join()
        if self.failures:
            raise self.failures[0]
        self._recovered()

    def _goes_on(self, before: int) -> None:
        """Wait until findings are accepted again."""
        while len(self.accepted) < before + WRITERS and not self.failures:
            self._stop.wait(0.1)

    def check(self) -> None:
        """All is there as in a calm run, and stands in order."""
        self.counted()
        with self.suite.broker_reached():
            assert self.disorder() == []

    def counted(self) -> None:
        """Every accepted finding has one follow-up, and the alert that nobody acknowledged it."""
        accepted = set(self.accepted)
        assert len(accepted) == len(self.accepted) > 0
        submitted = {finding: count for finding, count in self.submitted().items() if finding in accepted}
        assert submitted == dict.fromkeys(accepted, 1)
        followed = {finding: count for finding, count in self.followed_up().items() if finding in accepted}
        assert followed == submitted
        alerts = self.alerts()
        assert set(alerts.values()) == {1}
        assert accepted - {case for case, rule in alerts if rule == "not_acknowledged"} == set()
