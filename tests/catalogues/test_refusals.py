"""The page of every refusal says what the suite says, and each refusal has been seen in a test."""

import re
from functools import cache
from pathlib import Path

import pytest

from schemas.refusal import Refusal
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
