"""Which form of discipline may answer a violation, with the rows that say so. Every form is a code of a row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from discipline.law.codes import DecidedBy, Leavers, NewOffence, NewOffenceIs, SeveralViolations
from discipline.law.refusals import (
    FormAbolished,
    FormNotForLeaver,
    FormNotInRow,
    FormsNotComparable,
    LeaverOutOfScope,
    NoFormForCollective,
    NoRowOfForms,
    named,
)
from discipline.law.regimes import post_that_counts
from discipline.law.rows import LawRow, Rule
from schemas.refusal import Coded
from schemas.values import SubjectKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from discipline.law.regimes import Who
    from discipline.law.rows import LawTable


@dataclass(frozen=True, slots=True)
class Barred:
    """A form that a row of the regime names and another one takes away."""

    form: str
    row: LawRow


@dataclass(frozen=True, slots=True)
class Forms:
    """The forms that may be imposed, from the lightest: one level is one place."""

    forms: tuple[str, ...]
    rows: tuple[LawRow, ...]
    """The rows that gave them."""
    barred: tuple[Barred, ...]
    """What those rows name and others take away."""
    elsewhere: tuple[Barred, ...]
    """Forms that only the electing body imposes, each with the row that says so."""

    def require(self, form: str) -> None:
        """Raises `FormNotInRow`, `FormAbolished` or `FormNotForLeaver` where the form may not be imposed."""
        for barred in self.barred:
            if barred.form == form:
                if barred.row.rule is Rule.FORMS_ABOLISHED:
                    raise FormAbolished(named(form), barred.row.row_id)
                raise FormNotForLeaver(named(form), barred.row.row_id)
        if form not in self.forms:
            raise FormNotInRow(named(form), ", ".join(row.row_id for row in self.rows), named(*self.forms))

    def decided_elsewhere(self, form: str) -> LawRow | None:
        """The row by which another body imposes the form; None where the competent authority does."""
        return next((one.row for one in self.elsewhere if one.form == form), None)

    def level(self, form: str) -> int:
        """Its place among them. Raises what `require` raises."""
        self.require(form)
        return self.forms.index(form)

    def above(self, level: int) -> str:
        """The form one level above; the heaviest has none above it and stays."""
        return self.forms[min(level + 1, len(self.forms) - 1)]


@dataclass(frozen=True, slots=True)
class FormAnswer:
    """A form, and the row from which it follows."""

    form: str
    rows: tuple[LawRow, ...]
    condition: str | None
    """What the row presupposes and dates do not tell: the authority has to find it."""
    heaviest: bool
    """One level more was due and there is none."""


def forms_of(law: LawTable, who: Who, regime: date, step: date) -> Forms:
    """The forms that may be imposed on a day, by the regime of a day.

    Args:
        law: the table.
        who: the subject.
        regime: the day whose rows of substance hold (`regimes.regime_that_holds`).
        step: the day of the decision: what no longer exists then is not imposed.

    Raises:
        NoFormForCollective: of a collective.
        LeaverOutOfScope: no row of the regime brings those who have left into scope.
        NoRowOfForms: no active row names forms for this subject.
    """
    if who.kind is SubjectKind.COLLECTIVE:
        raise NoFormForCollective
    rank = post_that_counts(law, who, step).rank
    rows = [row for row in law.active(Rule.FORMS, who.kind, regime) if row.holds_for(rank)]
    if not rows:
        raise NoRowOfForms(Coded("subject-kind", who.kind), regime)
    leaving = _leaving(law, who, regime) if who.left else ()
    besides = [form for row in leaving for form in row.codes if form != Leavers.IN_SCOPE]
    named = tuple(dict.fromkeys([*(form for row in rows for form in row.codes), *besides]))
    barred = tuple(_barred(law, who, named, step))
    taken = {one.form for one in barred}
    return Forms(
        forms=tuple(form for form in named if form not in taken),
        rows=(*rows, *leaving),
        barred=barred,
        elsewhere=tuple(_elsewhere(law, who, regime)),
    )


def _leaving(law: LawTable, who: Who, regime: date) -> tuple[LawRow, ...]:
    rows = law.active(Rule.LEAVERS, who.kind, regime)
    if not any(Leavers.IN_SCOPE in row.codes for row in rows):
        raise LeaverOutOfScope(regime)
    return rows


def _barred(law: LawTable, who: Who, named: Iterable[str], step: date) -> Iterator[Barred]:
    rules = (Rule.FORMS_ABOLISHED, Rule.FORMS_NOT_FOR_LEAVERS) if who.left else (Rule.FORMS_ABOLISHED,)
    rows = [row for rule in rules for row in law.active(rule, who.kind, step)]
    for form in named:
        row = next((row for row in rows if form in row.codes), None)
        if row is not None:
            yield Barred(form, row)


def _elsewhere(law: LawTable, who: Who, regime: date) -> Iterator[Barred]:
    for row in law.active(Rule.FORM_DECIDED_BY, who.kind, regime):
        if DecidedBy.ELECTING_BODY in row.codes and row.condition is not None:
            yield Barred(row.condition, row)


def of_several(law: LawTable, who: Who, regime: date, step: date, found: Sequence[str]) -> FormAnswer | None:
    """The one form for several violations, each of which was concluded with a form of its own.

    None where no row of the regime says how they add up. Raises what `forms_of` and `Forms.require` raise.
    """
    forms = forms_of(law, who, regime, step)
    level = max(forms.level(form) for form in found)
    if len(found) == 1:
        return FormAnswer(forms.forms[level], forms.rows, None, heaviest=False)
    for row in law.active(Rule.SEVERAL_VIOLATIONS, who.kind, regime):
        match SeveralViolations(row.codes[0]):
            case SeveralViolations.HIGHEST:
                return FormAnswer(forms.forms[level], (*forms.rows, row), row.condition, heaviest=False)
            case SeveralViolations.ONE_ABOVE_HEAVIEST:
                return _above(forms, level, row, row.condition)
    return None


def of_new_offence(law: LawTable, who: Who, regime: date, step: date, own: str, in_force: str) -> FormAnswer | None:
    """The form for an offence while a sanction runs.

    Args:
        law: the table.
        who: the subject.
        regime: the day whose rows of substance hold.
        step: the day of the decision.
        own: the form that the new offence deserves by itself.
        in_force: the form of the sanction that runs; it may be one that exists no longer.

    Returns None where no row of the regime says anything of it.

    Raises:
        FormsNotComparable: no row tells which of the two is the heavier.
    """
    forms = forms_of(law, who, regime, step)
    level = forms.level(own)
    heavier = own != in_force and is_heavier(law, own, in_force)
    condition = NewOffenceIs.HEAVIER if heavier else NewOffenceIs.EQUAL_OR_LIGHTER
    for row in law.active(Rule.NEW_OFFENCE, who.kind, regime):
        if row.condition == condition:
            match NewOffence(row.codes[0]):
                case NewOffence.ONE_ABOVE_OWN:
                    return _above(forms, level, row, None)
                case NewOffence.ONE_ABOVE_IN_FORCE:
                    return _above(forms, _level_in_force(law, forms, in_force), row, None)
    return None


def _above(forms: Forms, level: int, row: LawRow, condition: str | None) -> FormAnswer:
    heaviest = level + 1 == len(forms.forms)
    return FormAnswer(forms.above(level), (*forms.rows, row), condition, heaviest=heaviest)


def _level_in_force(law: LawTable, forms: Forms, in_force: str) -> int:
    """The place of a form that may have been imposed under another regime: below the first that is heavier."""
    if in_force in forms.forms:
        return forms.forms.index(in_force)
    for level, form in enumerate(forms.forms):
        if _stands_after(law, form, in_force):
            return level - 1
    raise FormsNotComparable(named(forms.forms[-1]), named(in_force))


def is_heavier(law: LawTable, form: str, other: str) -> bool:
    """Whether a form is the heavier of two, by the order in which a row of forms names them, of whatever day.

    Raises:
        FormsNotComparable: no active row names both.
    """
    if _stands_after(law, form, other):
        return True
    if _stands_after(law, other, form):
        return False
    raise FormsNotComparable(named(form), named(other))


def _stands_after(law: LawTable, form: str, other: str) -> bool:
    ladders = (row.codes for row in law.rows if row.active and row.rule is Rule.FORMS)
    return any(form in ladder and other in ladder and ladder.index(form) > ladder.index(other) for ladder in ladders)
