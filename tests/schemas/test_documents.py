"""The committed documents are those of today's contracts, and say the truth about what is sent."""

import json
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import jsonschema
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from schemas import cloudevents
from schemas.base import Contract, Event, encode
from schemas.cloudevents import Stored, data_schema
from schemas.open_copies import open_type
from schemas.publishing.asyncapi import carried
from schemas.publishing.json_schema import DIALECT, EVENT_HEADERS, SUITE, json_schemas, published
from schemas.publishing.samples import sample
from schemas.registry import CONTRACTS
from schemas.topics import TOPICS
from services.adapters.packs import DEFAULTS, FOLDER, shipped
from services.entrypoints.commands.schemas import GOLDEN, SCHEMAS, documents, stale
from tests.schemas.strategies import contracts

ASYNCAPI = Path(__file__).with_name("asyncapi-3.0.0.json")
MEND = "run `make schemas` and commit what it writes"


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.exists() else None


def test_the_committed_documents_are_those_of_todays_contracts() -> None:
    current = documents()
    differing = [str(path.relative_to(SCHEMAS.parent)) for path, text in current.items() if _read(path) != text]
    assert (differing, stale(current)) == ([], []), MEND


@cache
def _validator(name: str) -> jsonschema.Draft202012Validator:
    document = json.loads((SCHEMAS / "json" / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(document)
    return jsonschema.Draft202012Validator(document, format_checker=jsonschema.FormatChecker())


@pytest.mark.parametrize("name", json_schemas())
def test_a_document_is_a_json_schema_under_the_name_that_messages_give(name: str) -> None:
    schema = _validator(name).schema
    assert isinstance(schema, dict)
    assert (schema["$schema"], schema["$id"]) == (DIALECT, data_schema(name))


ANY_MESSAGE: st.SearchStrategy[Contract] = st.sampled_from([*CONTRACTS.values(), *SUITE.values()]).flatmap(contracts)


@given(ANY_MESSAGE)
def test_what_is_written_keeps_its_schema(message: Contract) -> None:
    written = json.loads(encode(message))
    _validator(written["type"]).validate(written)


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS)
def test_what_may_be_missing_is_what_has_a_default(contract: type[Event]) -> None:
    """Events from before a field was added lack it; which contract it is, each says."""
    validator = _validator(contract.model_fields["type"].default)
    for name, field in contract.model_fields.items():
        lacking = {field: value for field, value in sample(contract).items() if field != name}
        assert validator.is_valid(lacking) is (name != "type" and not field.is_required()), name


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
def test_history_keeps_the_published_schema(path: Path) -> None:
    """Of each version what its first release wrote; one that is only lifted to the next has no schema any more."""
    if path.stem in CONTRACTS:
        _validator(path.stem).validate(json.loads(path.read_text(encoding="utf-8")))
    else:
        assert not (SCHEMAS / "json" / path.name).exists()


@pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS)
def test_a_field_that_a_later_release_adds_keeps_todays_schema(contract: type[Event]) -> None:
    """Also inside: whoever validates with the schema of the release before refuses nothing."""
    _validator(contract.model_fields["type"].default).validate(_with_more(sample(contract)))


def _with_more(value: Any) -> Any:
    if isinstance(value, dict):
        return {**{name: _with_more(part) for name, part in value.items()}, "added_later": 1}
    return [_with_more(part) for part in value] if isinstance(value, list) else value


@pytest.mark.parametrize("traceparent", [None, "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"])
def test_an_events_headers_keep_their_schema(traceparent: str | None) -> None:
    headers, _ = cloudevents.encode(_stored(traceparent))
    _validator(EVENT_HEADERS).validate({name: value.decode() for name, value in headers})


def _stored(traceparent: str | None) -> Stored:
    contract = CONTRACTS["inspection.finding_withdrawn.v1"]
    some_id = UUID(int=7)
    meta = {"actor": "clock", "correlation_id": str(some_id), "causation_id": str(some_id), "traceparent": traceparent}
    moment = datetime(2025, 3, 3, tzinfo=UTC)
    return Stored(
        position=1,
        event_id=some_id,
        stream=f"finding-{some_id}",
        version=2,
        type=contract.model_fields["type"].default,
        data=sample(contract),
        meta=meta,
        occurred_at=moment,
        recorded_at=moment,
        hash=bytes(32),
    )


def _asyncapi() -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((SCHEMAS / "asyncapi.yaml").read_text(encoding="utf-8"))
    return document


def test_the_asyncapi_document_keeps_asyncapis_own_schema() -> None:
    schema = json.loads(ASYNCAPI.read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(schema)
    assert [error.message for error in validator.iter_errors(_asyncapi())] == []
    broken = {**_asyncapi(), "channels": {"topic": {"adress": "topic"}}}
    assert not validator.is_valid(broken)


def test_the_asyncapi_document_has_a_channel_for_every_topic() -> None:
    assert {channel["address"] for channel in _asyncapi()["channels"].values()} == set(TOPICS)


def test_every_message_of_the_asyncapi_document_is_carried_by_a_topic_and_refers_to_documents_that_are_there() -> None:
    document = _asyncapi()
    messages = document["components"]["messages"]
    assert set(messages) == set(published()) == {type_ for types in carried().values() for type_ in types}
    referred = {message[part]["schema"]["$ref"] for message in messages.values() for part in ("payload", "headers")}
    assert [name for name in referred if not (SCHEMAS / name).exists()] == []


@pytest.mark.parametrize("topic", ["discipline.reviews", "discipline.consultations"])
def test_neither_a_review_nor_a_consultation_has_an_open_copy(topic: str) -> None:
    assert {open_type(type_) for type_ in carried()[topic]} & set(published()) == set()


@pytest.mark.parametrize("path", [*shipped(), DEFAULTS], ids=lambda path: path.stem)
def test_a_shipped_pack_keeps_the_schema_that_editors_use(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    name = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    schema = json.loads((FOLDER / name).read_text(encoding="utf-8"))
    plain = json.loads(json.dumps(yaml.safe_load(text), default=str))
    jsonschema.validate(plain, schema, jsonschema.Draft202012Validator)
