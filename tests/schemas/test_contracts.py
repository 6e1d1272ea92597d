"""What every contract keeps: the published language is closed, exact, described, and knows no persons."""

import re
from collections.abc import Iterator
from typing import Any, get_args

import pytest
from pydantic import ValidationError

from schemas.base import MAX_EXACT_INTEGER, Contract, Event
from schemas.envelope import EventMeta
from schemas.open_copies import open_contracts
from schemas.publishing.json_schema import SUITE, written
from schemas.publishing.samples import sample
from schemas.registry import CONTEXTS, CONTRACTS
from schemas.topics import RESTRICTED

EVENTS = pytest.mark.parametrize("contract", CONTRACTS.values(), ids=CONTRACTS)


def _within(model: type[Contract]) -> Iterator[type[Contract]]:
    yield model
    for field in model.model_fields.values():
        for inner in _models(field.annotation):
            yield from _within(inner)


def _models(annotation: Any) -> Iterator[type[Contract]]:
    if isinstance(annotation, type) and issubclass(annotation, Contract):
        yield annotation
    for argument in get_args(annotation):
        yield from _models(argument)


PUBLISHED: tuple[type[Contract], ...] = (*CONTRACTS.values(), *SUITE.values(), EventMeta)
MODELS = sorted({model for contract in PUBLISHED for model in _within(contract)}, key=lambda model: model.__name__)
EACH_MODEL = pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)


@EACH_MODEL
def test_a_contract_is_frozen_and_closed(model: type[Contract]) -> None:
    assert (model.model_config["frozen"], model.model_config["extra"]) == (True, "forbid")


@EACH_MODEL
def test_a_contract_and_each_of_its_fields_say_what_they_mean(model: type[Contract]) -> None:
    silent = [name for name, field in model.model_fields.items() if name != "type" and not field.description]
    assert silent == []
    assert model.__doc__


@EACH_MODEL
def test_no_contract_knows_floats(model: type[Contract]) -> None:
    kinds = {kind for field in model.model_fields.values() for kind in _leaves(field.annotation)}
    assert not kinds & {float, complex, Any, object, dict, bytes}


def _leaves(annotation: Any) -> Iterator[Any]:
    arguments = get_args(annotation)
    if not arguments:
        yield annotation
    for argument in arguments:
        yield from _leaves(argument)


PERSONAL = re.compile(r"person_name|full_name|surname|phone|e_?mail|postal|birth|narrative_text|comment|note|remark")

TEXTS = {
    # fields that hold words, each with whose words they are: an institution's, never about a person
    "ClockCalculation.article": "a law's article",
    "ClockCalculation.instrument": "a law's name",
    "DocumentIssued.symbol": "a kind of document and its issuer, abbreviated",
    "LawRowActivated.source": "a publication",
    "RowStated.article": "a law's article",
    "RowUsed.article": "a law's article",
    "RowUsed.instrument": "a law's name",
    "Wording.symbol": "words of a form, written by an agency for all its documents",
    "Wording.title": "words of a form, written by an agency for all its documents",
    "Wording.subject": "words of a form, written by an agency for all its documents",
    "Wording.place": "words of a form, written by an agency for all its documents",
    "Wording.authority_line": "words of a form, written by an agency for all its documents",
    "Wording.bases": "words of a form, written by an agency for all its documents",
    "Wording.body": "words of a form, written by an agency for all its documents",
    "Wording.recipients": "words of a form, written by an agency for all its documents",
    "Wording.signature": "words of a form, written by an agency for all its documents",
    "Wording.countersignature": "words of a form, written by an agency for all its documents",
    "EventMeta.actor": "an id, a policy's name or the clock",
    "DeadLetter.consumer": "a consumer group",
    "DeadLetter.topic": "a topic",
    "DeadLetter.error": "a class of error",
    "Head.stream": "a stream's name, made of ids",
    "Name.vi": "a name of an agency, post or rule",
    "Name.en": "a name of an agency, post or rule",
    "AlertOpened.provision": "a directive's provision",
    "ConsultationRules.provision": "a directive's provision",
    "ConsultationTerms.provision": "a directive's provision",
    "DutyRow.provision": "a directive's provision",
    "FollowUpTerms.provision": "a directive's provision",
    "IndicatorRow.provision": "a directive's provision",
    "Pack.number": "a document's number",
    "Pack.source": "a publication",
    "ReportRow.provision": "a directive's provision",
    "ReviewDecided.number": "a decision's number",
    "LaterFindingReferred.provision": "a directive's provision",
    "ReviewProposed.provision": "a directive's provision",
    "ReviewRules.provision": "a directive's provision",
    "ReviewTerms.provision": "a directive's provision",
    "StatedNumber.article": "a law's article",
    "StatedNumber.instrument": "a law's name",
    "ViolationType.provision": "a directive's provision",
}


def test_free_text_stands_only_where_an_institution_speaks() -> None:
    """A new field of words is a decision: what a person wrote or is called belongs in the registry."""
    found = {
        f"{model.__name__}.{name}"
        for model in MODELS
        for name, schema in written("any", model)["properties"].items()
        if any(_is_free(option) for option in schema.get("anyOf", [schema]))
    }
    assert found == set(TEXTS)


def _is_free(schema: dict[str, Any]) -> bool:
    """A text that no pattern, format or list of values closes; the pattern against NUL closes nothing."""
    if schema.get("type") == "array":
        return _is_free(schema["items"])
    closed = {"const", "enum", "format"} & set(schema) or schema.get("pattern", r"^[^\x00]*$") != r"^[^\x00]*$"
    return schema.get("type") == "string" and not closed


@EACH_MODEL
def test_no_field_is_made_for_a_name_or_a_contact(model: type[Contract]) -> None:
    assert [name for name in model.model_fields if PERSONAL.search(name)] == []


@EACH_MODEL
def test_a_text_cannot_hold_nul(model: type[Contract]) -> None:
    schemas = written("any", model)["properties"].values()
    free = [option for schema in schemas for option in schema.get("anyOf", [schema]) if _is_free(option)]
    assert all(option.get("items", option).get("pattern") == r"^[^\x00]*$" for option in free)


@EVENTS
def test_a_type_names_its_context_its_class_and_its_version(contract: type[Event]) -> None:
    context = contract.__module__.split(".")[1]
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", contract.__name__).lower()
    assert re.fullmatch(rf"{context}\.{name}\.v[1-9]\d*", contract.model_fields["type"].default)


@EVENTS
def test_an_event_says_which_topic_carries_it(contract: type[Event]) -> None:
    context = contract.__module__.split(".")[1]
    assert contract.topic in RESTRICTED[context]


def test_every_event_stands_in_exactly_one_context() -> None:
    types = [contract for union in CONTEXTS.values() for contract in get_args(union)]
    assert sorted(types, key=str) == sorted(CONTRACTS.values(), key=str)
    assert len(CONTRACTS) == len(types)


@EVENTS
def test_an_unknown_field_is_refused(contract: type[Event]) -> None:
    with pytest.raises(ValidationError, match="extra_forbidden"):
        contract.model_validate({**sample(contract), "unheard_of": 1})


@EVENTS
def test_an_integer_that_a_double_cannot_hold_is_refused(contract: type[Event]) -> None:
    data = sample(contract)
    for path in _integers(data):
        with pytest.raises(ValidationError, match="less_than_equal"):
            contract.model_validate(_with(data, path, MAX_EXACT_INTEGER + 1))


@EVENTS
def test_what_looks_like_an_integer_is_none(contract: type[Event]) -> None:
    data = sample(contract)
    for path in _integers(data):
        for wrong in ("1", 1.0, True):
            with pytest.raises(ValidationError, match="int_type"):
                contract.model_validate(_with(data, path, wrong))


def _integers(data: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    if isinstance(data, int) and not isinstance(data, bool):
        yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from _integers(value, (*path, key))


def _with(data: Any, path: tuple[str | int, ...], value: object) -> Any:
    if not path:
        return value
    copy = data.copy()
    copy[path[0]] = _with(data[path[0]], path[1:], value)
    return copy


@pytest.mark.parametrize("contract", open_contracts().values(), ids=open_contracts())
def test_an_open_copy_leads_to_no_person_and_no_document(contract: type[Contract]) -> None:
    names = {name for model in _within(contract) for name in model.model_fields}
    closed = re.compile(r"person|officials?$|inspector|_by$|document|sha256|leader|member|narrative|evidence|reasons?$")
    assert {name for name in names if closed.search(name)} <= {"pack_sha256", "reason", "answers_personally"}
