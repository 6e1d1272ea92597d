"""How the violation went, as the authority finds it: from when limitation runs, and whether it does."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from discipline.law.rows import Rule
from discipline.reviews.incidents.grounds import no_row
from discipline.reviews.incidents.refusals import (
    CourseAndDayDiffer,
    DayAhead,
    DayBefore,
    MatterNotInRow,
    OnlyIndividuals,
)
from discipline.reviews.incidents.state import Course
from discipline.reviews.procedure.steps import answered, under_way
from discipline.reviews.reckoning import limitation
from discipline.reviews.state import fact_date
from schemas.discipline.review_incidents import CourseOfViolation, ViolationCourseFound
from schemas.refusal import Coded
from schemas.values import SubjectKind

if TYPE_CHECKING:
    from datetime import date

    from discipline.reviews.incidents.commands import FindCourse
    from discipline.reviews.state import Review


def found(command: FindCourse, state: Review) -> ViolationCourseFound:
    """Limitation is computed anew. Whether another day counts, the rows say: without one, that of the fact does."""
    under_way(state)
    answered(state)
    if state.subject.kind is SubjectKind.COLLECTIVE:
        raise OnlyIndividuals
    fact = fact_date(state.basis)
    _day(command, fact)
    _matters(command, state, fact)
    course = Course(command.course, command.day, command.matters)
    after = limitation(command.setting, replace(state, incidents=replace(state.incidents, course=course)))
    return ViolationCourseFound(
        review_id=state.review_id,
        course=command.course,
        day=command.day,
        matters=command.matters,
        limitation=after.calculations,
        unlimited=after.unlimited,
        reasons=command.reasons,
        evidence=command.evidence,
        found_by=command.by.person_id,
    )


def _day(command: FindCourse, fact: date) -> None:
    """Raises `CourseAndDayDiffer`, `DayBefore`, `DayAhead`."""
    if (command.day is None) is not (command.course is CourseOfViolation.ENDED):
        raise CourseAndDayDiffer(Coded("course", command.course))
    if command.day is not None and command.day < fact:
        raise DayBefore(command.day, fact)
    if command.day is not None and command.day > command.setting.day:
        raise DayAhead(command.day)


def _matters(command: FindCourse, state: Review, fact: date) -> None:
    """Raises `NoRowForThis`, `MatterNotInRow`."""
    if not command.matters:
        return
    kind = state.subject.kind
    rows = command.setting.law.active(Rule.LIMITATION_NONE, kind, fact, command.setting.day)
    if not rows:
        raise no_row(command.setting.law, Rule.LIMITATION_NONE, kind, fact)
    allowed = tuple(dict.fromkeys(code for row in rows for code in row.codes))
    for matter in command.matters:
        if matter not in allowed:
            raise MatterNotInRow(matter, ", ".join(row.row_id for row in rows), ", ".join(allowed))
