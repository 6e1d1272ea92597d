"""Plans of succession follow the acts that are announced and withdrawn, in the transaction that hears of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.successions.commands import ProposeSuccession, WithdrawSuccession
from inspection.organisation import queries
from schemas.inspection.organisation import RestructuringAnnounced, RestructuringWithdrawn
from services.adapters.directory_copy import CopiedOrganisation
from services.application.discipline.aggregates import SUCCESSION
from services.application.discipline.standing import DirectoryBehind
from services.application.reactions import Reaction

if TYPE_CHECKING:
    from collections.abc import Sequence

    from inspection.organisation.state import Organisation
    from schemas.envelope import Recorded
    from services.application.reactions import BatchTransaction


async def propose_successions(transaction: BatchTransaction, batch: Sequence[Recorded]) -> None:
    """Propose a plan for each act; to be named after the effect that copies the organisation.

    Raises `DirectoryBehind` where the head who is to inherit is not known yet: the message is tried again later.
    """
    for recorded in batch:
        event = recorded.event
        if isinstance(event, RestructuringAnnounced):
            organisation = await CopiedOrganisation().read(transaction.connection)
            command = _proposal(event, organisation)
            proposed = Reaction("propose-succession", SUCCESSION, event.succession_id, command)
            await transaction.carry_out(recorded, [proposed])
        elif isinstance(event, RestructuringWithdrawn):
            withdrawn = Reaction("withdraw-succession", SUCCESSION, event.succession_id, WithdrawSuccession())
            await transaction.carry_out(recorded, [withdrawn])


def _proposal(announced: RestructuringAnnounced, organisation: Organisation) -> ProposeSuccession:
    heir_post = queries.head_of(organisation, announced.heir_id, announced.valid_from)
    if heir_post is None:
        raise DirectoryBehind(announced.heir_id)
    posts = (post for agency_id in announced.predecessors for post in organisation.posts_of_agency.get(agency_id, ()))
    return ProposeSuccession(announced, heir_post, tuple(posts))
