"""Worked cases of heads who answer for their agency, told from the finding to what becomes of each level."""

from dataclasses import replace
from datetime import date

from discipline.responsibility import refusals
from discipline.responsibility.commands import CloseLevel, OpenLevel
from discipline.responsibility.state import LevelStatus, State
from schemas.discipline.responsibility import ClosingGround
from schemas.discipline.reviews import ReviewGround
from tests.discipline.law_rows import activated, row_of, with_rows
from tests.discipline.samples import document, named
from tests.discipline.test_responsibility import (
    ABOVE,
    AUTHORITY,
    FOUND,
    NEW,
    OWN,
    RESPONSIBILITY,
    closed,
    demanding,
    raising,
    row,
)
from tests.specification import Given, given


def happens(before: Given[State], *commands: object) -> Given[State]:
    for command in commands:
        before = replace(before, events=(*before.events, *before.when(command).decided()))
    return before


def stands(of: Given[State]) -> dict[int, LevelStatus]:
    assert of.state is not None
    return {one.level: one.status for one in of.state.levels}


def test_case_25_a_head_who_found_stopped_and_reported_it_himself() -> None:
    """The ward's own check found it on 28 March 2025. The directive asks for the ward's head and for the district's.

    As shipped the row that lets him go is inactive: refused with its name. Once activated he is let go by it; the head
    above, who reported nothing, is proposed for review with reasons.
    """
    asked = happens(given(RESPONSIBILITY), replace(raising(OWN, ABOVE), own_check=True))
    lets_go = CloseLevel(AUTHORITY, 1, ClosingGround.FOUND_AND_REPORTED, document("why"), raising().law)

    asked.when(lets_go).refused(refusals.GroundWithoutRow(ClosingGround.FOUND_AND_REPORTED, FOUND))
    gone = asked.when(replace(lets_go, law=activated(FOUND))).then(
        closed(OWN, ClosingGround.FOUND_AND_REPORTED, row(FOUND), by=AUTHORITY.person_id)
    )
    after = happens(gone, OpenLevel(AUTHORITY, 2, document("why")))
    assert stands(after) == {1: LevelStatus.CLOSED, 2: LevelStatus.OPENED}


def test_case_26_a_head_who_had_just_taken_office_and_one_who_was_away() -> None:
    """The ward's head took office on 20 March, eight days before the fact; the district's was away, his deputy acted.

    By rows of thirty days and of absence, once activated, the first is let go by itself, and the deputy is asked in
    the district head's place; what the directive demands proposes the deputy's review.
    """
    new = replace(OWN, since=date(2025, 3, 20))
    away = replace(ABOVE, acted_by=named("deputy"))
    table = with_rows(
        row_of(NEW).model_copy(update={"active": True, "value": 30}),
        row_of("head-absent").model_copy(update={"active": True}),
    )
    asked = happens(given(RESPONSIBILITY), raising(new, away, table=table))

    answered = happens(asked, demanding(table=table))

    assert answered.state is not None
    first, second = answered.state.levels
    assert (first.closed, second.status) == (ClosingGround.NEW_IN_OFFICE, LevelStatus.OPENED)
    assert (second.subject.person_id, second.grounds) == (named("deputy"), (ReviewGround.VIOLATION_TYPE,))
