"""A change that a reader of a released contract would not survive is found, and named with its mend."""

import copy
from collections.abc import Callable
from typing import Any

import pytest

from schemas.publishing.compatibility import Break, breaks, moves
from schemas.publishing.json_schema import HEADERS, json_schemas, published, read
from services.entrypoints.commands.schemas import RELEASED, TOPICS, broken

Schema = dict[str, Any]
TYPE = "inspection.example.v1"

CONTRACT: Schema = {
    "type": "object",
    "$defs": {
        "Kind": {"type": "string", "enum": ["late", "lost"]},
        "Official": {
            "type": "object",
            "properties": {
                "post": {"type": "string", "maxLength": 80, "pattern": "^[a-z]+$"},
                "rank": {"type": "string"},
            },
            "required": ["post"],
        },
    },
    "properties": {
        "type": {"type": "string", "const": TYPE},
        "day": {"type": "string", "format": "date"},
        "days": {"type": "integer", "minimum": 0, "maximum": 90},
        "kind": {"$ref": "#/$defs/Kind", "description": "What kind."},
        "reason": {"anyOf": [{"type": "string", "minLength": 1}, {"type": "null"}]},
        "officials": {"type": "array", "maxItems": 50, "items": {"$ref": "#/$defs/Official"}},
        "note": {"type": "string"},
    },
    "required": ["type", "day", "days", "kind", "reason", "officials"],
}

Change = Callable[[Schema], object]


def _official(schema: Schema) -> Schema:
    official: Schema = schema["$defs"]["Official"]
    return official


def _field(schema: Schema, name: str) -> Schema:
    field: Schema = schema["properties"][name]
    return field


def _replace(name: str, **field: object) -> Change:
    return lambda schema: schema["properties"].update({name: field})


def _adjust(name: str, **limits: object) -> Change:
    return lambda schema: _field(schema, name).update(limits)


def _adjust_post(**limits: object) -> Change:
    return lambda schema: _official(schema)["properties"]["post"].update(limits)


def _require(schema: Schema) -> None:
    schema["properties"]["place"] = {"type": "string"}
    schema["required"].append("place")


A_DAY = {"type": "string", "format": "date"}

BREAKS: dict[str, tuple[Change, str, str]] = {
    # a change → the field that is named, and what is said
    "field removed": (lambda s: s["properties"].pop("day"), "day", "the field is gone"),
    "inner field removed": (lambda s: _official(s)["properties"].pop("post"), "officials[].post", "the field is gone"),
    "field required": (_require, "place", "a new field is required"),
    "default lost": (lambda s: s["required"].append("note"), "note", "it has lost its default"),
    "inner default lost": (lambda s: _official(s)["required"].append("rank"), "officials[].rank", "lost its default"),
    "type changed": (_replace("days", type="string"), "days", "was integer and is string"),
    "text closed": (_replace("day", type="string", enum=["x"]), "day", "is one of several"),
    "list of others": (_adjust("officials", items={"type": "string"}), "officials[]", "was object"),
    "null refused": (_replace("reason", type="string", minLength=1), "reason", "no longer be null"),
    "null allowed": (_replace("day", anyOf=[A_DAY, {"type": "null"}]), "day", "may be null now"),
    "value removed": (lambda s: s["$defs"]["Kind"]["enum"].remove("lost"), "kind", "the value lost is gone"),
    "constant changed": (_adjust("type", const="other.v1"), "type", "its const was"),
    "pattern changed": (_adjust_post(pattern="^[a-c]+$"), "officials[].post", "its pattern was"),
    "pattern added": (_adjust("day", pattern="^2"), "day", "its pattern was None"),
    "format changed": (_adjust("day", format="date-time"), "day", "its format was date"),
    "minimum raised": (_adjust("days", minimum=1), "days", "minimum was 0 and is 1"),
    "maximum lowered": (_adjust("days", maximum=30), "days", "maximum was 90 and is 30"),
    "text shortened": (_adjust_post(maxLength=40), "officials[].post", "maxLength was 80"),
    "text lengthened": (_adjust_post(minLength=2), "officials[].post", "minLength was None"),
    "list shortened": (_adjust("officials", maxItems=10), "officials", "maxItems was 50"),
    "list not empty": (_adjust("officials", minItems=1), "officials", "minItems was None"),
}


def _found(change: Change) -> list[Break]:
    changed = copy.deepcopy(CONTRACT)
    change(changed)
    return list(breaks({TYPE: CONTRACT}, {TYPE: changed}, ()))


@pytest.mark.parametrize(("change", "field", "what"), BREAKS.values(), ids=BREAKS)
def test_a_breaking_change_names_contract_field_and_mend(change: Change, field: str, what: str) -> None:
    [found] = _found(change)
    assert (found.contract, found.field) == (TYPE, field)
    assert what in found.what
    assert str(found).startswith(f"{TYPE}: {field}: ")
    assert "Mend: " in str(found)
    assert "next version, with an upcaster" in found.mend


ALLOWED: dict[str, Change] = {
    "nothing": lambda _: None,
    "field with a default": lambda s: s["properties"].update(place={"type": "string"}),
    "default given": lambda s: s["required"].remove("days"),
    "value added": lambda s: s["$defs"]["Kind"]["enum"].append("refused"),
    "limit widened": lambda s: s["properties"]["days"].update(maximum=365),
    "limit dropped": lambda s: s["properties"]["officials"].pop("maxItems"),
    "words changed": lambda s: s["properties"]["kind"].update(description="Of what kind."),
    "definition renamed": lambda s: (
        s["$defs"].update(Sort=s["$defs"]["Kind"]) or s["properties"].update(kind={"$ref": "#/$defs/Sort"})
    ),
}


@pytest.mark.parametrize("change", ALLOWED.values(), ids=ALLOWED)
def test_a_change_that_readers_survive_is_allowed(change: Change) -> None:
    assert _found(change) == []


def test_a_renamed_field_is_taken_for_what_it_is() -> None:
    def rename(schema: Schema) -> None:
        schema["properties"]["date"] = schema["properties"].pop("day")

    assert [found.what for found in _found(rename)] == ["the field is gone (renamed to date?)"]


def test_a_contract_may_not_vanish() -> None:
    [found] = breaks({TYPE: CONTRACT}, {}, ())
    assert (found.contract, found.field, found.what) == (TYPE, "", "it is gone")
    assert "add an upcaster" in found.mend


def test_a_contract_may_give_way_to_its_next_version() -> None:
    assert list(breaks({TYPE: CONTRACT}, {"inspection.example.v2": CONTRACT}, (TYPE,))) == []


@pytest.mark.parametrize(("name", "value"), [("topic", "inspection.other"), ("key", "agency_id")])
def test_an_event_may_not_move_to_another_topic_or_key(name: str, value: str) -> None:
    before: dict[str, Schema] = {TYPE: {"topic": "inspection.restricted", "key": "finding_id"}}
    [found] = moves(before, {TYPE: {**before[TYPE], name: value}})
    assert found.what == f"its {name} was {before[TYPE][name]} and is {value}"


def test_todays_contracts_break_no_released_one() -> None:
    assert TOPICS.exists()
    assert {path.stem for path in RELEASED.glob("*.json")} > {
        TYPE for TYPE in json_schemas() if TYPE.startswith("suite")
    }
    assert [str(found) for found in broken()] == []


def test_what_a_contract_reads_is_no_less_than_what_it_writes() -> None:
    """Otherwise the comparison of released with current would find breaks where nothing changed."""
    current = {name: read(name, contract) for name, contract in {**published(), **HEADERS}.items()}
    assert [str(found) for found in breaks(json_schemas(), current, ())] == []
