"""Events on the wire, their keys, and what of them is open."""

import uuid

import pytest

from schemas.base import Event, canonical
from schemas.cloudevents import Header, NotAnEvent, decode, encode
from schemas.open_copies import OPEN_FIELDS, OPENING_EVENTS, open_contracts, open_copy, open_type, stream_is_open
from schemas.registry import CONTRACTS
from schemas.topics import RESTRICTED, key
from tests.kafka.samples import NOON, event, sample, stored

HARMLESS_IDS = {
    "finding_id", "inspection_id", "matter_id", "replaces", "original_id", "alert_id", "case_id", "content",
}  # fmt: skip
"""Fields whose ids name no person and no document (`content` is looked into)."""


@pytest.mark.parametrize("type_", CONTRACTS)
def test_every_event_comes_back_as_it_was_sent(type_: str) -> None:
    sent = stored(type_)
    received = decode(*encode(sent))
    assert canonical(received.event.model_dump(mode="json")) == canonical(sent.data)
    assert received.meta.model_dump(mode="json") == sent.meta
    place = (received.position, received.event_id, received.stream, received.version, received.hash)
    assert place == (sent.position, sent.event_id, sent.stream, sent.version, sent.hash)
    assert (received.occurred_at, received.recorded_at) == (NOON, NOON)


def test_an_event_carries_the_attributes_of_cloudevents() -> None:
    sent = stored("inspection.finding_withdrawn.v1")
    headers = dict(encode(sent)[0])
    assert headers["ce_specversion"] == b"1.0"
    assert headers["ce_source"] == b"/kycuong/inspection"
    assert headers["ce_type"] == b"inspection.finding_withdrawn.v1"
    assert headers["ce_subject"] == sent.stream.encode()
    assert headers["ce_time"] == b"2026-11-23T05:00:00.000000+00:00"
    assert headers["content-type"] == b"application/json"
    assert headers["ce_traceparent"] == sent.meta["traceparent"].encode()


def test_an_event_without_trace_context_has_no_such_header() -> None:
    sent = stored("inspection.finding_withdrawn.v1")
    headers, value = encode(stored(sent.type, meta={**sent.meta, "traceparent": None}))
    assert "ce_traceparent" not in dict(headers)
    assert decode(headers, value).meta.traceparent is None


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ce_id", None),
        ("ce_id", b"no-uuid"),
        ("ce_streamversion", b"one"),
        ("ce_hash", b"\xff"),
        ("ce_specversion", b"0.3"),
        ("ce_time", b"2026-11-23T05:00:00"),
        ("ce_type", b"inspection.finding_eaten.v1"),
    ],
)
def test_a_header_that_is_missing_or_wrong_is_refused(name: str, value: bytes | None) -> None:
    headers, data = encode(stored("inspection.finding_withdrawn.v1"))
    changed: list[Header] = [header for header in headers if header[0] != name]
    if value is not None:
        changed.append((name, value))
    with pytest.raises(ValueError):  # noqa: PT011 - its subclasses are what parsing raises
        decode(changed, data)


def test_a_message_of_somebody_else_is_no_event() -> None:
    with pytest.raises(NotAnEvent):
        decode([("content-type", b"text/plain")], b"hello")


@pytest.mark.parametrize(
    ("type_", "field"),
    [
        ("inspection.finding_submitted.v1", "finding_id"),
        ("discipline.follow_up_opened.v1", "finding_id"),
        ("inspection.inspection_opened.v1", "inspection_id"),
        ("discipline.review_proposed.v1", "review_id"),
        ("notifier.alert_escalated.v1", "case_id"),
    ],
)
def test_what_belongs_to_one_case_has_its_key(type_: str, field: str) -> None:
    sent = stored(type_)
    assert key(type_, sent.stream, sent.data) == sent.data[field]


@pytest.mark.parametrize(
    "type_",
    ["inspection.agency_created.v1", "inspection.directive_adopted.v1", "discipline.confirmed_finding_counted.v1"],
)
def test_what_belongs_to_no_case_has_its_stream_as_key(type_: str) -> None:
    sent = stored(type_)
    assert key(type_, sent.stream, sent.data) == sent.stream


@pytest.mark.parametrize("contract", CONTRACTS.values())
def test_every_contract_goes_to_a_restricted_topic_of_its_context(contract: type[Event]) -> None:
    type_ = contract.model_fields["type"].default
    assert contract.topic in RESTRICTED[type_.partition(".")[0]]


@pytest.mark.parametrize("type_", OPEN_FIELDS)
def test_an_open_copy_keeps_its_own_contract(type_: str) -> None:
    copy = open_copy(type_, stored(type_).data)
    assert open_contracts()[open_type(type_)].model_validate(copy).model_dump(mode="json") == copy


@pytest.mark.parametrize("type_", OPEN_FIELDS)
def test_no_person_and_no_document_is_in_an_open_copy(type_: str) -> None:
    data = stored(type_).data
    harmless = _ids({name: value for name, value in data.items() if name in HARMLESS_IDS - {"content"}})
    content = data.get("content", {})
    harmless |= _ids({name: value for name, value in content.items() if name in HARMLESS_IDS})
    assert _ids(open_copy(type_, data)) <= harmless


@pytest.mark.parametrize("type_", [type_ for type_ in OPEN_FIELDS if not type_.startswith("inspection.post")])
def test_no_post_of_a_case_is_in_an_open_copy(type_: str) -> None:
    assert not {name for name in OPEN_FIELDS[type_] if name.startswith("post") or name.endswith("_post")}


@pytest.mark.parametrize(
    "type_",
    [
        "inspection.finding_drafted.v1",
        "inspection.inspection_planned.v1",
        "discipline.review_proposed.v1",
        "discipline.review_demanded.v1",
        "discipline.threshold_reached.v1",
    ],
)
def test_what_must_not_be_known_has_no_open_copy(type_: str) -> None:
    assert type_ in CONTRACTS
    assert open_copy(type_, stored(type_).data) is None


@pytest.mark.parametrize(
    ("case_kind", "confidential", "is_open"),
    [("follow_up", False, True), ("follow_up", True, False), ("review", True, False), ("inspection", False, False)],
)
def test_an_alert_is_as_open_as_its_case(case_kind: str, *, confidential: bool, is_open: bool) -> None:
    opening = {**event_data("notifier.alert_opened.v1"), "case_kind": case_kind, "confidential": confidential}
    assert stream_is_open(opening) is is_open


def test_every_alert_event_is_judged_by_the_opening_of_its_stream() -> None:
    alerts = {type_ for type_ in CONTRACTS if type_.startswith("notifier.")}
    assert set(OPENING_EVENTS) == alerts
    assert set(OPENING_EVENTS.values()) == {"notifier.alert_opened.v1"}


def test_samples_differ_so_that_a_leak_would_show() -> None:
    first, second = (sample(CONTRACTS["inspection.finding_submitted.v1"]) for _ in range(2))
    assert not _ids(first) & _ids(second)


def event_data(type_: str) -> dict[str, object]:
    return event(type_).model_dump(mode="json")


def _ids(value: object) -> set[str]:
    """Every UUID anywhere within."""
    if isinstance(value, dict):
        return {found for inner in value.values() for found in _ids(inner)}
    if isinstance(value, list):
        return {found for inner in value for found in _ids(inner)}
    try:
        return {str(uuid.UUID(value))} if isinstance(value, str) else set()
    except ValueError:
        return set()
