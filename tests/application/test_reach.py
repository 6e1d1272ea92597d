"""How far each role reaches in the tree, by day."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from inspection.organisation.evolve import evolve
from inspection.organisation.state import Organisation
from schemas.inspection.organisation import AgencyEnded
from services.application.identity import Principal, Role
from services.application.reach import reach
from tests.api.sample import FOUNDED, organisation

TODAY = date(2026, 3, 1)
EVERYTHING = {"tinh", "thanh-tra", "so-y-te", "so-giao-duc", "huyen", "thanh-tra-huyen"}


def reached(role: Role, agency_id: str | None, state: Organisation | None = None) -> set[str]:
    """The agencies that a caller reaches, asked one by one and as a list; both must agree."""
    principal = Principal(UUID(int=1), frozenset({role}), agency_id, datetime(2026, 3, 1, tzinfo=UTC))
    found = reach(principal, state or organisation(), TODAY)
    one_by_one = {agency for agency in EVERYTHING if found.covers(agency)}
    listed = found.agencies()
    assert listed is None or one_by_one == listed
    return one_by_one


@pytest.mark.parametrize(
    ("role", "agency_id", "expected"),
    [
        (Role.HEAD, "so-y-te", {"so-y-te"}),
        (Role.HEAD, "huyen", {"huyen", "thanh-tra-huyen"}),
        (Role.AGENCY_USER, "so-y-te", {"so-y-te"}),
        (Role.AUTHORITY, "tinh", EVERYTHING),
        (Role.INSPECTOR, "thanh-tra", EVERYTHING),
        (Role.INSPECTOR, "thanh-tra-huyen", {"huyen", "thanh-tra-huyen"}),
        (Role.INSPECTOR, "so-y-te", {"so-y-te"}),
        (Role.TEAM_LEADER, "thanh-tra", EVERYTHING),
        (Role.INSPECTORATE_OFFICER, "thanh-tra-huyen", {"huyen", "thanh-tra-huyen"}),
        (Role.AUDITOR, None, EVERYTHING),
        (Role.BOARD_MEMBER, "so-y-te", set()),
        (Role.ADMINISTRATOR, "tinh", set()),
        (Role.CITIZEN, None, set()),
        (Role.HEAD, None, set()),
        (Role.HEAD, "nowhere", set()),
        (Role.INSPECTOR, "nowhere", set()),
    ],
)
def test_a_role_reaches_what_stands_below(role: Role, agency_id: str | None, expected: set[str]) -> None:
    assert reached(role, agency_id) == expected


def test_an_auditor_has_no_limit() -> None:
    principal = Principal(UUID(int=1), frozenset({Role.AUDITOR}), None, datetime(2026, 3, 1, tzinfo=UTC))
    assert reach(principal, organisation(), TODAY).agencies() is None


def test_roles_add_up() -> None:
    principal = Principal(
        UUID(int=1), frozenset({Role.HEAD, Role.INSPECTOR}), "thanh-tra-huyen", datetime(2026, 3, 1, tzinfo=UTC)
    )
    assert reach(principal, organisation(), TODAY).agencies() == frozenset({"huyen", "thanh-tra-huyen"})
    alone = replace(principal, roles=frozenset({Role.HEAD}))
    assert reach(alone, organisation(), TODAY).agencies() == frozenset({"thanh-tra-huyen"})


def test_the_heir_of_an_ended_agency_reaches_its_cases() -> None:
    ended = AgencyEnded(**{**FOUNDED, "valid_from": date(2025, 7, 1)}, agency_id="huyen", successor_id="so-y-te")
    state = evolve(organisation(), ended)
    assert "huyen" in reached(Role.HEAD, "so-y-te", state)
    assert "huyen" not in reached(Role.HEAD, "so-giao-duc", state)
