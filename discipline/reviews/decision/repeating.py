"""An offence while a sanction runs: which sanctions ran on the day of which violation, and what the rows answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from discipline.counting import Span
from discipline.days import last_day
from discipline.law.forms import of_new_offence, of_several
from discipline.reviews.decision.commands import Running

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from discipline.law.forms import FormAnswer, Forms
    from discipline.reviews.decision.commands import DecideReview
    from discipline.reviews.state import Review


@dataclass(frozen=True, slots=True)
class Repeated:
    """The sanction that counts, and the form that the rows answer with; None where none of them says anything."""

    sanction: Running
    offence: FormAnswer | None


def running(state: Review, today: date) -> Running | None:
    """The sanction of a review, as it counts elsewhere; None where it has no effect now."""
    decision = state.decision
    if decision is None or decision.form is None or decision.in_force_from is None or state.suspended_by is not None:
        return None
    interruptions = (one.interruption for one in decision.suspended)
    return Running(
        review_id=state.review_id,
        form=decision.form,
        in_force_from=decision.in_force_from,
        last=None if decision.expiry is None else last_day(decision.expiry.ends_at),
        suspended=tuple(Span(one.first, one.last or max(one.first, today)) for one in interruptions),
    )


def repeated(command: DecideReview, state: Review, forms: Forms, regime: date) -> Repeated | None:
    """Each violation is judged by the sanctions that ran on its own day; of all answers the heaviest counts.

    None where no sanction ran on the day of any violation that was concluded with a form.
    """
    answers = list(_answers(command, state, forms, regime))
    # That is the heaviest sanction, found without comparing two forms of which no row names both. Of those that the
    # rows answer alike it is the latest.
    return max(
        answers,
        key=lambda it: (-1 if it.offence is None else forms.level(it.offence.form), it.sanction.in_force_from),
        default=None,
    )


def _answers(command: DecideReview, state: Review, forms: Forms, regime: date) -> Iterator[Repeated]:
    law, who, step = command.setting.law, command.who, command.setting.day
    days = {item.finding_id: item.fact_date for item in state.basis}
    concluded = [(days[one.finding_id], one.form) for one in command.conclusions if one.form is not None]
    for sanction in command.running:
        meanwhile = [form for day, form in concluded if sanction.runs(day)]
        if meanwhile:
            several = of_several(law, who, regime, step, meanwhile)
            own = heaviest_of(meanwhile, forms) if several is None else several.form
            yield Repeated(sanction, of_new_offence(law, who, regime, step, own, sanction.form))


def heaviest_of(found: Iterable[str], forms: Forms) -> str:
    """The heaviest of the forms that were concluded. Raises what `Forms.require` raises."""
    return max(found, key=forms.level)
