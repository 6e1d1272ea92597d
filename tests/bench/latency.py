"""`post_to_kafka_ms` and `post_to_followup_ms`: how long a finding takes to be told, at twenty a second."""

import secrets
import statistics
import time
from uuid import UUID

from tests.bench.environment import Env
from tests.bench.figure import Figure
from tests.whole.running import RunningSuite, running
from tests.whole.sample import Sample
from tests.whole.watch import watching

RATE = 20
FINDINGS = 600


def measure(_env: Env) -> list[Figure]:
    """Submit findings at an even pace and watch where they arrive."""
    with running("--sample") as suite, watching(suite) as watch:
        posted = _submit(suite)
        watch.wait_for(FINDINGS)
    return [
        *_figures("post_to_kafka_ms", posted, watch.in_kafka, ""),
        *_figures("post_to_followup_ms", posted, watch.followed_up, "p99 ≤ 100 ms"),
    ]


def _submit(suite: RunningSuite) -> dict[UUID, float]:
    posted: dict[UUID, float] = {}
    sample = Sample(suite)
    token = sample.inspector()
    findings = [sample.finding(number) for number in range(FINDINGS)]
    started = time.perf_counter()
    for number, finding in enumerate(findings):
        time.sleep(max(0.0, started + number / RATE - time.perf_counter()))
        at = time.perf_counter()
        answer = suite.command("/inspection/findings", token, finding, key=secrets.token_hex(16))
        posted[UUID(answer["id"])] = at
    return posted


def _figures(name: str, posted: dict[UUID, float], arrived: dict[UUID, float], aim: str) -> list[Figure]:
    missing = posted.keys() - arrived.keys()
    if missing:
        raise AssertionError(f"{name}: {len(missing)} of {len(posted)} never arrived")
    times = sorted((arrived[finding_id] - at) * 1_000 for finding_id, at in posted.items())
    note = f"{RATE} findings a second, {len(times)} findings"
    return [
        Figure(f"{name}.p50", statistics.median(times), "ms", note=note),
        Figure(f"{name}.p99", times[int(0.99 * len(times))], "ms", note=note, aim=aim),
    ]
