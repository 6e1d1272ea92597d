"""What an administrator's command does to the activations, or why not."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from discipline.clocks import calculate
from discipline.days import local_day
from discipline.law.activation.commands import ActivateRow, Command, WithdrawRow
from discipline.law.activation.refusals import (
    LawRowActivatedBefore,
    LawRowNotActivated,
    LawRowShipsActive,
    LawRowUnknown,
    LawRowUnsound,
    LawTermBeyondCalendar,
    LawValueStatedTwice,
    LawWordNotObeyed,
)
from discipline.law.activation.table import with_stated
from discipline.law.codes import OBEYED, disobeyed
from discipline.law.rows import COUNTED, TIME, Confidence, LawRow, Rule, Unit, faults
from schemas.discipline.law_rows import AnyLawRowEvent, LawRowActivated, LawRowWithdrawn
from schemas.refusal import Coded

if TYPE_CHECKING:
    from datetime import date

    from discipline.calendar import Calendar
    from discipline.law.activation.state import Activations
    from discipline.law.rows import LawTable

_NAME_FORMS = frozenset({Rule.FORMS_ABOLISHED, Rule.FORMS_NOT_FOR_LEAVERS, Rule.COMPLAINT_COURT})
"""Rules whose words are forms of discipline."""
_DAYS_AT_LEAST = {Unit.DAYS: 1, Unit.MONTHS: 28, Unit.YEARS: 365}
"""How many days the shortest of a unit has."""
_COLUMN, _FAULTS = "law-column", "law"
"""Texts of faults are called `law-…`."""


def decide(command: Command, state: Activations) -> tuple[AnyLawRowEvent, ...]:
    """Return what happens; raises the `Refusal` of the first rule that is broken."""
    match command:
        case ActivateRow():
            return (_activated(command, state),)
        case WithdrawRow(row_id, reasons, at, by):
            if state.current(row_id) is None:
                raise LawRowNotActivated(row_id)
            return (LawRowWithdrawn(row_id=row_id, reasons=reasons, applied_until=at, withdrawn_by=by),)
        case _:
            assert_never(command)


def _activated(command: ActivateRow, state: Activations) -> LawRowActivated:
    row = next((row for row in command.shipped.rows if row.row_id == command.row_id), None)
    if row is None:
        raise LawRowUnknown(command.row_id)
    if row.active:
        raise LawRowShipsActive(row.row_id)
    if (current := state.current(row.row_id)) is not None:
        raise LawRowActivatedBefore(row.row_id, current.since)
    if command.stated.number is not None and command.stated.words is not None:
        raise LawValueStatedTwice(row.row_id)
    applied = with_stated(row, command.stated)
    _sound(applied)
    _within_calendar(applied, local_day(command.at), command.calendar)
    _obeyed(applied, command.shipped)
    return LawRowActivated(
        row_id=row.row_id,
        row=applied.used,
        stated=command.stated,
        source=command.source,
        reasons=command.reasons,
        applied_from=command.at,
        activated_by=command.by,
    )


def _sound(row: LawRow) -> None:
    """Raises `LawRowUnsound`."""
    # That nobody verified it is why it is activated by a person: of all faults only this one is none here.
    answered_for = row.model_copy(update={"confidence": Confidence.SECONDARY})
    for fault in faults([answered_for]):
        told = Coded(_FAULTS, fault.code.removeprefix(f"{_FAULTS}-"))
        raise LawRowUnsound(row.row_id, Coded(_COLUMN, fault.column), told)
    if row.unit in TIME and row.rolls is None:
        raise LawRowUnsound(row.row_id, Coded(_COLUMN, "rolls"), Coded(_FAULTS, "term-incomplete"))


def _within_calendar(row: LawRow, begins_on: date, calendar: Calendar) -> None:
    """A row that no calendar counts may hold for ever.

    Raises `LawTermBeyondCalendar`, and what the calendar itself raises where only its last days are in question.
    """
    if row.rule not in COUNTED or row.unit not in TIME or not isinstance(row.value, int):
        return
    if row.value * _DAYS_AT_LEAST[row.unit] > (calendar.last - begins_on).days:
        raise LawTermBeyondCalendar(row.row_id, begins_on, calendar.last)
    calculate(row, begins_on, calendar)


def _obeyed(row: LawRow, shipped: LawTable) -> None:
    """A form with a slip of the pen in its name would be barred for nobody. Raises `LawWordNotObeyed`."""
    for word in disobeyed(row):
        raise LawWordNotObeyed(row.row_id, word, ", ".join(sorted(OBEYED[row.rule])))
    if row.rule in _NAME_FORMS:
        forms = {form for one in shipped.rows if one.rule is Rule.FORMS for form in one.codes}
        for word in row.codes:
            if word not in forms:
                raise LawWordNotObeyed(row.row_id, word, ", ".join(sorted(forms)))
