"""`http_submit_32`: findings submitted through the real API, beside the same app with the append left out."""

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import uuid4

import httpx

from services.adapters.embedded.ports import free_port
from services.entrypoints.running_process import environment
from tests.bench.environment import Env
from tests.bench.figure import Figure
from tests.bench.load import Load, load, post
from tests.whole.running import RunningSuite, running
from tests.whole.sample import Sample

CONNECTIONS = 32
REQUESTS = 4_000
WARM_UP = 500
START_SECONDS = 30.0
AIM = "≥ 0.60 of ceiling"


def measure(_env: Env) -> list[Figure]:
    """Measure both, each on a server of its own beside the same suite.

    While the relay is paused: what follows from a finding is the work of other processes, which share these processors
    only here. Then once more with all of it.
    """
    with running("--sample") as suite:
        relay = suite.process("relay")
        assert relay is not None
        relay.suspend()
        with api(suite, "tests.bench.http_app") as url:
            ceiling = submitted(suite, url)
        with api(suite, "services.entrypoints.api") as url:
            real = submitted(suite, url)
            relay.resume()
            whole = submitted(suite, url)
    return [
        figure("http_submit_32", real, ceiling, "the relay paused; narrative put in the registry too", AIM),
        figure("http_submit_32.whole", whole, ceiling, "relay, workers and broker at work on the same processors", ""),
    ]


def figure(name: str, done: Load, ceiling: Load, note: str, aim: str) -> Figure:
    """A rate, with its latencies in the note."""
    told = f"p50 {done.percentile(0.5):.1f} ms, p99 {done.percentile(0.99):.1f} ms; {note}"
    return Figure(name, done.rate, "requests/s", ceiling=ceiling.rate, note=told, aim=aim)


def submitted(suite: RunningSuite, url: str) -> Load:
    """Submit findings as one inspector. Raises `AssertionError` where one was refused."""
    sample = Sample(suite)
    token, body, run = sample.inspector(), json.dumps(sample.finding()).encode(), uuid4().hex

    def make(number: int) -> bytes:
        return post("/inspection/findings", token, f"{run}-{number}", body)

    asyncio.run(load(url, CONNECTIONS, WARM_UP, lambda number: make(number + REQUESTS)))
    done = asyncio.run(load(url, CONNECTIONS, REQUESTS, make))
    if done.refused:
        raise AssertionError(f"{done.refused} of {REQUESTS} findings were refused")
    return done


@contextmanager
def api(suite: RunningSuite, module: str) -> Iterator[str]:
    """Another API process beside the suite's, on a port of its own."""
    port = free_port()
    # As the environment wants it: texts as they are, everything else as JSON.
    kept = suite.settings.model_dump(mode="json", exclude_none=True)
    told = {name: value if isinstance(value, str) else json.dumps(value) for name, value in kept.items()}
    settings = environment({**told, "port": str(port), "probe_port": "0", "process": "bench-api"})
    process = subprocess.Popen([sys.executable, "-m", module], env=settings)
    try:
        _wait(f"http://127.0.0.1:{port}/health/live")
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(START_SECONDS)


def _wait(url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            httpx.get(url).raise_for_status()
        except httpx.HTTPError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
