"""The one form of an event in bytes: RFC 8785, compared with an independent implementation."""

from datetime import UTC, datetime, timedelta, timezone

import orjson
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from schemas.base import MAX_EXACT_INTEGER, Event, Moment, Text, canonical, encode
from schemas.discipline.followups import FollowUpFindingAmended
from schemas.open_copies import OPEN_FIELDS, open_contracts, open_copy, open_type
from schemas.publishing.json_schema import SUITE
from schemas.publishing.samples import sample
from schemas.registry import CONTRACTS, decode
from tests.schemas.strategies import LETTERS, contracts

ANY_EVENT: st.SearchStrategy[Event] = st.sampled_from(list(CONTRACTS.values())).flatmap(contracts)
OPEN = open_contracts()
MOMENT: TypeAdapter[datetime] = TypeAdapter(Moment)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_EXACT_INTEGER, MAX_EXACT_INTEGER) | st.text(LETTERS),
    lambda inner: st.lists(inner) | st.dictionaries(st.from_regex(r"[a-z_0-9A-Z]+", fullmatch=True), inner),
)


@given(ANY_EVENT)
def test_what_was_encoded_is_decoded_again(event: Event) -> None:
    assert decode(event.type, encode(event)) == event


@given(ANY_EVENT)
def test_an_event_has_one_form(event: Event) -> None:
    assert encode(decode(event.type, encode(event))) == encode(event)


@given(ANY_EVENT)
def test_an_events_bytes_are_canonical(event: Event) -> None:
    assert encode(event) == rfc8785.dumps(event.model_dump(mode="json"))


@given(JSON)
def test_any_json_with_ascii_keys_is_written_canonically(value: object) -> None:
    assert canonical(value) == rfc8785.dumps(value)  # type: ignore[arg-type] # its type is recursive


@pytest.mark.parametrize("number", [2**53, -(2**53), 2**63])
def test_an_integer_beyond_a_double_is_not_written(number: int) -> None:
    with pytest.raises(orjson.JSONEncodeError):
        canonical({"number": number})
    with pytest.raises(rfc8785.IntegerDomainError):
        rfc8785.dumps({"number": number})


def test_half_a_surrogate_pair_is_no_text() -> None:
    with pytest.raises(ValidationError, match="string_unicode"):
        TypeAdapter(Text).validate_python("\ud800")


def test_a_moment_has_one_form_wherever_its_sender_stands() -> None:
    hanoi = datetime(2025, 3, 3, 8, 30, tzinfo=timezone(timedelta(hours=7)))
    data = sample(FollowUpFindingAmended)
    here = FollowUpFindingAmended.model_validate({**data, "due_at": hanoi})
    there = FollowUpFindingAmended.model_validate({**data, "due_at": datetime(2025, 3, 3, 1, 30, tzinfo=UTC)})
    assert encode(here) == encode(there)


@pytest.mark.parametrize("text", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_outside_the_calendar_is_refused(text: str) -> None:
    with pytest.raises(ValidationError, match="outside the calendar"):
        MOMENT.validate_python(text)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValidationError, match="timezone_aware"):
        MOMENT.validate_python("2025-03-03T08:30:00")


@given(st.sampled_from(sorted(OPEN_FIELDS)).flatmap(lambda type_: contracts(CONTRACTS[type_])))
def test_an_open_copy_keeps_its_own_contract(event: Event) -> None:
    copy = open_copy(event.type, event.model_dump(mode="json"))
    contract = OPEN[open_type(event.type)]
    assert contract.model_validate(copy).model_dump(mode="json") == copy


@pytest.mark.parametrize("contract", SUITE.values(), ids=SUITE)
def test_a_message_of_the_suite_has_one_form(contract: type[Event]) -> None:
    message = contract.model_validate(sample(contract))
    assert encode(message) == rfc8785.dumps(message.model_dump(mode="json"))
    assert contract.model_validate_json(encode(message)) == message
