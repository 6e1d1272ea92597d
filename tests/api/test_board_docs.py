"""docs/boards.md says what there is: each of its paths is a route, and each route stands in it."""

import re
from itertools import chain
from pathlib import Path

import pytest

from services.entrypoints.api.discipline import API
from services.entrypoints.api.routing import GuardedRoute

PAGE = (Path(__file__).parents[2] / "docs" / "boards.md").read_text(encoding="utf-8")
SPANS = re.findall(r"`([^`\n]+)`", PAGE)
PARTS = ("/reviews/{review_id}", "/boards", "/ballots")
"""What the page is about, beside follow-ups."""


def routes() -> set[str]:
    """Paths without their parameters' names."""
    found = (route.path_format for router in API.routers for route in router.routes if isinstance(route, GuardedRoute))
    return {re.sub(r"\{[^}]*\}", "{}", path) for path in found if path.startswith(PARTS)}


def last_parts() -> set[str]:
    """Every path that stands in the page, as the end of a route: tables leave out what their paths begin with."""
    words = chain.from_iterable(span.split() for span in SPANS)
    paths = (word.lstrip("…").removeprefix("/discipline") for word in words if "/" in word)
    return {re.sub(r"\{[^}]*\}", "{}", path).rstrip(".,;") for path in paths if path.startswith("/")}


def test_every_route_of_reviews_boards_and_ballots_stands_in_the_page() -> None:
    told = last_parts()
    missing = [path for path in routes() if not any(path.endswith(part) for part in told if part != "/")]

    assert sorted(missing) == []


@pytest.mark.parametrize("path", sorted(path for path in last_parts() if "{}" in path))
def test_every_path_of_the_page_is_a_route(path: str) -> None:
    known = {
        re.sub(r"\{[^}]*\}", "{}", route.path_format)
        for router in API.routers
        for route in router.routes
        if isinstance(route, GuardedRoute)
    }
    assert any(one.endswith(path) for one in known), path
