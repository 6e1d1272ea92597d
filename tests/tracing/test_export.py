"""Spans leave a process that was told where to; others do not even load what sends them, and nobody ever waits."""

import subprocess
import sys
from dataclasses import dataclass

import pytest
from prometheus_client import REGISTRY

from schemas.refusal import Refusal
from services.adapters.embedded.ports import free_port
from services.application import tracing
from services.entrypoints.tracing import wanted
from tests.tracing.receiver import ENDPOINT, receiving, sending

LOADED = "import sys, services.entrypoints.{process}; print([m for m in sys.modules if 'opentelemetry.sdk' in m])"
KEPT = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


@dataclass(unsafe_hash=True)
class NotToday(Refusal):
    """Example of a refusal."""


def count(outcome: str) -> float:
    return REGISTRY.get_sample_value("kycuong_spans_total", {"outcome": outcome}) or 0.0


def nobody() -> str:
    """An address at which nobody answers."""
    return f"http://127.0.0.1:{free_port()}"


@pytest.mark.parametrize(
    ("variables", "sends"),
    [
        ({}, False),
        ({ENDPOINT: ""}, False),
        ({ENDPOINT: "http://collector:4318"}, True),
        ({"OTEL_EXPORTER_OTLP_TRACES_ENDPOINT": "http://collector:4318/v1/traces"}, True),
        ({ENDPOINT: "http://collector:4318", "OTEL_SDK_DISABLED": "true"}, False),
    ],
)
def test_a_process_sends_spans_where_the_standard_variables_say_so(variables: dict[str, str], *, sends: bool) -> None:
    assert wanted(variables) == sends


@pytest.mark.parametrize("process", ["api.process", "relay", "worker", "clock", "courier", "preloaded"])
def test_a_process_that_sends_nothing_loads_no_sdk(process: str) -> None:
    told = subprocess.run([sys.executable, "-c", LOADED.format(process=process)], capture_output=True, check=True)
    assert told.stdout == b"[]\n"


def test_without_a_receiver_no_span_begins() -> None:
    span = tracing.begin("something")
    assert not span.is_recording()
    assert tracing.sampled(KEPT) is None


def test_a_part_of_what_is_not_traced_begins_no_trace_of_its_own() -> None:
    with receiving() as receiver, sending(receiver.url) as export:
        with tracing.within("append"):
            pass
        export.flush()
    assert receiver.spans == []


def test_a_span_arrives_below_the_one_that_was_named_to_it() -> None:
    with receiving() as receiver, sending(receiver.url, "relay"):
        parent = tracing.sampled(KEPT)
        outer = tracing.begin("outer", parent=parent, attributes={"kycuong.context": "discipline"})
        with tracing.current(outer), tracing.within("inner"):
            pass
        tracing.end(outer)
    [inner], [outermost] = receiver.named("inner"), receiver.named("outer")
    assert (outermost.trace, outermost.parent) == tuple(KEPT.split("-")[1:3])
    assert (inner.trace, inner.parent) == (outermost.trace, outermost.id)
    assert outermost.attributes == {"kycuong.context": "discipline"}
    assert (outermost.service, outermost.resource["service.namespace"]) == ("relay", "kycuong")


def test_what_went_wrong_is_told_by_its_class_and_never_by_its_words() -> None:
    with receiving() as receiver, sending(receiver.url):
        span = tracing.begin("load")
        with pytest.raises(ValueError, match="Nguyễn"), tracing.current(span), tracing.within("within"):
            raise ValueError("Nguyễn Văn A")
        tracing.end(span, ValueError("Nguyễn Văn A"))
    assert [(seen.attributes, seen.failed) for seen in receiver.spans] == [({"error.type": "ValueError"}, True)] * 2
    assert "Nguyễn" not in str(receiver.spans)


def test_a_refusal_is_an_answer_and_no_failure() -> None:
    with receiving() as receiver, sending(receiver.url):
        tracing.end(tracing.begin("decide"), NotToday())
    [seen] = receiver.spans
    assert (seen.attributes, seen.failed) == ({"kycuong.refusal": "NotToday"}, False)


def test_a_receiver_that_is_down_costs_spans_and_nothing_else() -> None:
    failed = count("failed")
    with sending(nobody(), OTEL_EXPORTER_OTLP_TIMEOUT="1") as export:
        for _ in range(5):
            tracing.end(tracing.begin("something"))
        export.flush()
    assert count("failed") == failed + 5


def test_spans_that_find_no_place_are_dropped_and_counted() -> None:
    with receiving() as receiver:
        variables = {"OTEL_BSP_MAX_QUEUE_SIZE": "10", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE": "10"}
        before = count("sent") + count("dropped")
        with sending(receiver.url, **variables):
            for _ in range(1_000):
                tracing.end(tracing.begin("something"))
        assert count("sent") + count("dropped") == before + 1_000
        assert len(receiver.spans) < 1_000


@pytest.mark.parametrize("written", ["", "garbage", f"00-{'0' * 32}-{'1' * 16}-01", f"ff-{'1' * 32}-{'1' * 16}-01"])
def test_a_name_that_is_none_joins_no_trace(written: str) -> None:
    assert tracing.remote(written) is None


def test_a_trace_that_is_not_kept_is_not_kept_here_either() -> None:
    with receiving() as receiver, sending(receiver.url):
        assert tracing.sampled(KEPT) is not None
        assert tracing.sampled(f"{KEPT[:-2]}00") is None
        assert tracing.sampled(None) is None
