"""Whether a document is issued under the number that it was made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.documents.register.refusals import NumberNotNext, ReplacesNothing, StepIssuedBefore
from discipline.documents.register.state import step_of
from schemas.discipline.documents import DocumentIssued

if TYPE_CHECKING:
    from discipline.documents.register.commands import Command
    from discipline.documents.register.state import Register


def decide(command: Command, state: Register) -> tuple[DocumentIssued, ...]:
    """Return what happens; raises the `Refusal` of the first rule that is broken."""
    document = command.document
    stands = state.standing.get(step_of(document), command.elsewhere)
    if document.replaces is not None and document.replaces != stands:
        raise ReplacesNothing(document.replaces)
    if document.replaces is None and stands is not None:
        raise StepIssuedBefore(stands)
    if document.number != (following := state.next(command.begins_after)):
        raise NumberNotNext(document.number, following)
    return (document,)
