"""Every refusal has a text and a way to mend it, in both languages."""

from collections import Counter
from dataclasses import fields
from functools import cache

import pytest
from fluent.syntax import FluentParser
from fluent.syntax.ast import Junk, Message, VariableReference
from fluent.syntax.visitor import Visitor

from schemas.refusal import Refusal
from services.adapters import catalogues
from services.entrypoints.api.problems import status_of
from tests.catalogues.refusals import REFUSALS


class Variables(Visitor):
    """Finds the facts that a message names."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: VariableReference) -> None:  # noqa: N802 -- fluent's own name
        self.names.add(node.id.name)


@cache
def messages(language: catalogues.Language) -> list[Message]:
    found: list[Message] = []
    for path in sorted((catalogues.FOLDER / language).glob("*.ftl")):
        for entry in FluentParser(with_spans=False).parse(path.read_text(encoding="utf-8")).body:
            assert not isinstance(entry, Junk), f"{path}: {entry.content}"
            if isinstance(entry, Message):
                found.append(entry)
    return found


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_text_and_a_mend(kind: type[Refusal], language: catalogues.Language) -> None:
    code = kind.__new__(kind).code
    assert catalogues.has(language, code), f"{language}: {code}"
    assert catalogues.has(language, f"{code}.mend"), f"{language}: {code}.mend"
    named = Variables()
    named.visit(next(message for message in messages(language) if message.id.name == code))
    assert named.names <= {entry.name for entry in fields(kind)}
    assert catalogues.has(language, f"status-{status_of(kind).value}")


def test_both_languages_have_the_same_texts() -> None:
    assert {message.id.name for message in messages("vi")} == {message.id.name for message in messages("en")}


@pytest.mark.parametrize("language", catalogues.LANGUAGES)
def test_no_text_stands_twice(language: catalogues.Language) -> None:
    counted = Counter(message.id.name for message in messages(language))
    assert [text_id for text_id, count in counted.items() if count > 1] == []


def test_refusals_of_one_code_state_the_same_facts_and_have_the_same_status() -> None:
    """Contexts do not know each other; where they name a rule alike, one text serves them all."""
    told: dict[str, set[tuple[object, ...]]] = {}
    for kind in REFUSALS:
        facts = (status_of(kind), *sorted(entry.name for entry in fields(kind)))
        told.setdefault(kind.__new__(kind).code, set()).add(facts)
    assert {code: facts for code, facts in told.items() if len(facts) > 1} == {}
