"""What follows from a consent that is deemed, and from an answer that undoes it.

Clock and API record these, not the worker; it hears of them through Kafka as of any other context's events, so that
each is followed once, wherever a process is killed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.consultations import consent
from discipline.law.activation.table import applied_at
from discipline.responsibility.commands import DropQuestions
from discipline.reviews.state import review_id
from schemas.discipline.consultations import ConsentDeemed, ConsultationAnswered
from services.adapters import calendar as calendars
from services.adapters import law, law_activations
from services.adapters.discipline.reviewing import Reviewing
from services.application.discipline.aggregates import RESPONSIBILITY, REVIEW
from services.application.reactions import Reaction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from schemas.envelope import Recorded
    from services.application.reactions import BatchTransaction


async def follow_consents(transaction: BatchTransaction, batch: Sequence[Recorded]) -> None:
    """Propose the review of whoever answers for a consent; let it fall with the consent."""
    for recorded in batch:
        event = recorded.event
        if isinstance(event, ConsentDeemed) and consent.demands_review(event):
            await _proposed(transaction, recorded, event)
        elif isinstance(event, ConsultationAnswered) and event.undoes_consent:
            await _undone(transaction, recorded, event)


async def _proposed(transaction: BatchTransaction, recorded: Recorded, deemed: ConsentDeemed) -> None:
    at, calendar = recorded.occurred_at, await calendars.within(transaction.connection)
    table = applied_at(law.shipped(), await law_activations.within(transaction.connection), at)
    reviewing = Reviewing(transaction, recorded, calendar)
    question = consent.question(deemed, at, table, calendar)
    if question is None:
        command = consent.of_collective(deemed, at, calendar)
        id_ = review_id(command.matter_id, command.subject)
        await reviewing.propose([Reaction("propose-review", REVIEW, id_, command)])
        return
    raised = Reaction("raise-responsibility", RESPONSIBILITY, deemed.consultation_id, question)
    await transaction.carry_out(recorded, [raised])
    await reviewing.answer(deemed.consultation_id, consent.GROUND, table)


async def _undone(transaction: BatchTransaction, recorded: Recorded, answered: ConsultationAnswered) -> None:
    consultation_id, calendar = answered.consultation_id, await calendars.within(transaction.connection)
    dropped = Reaction("drop-questions", RESPONSIBILITY, consultation_id, DropQuestions())
    await transaction.carry_out(recorded, [dropped])
    await Reviewing(transaction, recorded, calendar).lose(
        consent.undone(consultation_id, recorded.occurred_at, calendar)
    )
