"""Kill the real processes at random while findings flow, then count what came out."""

import random
import threading
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from uuid import UUID

import psutil

from services.adapters.kafka import published
from tests.whole.running import RunningSuite, SuiteFailed
from tests.whole.sample import Sample

PARTS = (
    "api",
    "registry",
    "relay",
    "worker-inspection",
    "worker-discipline",
    "worker-notifier",
    "clock",
    "courier",
    "broker",
    "database",
)
WRITERS = 2
PAUSES = (0.2, 1.5)
"""Seconds between a kill and the next, at least and at most: some come while others are still being mended."""
RECOVERED_SECONDS = 360.0
"""A broker that starts again on a machine that is overrun takes three minutes alone."""


@dataclass
class Chaos:
    """Findings that flow, and processes that die meanwhile."""

    suite: RunningSuite
    random: random.Random
    name: str = "chaos"
    """Begins the commands' keys: two on one suite are told apart by it."""
    pause: float = 0.05
    """Seconds between a writer's findings."""
    accepted: list[UUID] = field(default_factory=list)
    killed: Counter[str] = field(default_factory=Counter)
    failures: list[BaseException] = field(default_factory=list)
    _stop: threading.Event = field(default_factory=threading.Event)

    def run(self, kills: int) -> None:
        """Let findings flow, kill so many processes, and wait until everything is mended and done."""
        sample = Sample(self.suite)
        findings = [sample.finding(number) for number in range(100)]
        writers = [threading.Thread(target=self._write, args=[sample, findings, name]) for name in range(WRITERS)]
        for writer in writers:
            writer.start()
        while self.killed.total() < kills:
            time.sleep(self.random.uniform(*PAUSES))
            self._kill(self.random.choice(PARTS))
        self._stop.set()
        for writer in writers:
            writer.join()
        if self.failures:
            raise self.failures[0]
        self._recovered()

    def _write(self, sample: Sample, findings: list[dict[str, str]], writer: int) -> None:
        try:
            token = sample.inspector(f"writer {writer}")
            number = 0
            while not self._stop.is_set():
                key = f"{self.name}-{writer}-{number:06}"
                answer = self.suite.command("/inspection/findings", token, findings[number % len(findings)], key=key)
                self.accepted.append(UUID(answer["id"]))
                number += 1
                self._stop.wait(self.pause)
        except BaseException as failure:  # noqa: BLE001 -- told by the thread that waits for this one
            self.failures.append(failure)

    def _kill(self, part: str) -> None:
        process = self.suite.process(part)
        if process is None:
            return  # it is down already; another one is chosen
        try:
            process.kill()
        except psutil.NoSuchProcess:
            return
        self.killed[part] += 1

    def _recovered(self) -> None:
        """Wait until every part is ready, and every accepted finding was answered everywhere."""
        deadline = time.monotonic() + RECOVERED_SECONDS
        while not (self._ready() and self.followed_up().keys() >= set(self.accepted)):
            if time.monotonic() > deadline:
                missing = set(self.accepted) - self.followed_up().keys()
                raise SuiteFailed(f"not mended after {RECOVERED_SECONDS:.0f} s; {len(missing)} without a follow-up")
            time.sleep(0.5)

    def _ready(self) -> bool:
        return self.suite.client.get("/health/ready").status_code == 200

    def followed_up(self) -> Counter[UUID]:
        """How many follow-ups were opened, by finding."""
        rows = self.suite.rows(
            "select (data->>'finding_id')::uuid from discipline.events where type = 'discipline.follow_up_opened.v1'"
        )
        return Counter(finding_id for (finding_id,) in rows)

    def submitted(self) -> Counter[UUID]:
        """How often each finding was submitted."""
        rows = self.suite.rows(
            "select (data->>'finding_id')::uuid from inspection.events where type = 'inspection.finding_submitted.v1'"
        )
        return Counter(finding_id for (finding_id,) in rows)

    def alerts(self) -> Counter[tuple[UUID, str]]:
        """How often each rule's alert was opened, by case."""
        rows = self.suite.rows(
            "select (data->>'case_id')::uuid, data->>'rule' from notifier.events"
            " where type = 'notifier.alert_opened.v1'"
        )
        return Counter((case_id, rule) for case_id, rule in rows)

    def disorder(self) -> list[str]:
        """Streams whose events stand on their topic with a gap or out of order; repeats are allowed."""
        wrong: list[str] = []
        for context in ("inspection", "discipline", "notifier"):
            seen: defaultdict[str, int] = defaultdict(int)
            for event in published.events(self.suite.settings.brokers, self.suite.settings.topic_prefix, context):
                if event.version > seen[event.stream] + 1:
                    wrong.append(f"{event.stream}: {event.version} after {seen[event.stream]}")
                seen[event.stream] = max(seen[event.stream], event.version)
            stored = self.suite.rows(f"select stream, max(version) from {context}.events group by stream")
            wrong += [f"{stream}: {seen[stream]} of {version}" for stream, version in stored if seen[stream] != version]
        return wrong
