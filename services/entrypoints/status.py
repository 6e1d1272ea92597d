"""What the supervisor answers for all processes: one readiness, and one page of metrics with a `process` label."""

import http.client
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus

from prometheus_client import Metric
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from services.adapters.embedded.ports import LOOPBACK

SECONDS = 3.0
"""A probe that takes longer counts as not ready, and its metrics are left out of this page."""
LABEL = "process"

Probes = Callable[[], dict[str, int]]
"""The processes that run now, and the ports of their probes."""


def fetch(port: int, path: str) -> tuple[int, bytes] | None:
    """A probe's answer, status and body; None when it gives none."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=SECONDS)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def is_ready(port: int) -> bool:
    """Whether the process behind the probe says that it is ready."""
    answer = fetch(port, "/health/ready")
    return answer is not None and answer[0] == HTTPStatus.OK


class Merged(Collector):
    """The metrics of every process, each sample labelled with its process."""

    def __init__(self, probes: Probes) -> None:
        self._probes = probes

    def describe(self) -> Iterable[Metric]:
        """Nothing beforehand: which metrics there are is known only by asking."""
        return ()

    def collect(self) -> Iterator[Metric]:
        """Ask all probes at once; a process that does not answer is missing from this page, and `up` says so."""
        probes = self._probes()
        with ThreadPoolExecutor(max(1, len(probes))) as pool:
            pages = list(pool.map(lambda port: fetch(port, "/metrics"), probes.values()))
        merged: dict[tuple[str, str], Metric] = {}
        up = Metric("kycuong_up", "Whether the process answered this time.", "gauge")
        for process, page in zip(probes, pages, strict=True):
            up.add_sample("kycuong_up", {LABEL: process}, 1.0 if page else 0.0)
            if page:
                _merge(page[1].decode(), process, merged)
        yield up
        yield from merged.values()


def _merge(page: str, process: str, merged: dict[tuple[str, str], Metric]) -> None:
    for family in text_string_to_metric_families(page):
        into = merged.setdefault((family.name, family.type), Metric(family.name, family.documentation, family.type))
        for sample in family.samples:
            into.add_sample(sample.name, {**sample.labels, LABEL: process}, sample.value)
