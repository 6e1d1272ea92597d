"""What follows from a consent that is deemed, and from an answer that undoes it.

Clock and API record these, not the worker; it hears of them through Kafka as of any other context's events, so that
each is followed once, wherever a process is killed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.consultations import consent
from discipline.law.activation.table import applied_at
from discipline.responsibility.commands import DropQuestions
from discipline.reviews.reckoning import Setting
from discipline.reviews.state import review_id
from schemas.discipline.consultations import ConsentDeemed, ConsultationAnswered
from services.adapters import calendar as calendars
from services.adapters import law, law_activations
from services.adapters.discipline.reviewing import Reviewing
from services.application.discipline.aggregates import RESPONSIBILITY, REVIEW
from services.application.reactions import Reaction

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from schemas.envelope import Recorded
    from schemas.registry import AnyEvent
    from services.application.reactions import BatchTransaction


async def follow_consents(transaction: BatchTransaction, batch: Sequence[Recorded]) -> None:
    """Propose the review of whoever answers for a consent; let it fall with the consent."""
    told = [one for one in batch if _is_decisive(one.event)]
    if not told:
        return
    calendar = await calendars.within(transaction.connection)
    activations = await law_activations.within(transaction.connection)
    for recorded in told:
        table = applied_at(law.shipped(), activations, recorded.occurred_at)
        setting = Setting(recorded.occurred_at, table, calendar)
        event, reviewing = recorded.event, Reviewing(transaction, recorded, setting)
        if isinstance(event, ConsentDeemed):
            await _proposed(reviewing, event)
        elif isinstance(event, ConsultationAnswered):
            await _undone(reviewing, event.consultation_id)


def _is_decisive(event: AnyEvent) -> bool:
    """Whether a review follows from it, or falls with it."""
    if isinstance(event, ConsentDeemed):
        return consent.demands_review(event)
    return isinstance(event, ConsultationAnswered) and event.undoes_consent


async def _proposed(reviewing: Reviewing, deemed: ConsentDeemed) -> None:
    setting = reviewing.setting
    question = consent.question(deemed, setting.at, setting.law, setting.calendar)
    if question is None:
        command = consent.of_collective(deemed, setting)
        id_ = review_id(command.matter_id, command.subject)
        await reviewing.propose([Reaction("propose-review", REVIEW, id_, command)])
        return
    raised = Reaction("raise-responsibility", RESPONSIBILITY, deemed.consultation_id, question)
    await reviewing.transaction.carry_out(reviewing.cause, [raised])
    await reviewing.answer(deemed.consultation_id, consent.GROUND)


async def _undone(reviewing: Reviewing, consultation_id: UUID) -> None:
    cause = reviewing.cause
    dropped = Reaction("drop-questions", RESPONSIBILITY, consultation_id, DropQuestions())
    await reviewing.transaction.carry_out(cause, [dropped])
    await reviewing.lose(consent.undone(consultation_id, cause.occurred_at, reviewing.setting.calendar))
