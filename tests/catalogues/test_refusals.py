"""The page of every refusal says what the suite says, and each refusal has been seen in a test."""

import re
from dataclasses import fields
from datetime import date
from functools import cache
from pathlib import Path

import pytest

from discipline.law.refusals import FormNotInRow, named
from discipline.reviews.incidents.refusals import NoRowForThis
from discipline.reviews.procedure.refusals import BoardCannotSit, HeardByEnough
from inspection.findings.state import FindingStatus
from schemas.discipline.review_incidents import SkippedStep
from schemas.inspection.organisation import Fact, RestructuringKind
from schemas.refusal import Coded, Refusal
from services.adapters.catalogues import FOLDER, LANGUAGES, Language, text
from services.entrypoints.api.problems import explained
from tests.catalogues.refusals import PAGE, REFUSALS, page

TESTS = Path(__file__).parents[1]
OF_THE_DOMAIN = [kind for kind in REFUSALS if not kind.__module__.startswith("services") and not kind.__subclasses__()]


@cache
def what_tests_say() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py"))


def test_the_page_of_refusals_is_current() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run 'make tables' and look at what changed"


@pytest.mark.parametrize("kind", OF_THE_DOMAIN, ids=lambda kind: kind.__name__)
def test_each_refusal_of_the_domain_is_expected_by_a_test(kind: type[Refusal]) -> None:
    """By its class in the deciders' tests, or by its code over HTTP."""
    code = kind.__new__(kind).code
    assert re.search(rf"\b{kind.__name__}\b|[\"/]{code}\"", what_tests_say())


# -- in words, not in codes -----------------------------------------------------------------------------------------

IDENTIFIER = re.compile(r"\b[a-z]+(?:_[a-z]+)+\b|[\"`][a-z_]+[\"`]")
"""Names as programs write them."""
KEBAB = re.compile(r"(?<![\w-])[a-z]+(?:-[a-z]+)+(?![\w-])")
TECHNICAL = {
    "template-unreadable": {"first_upper"},
    "grant-not-supported": {"grant_type", '"password"'},
}
"""What its reader has to write exactly so: who words a template, who programs against the API."""
SAID_AS_THEY_ARE = {
    *("agency_id", "authority_id", "authority_post", "heir_id", "post_id", "owner_post", "head_post", "subject_id"),
    *(
        "successor_id",
        "succession_id",
        "directive_id",
        "pack_directive_id",
        "violation_type",
        "measure_id",
        "person_id",
    ),
    *(
        "ballot_id",
        "board_id",
        "row_id",
        "rule_id",
        "rule_ids",
        "fact_rules",
        "step_rules",
        "instrument",
        "chair",
        "provision",
    ),
    *("actual_sha256", "agreed_sha256", "choice", "marking", "words", "origin", "part"),
    # What somebody wrote, and what he may write instead.
    *("word", "named", "found", "known", "unknown", "missing", "matter", "ground", "allowed"),
}
"""Facts that are no codes: ids, names of rows and instruments, and what somebody wrote."""


@cache
def sources(language: str) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted((FOLDER / language).glob("*.ftl")))


def source(code: str, language: str) -> str:
    """The text of a refusal with its mend, as the catalogue has it."""
    found = re.search(rf"^{code} =.*(?:\n(?: .*|\}}.*))*", sources(language), re.MULTILINE)
    assert found is not None, code
    return found.group()


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_what_people_read_of_a_refusal_names_nothing_as_programs_do(kind: type[Refusal]) -> None:
    code = kind.__new__(kind).code
    for language in LANGUAGES:
        told = explained(kind, language)
        words = f"{told['detail']} {told['mend']}"
        found = set(IDENTIFIER.findall(words)) | (set(KEBAB.findall(words)) if language == "vi" else set())
        assert found <= TECHNICAL.get(code, set()), language


@pytest.mark.parametrize("kind", REFUSALS, ids=lambda kind: kind.__name__)
def test_a_code_among_its_facts_is_said_in_words(kind: type[Refusal]) -> None:
    """A fact that is neither a number nor a day, and no name of something, has its words in the catalogues."""
    code = kind.__new__(kind).code
    shown = {name for language in LANGUAGES for name in re.findall(r"\{ \$(\w+) \}", source(code, language))}
    types = {entry.name: getattr(entry.type, "__name__", str(entry.type)) for entry in fields(kind)}
    coded = {name for name, type_ in types.items() if type_ in {"str", "str | None"} or type_.endswith("Kind")}

    assert (shown & coded) <= SAID_AS_THEY_ARE


@pytest.mark.parametrize(
    "text_id",
    [
        *(f"finding-status-{status}" for status in FindingStatus),
        *(f"organisation-fact-{fact}" for fact in Fact),
        *(f"restructuring-kind-{kind}" for kind in RestructuringKind),
        *(f"law-word-{step}" for step in SkippedStep),
        *(f"law-column-{column}" for column in ("value", "day_kind", "effective_to", "starts_on", "rolls", "active")),
        "ballot-status-closed",
    ],
)
def test_each_code_has_its_words(text_id: str) -> None:
    vietnamese, english = (text(language, text_id) for language in LANGUAGES)

    assert vietnamese != english


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_no_law_knows_is_said_as_it_was_asked_for(language: Language) -> None:
    facts = FormNotInRow(named("flogging"), "forms-row", named("warning")).facts

    assert "flogging" in text(language, "form-not-in-row", facts)


@pytest.mark.parametrize("kind", [BoardCannotSit, HeardByEnough])
def test_a_quorum_that_the_decision_states_is_said_in_words(kind: type[BoardCannotSit | HeardByEnough]) -> None:
    refusal = kind(3, 4, "decision")

    assert "theo quyết định thành lập hội đồng" in text("vi", refusal.code, refusal.facts)
    assert "by the decision" in text("en", refusal.code, refusal.facts)


@pytest.mark.parametrize(("waiting", "said"), [(("one-row",), "one-row"), ((), "go on without it")])
def test_where_no_row_allows_it_the_way_forward_is_one_that_is_open(waiting: tuple[str, ...], said: str) -> None:
    words = Coded("law-rule", "protection"), Coded("subject-kind", "civil_servant")
    refusal = NoRowForThis(*words, date(2026, 3, 2), len(waiting), ", ".join(waiting))

    assert said in text("en", f"{refusal.code}.mend", refusal.facts)
