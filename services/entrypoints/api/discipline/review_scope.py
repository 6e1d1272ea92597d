"""One review in the path: for whom it exists, and how a command on it is carried out."""

from __future__ import annotations

from collections.abc import Awaitable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from starlette.responses import Response

from discipline.boards.state import boards_for
from discipline.reviews.reckoning import Setting, established
from services.adapters.discipline.reviewing import SANCTIONED
from services.application.discipline.aggregates import REVIEW
from services.application.discipline.facts import Sight
from services.application.grounds import Grounds
from services.application.identity import Role
from services.entrypoints.api.access import Access
from services.entrypoints.api.call import Call
from services.entrypoints.api.discipline.board_scope import found
from services.entrypoints.api.discipline.follow_up_scope import facts
from services.entrypoints.api.discipline.law_scope import law_at
from services.entrypoints.api.refusals import NotFound

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from discipline.reviews.commands import Command, ProposeReview
    from discipline.reviews.state import Review, State
    from schemas.discipline.reviews import Subject
    from services.application.discipline.facts import Facts
    from services.application.grounds import Informed

    Made = Command | Informed[Command]
    Make = Callable[[Facts, Review], Made | Awaitable[Made]]

SUBJECTS = frozenset(Role) - {Role.AUDITOR, Role.ADMINISTRATOR}
"""Whatever an official is in the suite, and be it nothing any more, a review may be about him.

An auditor changes nothing, and an administrator sees no case: for a review of their own they sign in as an official."""


async def seen(call: Call, *sights: Sight) -> Review:
    """The review in the path, where there is so much of it for the caller. Raises `NotFound`."""
    stream = REVIEW.stream(call.path_id("review_id"))
    state: State = (await call.context.handler.load(REVIEW, stream)).state
    if state is None or not await sees(call, await facts(call), state, *sights):
        raise NotFound
    return state


async def sees(call: Call, known: Facts, state: Review, *sights: Sight) -> bool:
    """Whether there is so much of a review for the caller. His seat on its board is looked up only where it counts."""
    if (sight := known.sight(state)) in sights:
        return sight is not Sight.FILE or not await _kept_away(call, known, state)
    return Sight.BOARD in sights and await _sits(call, known, state)


async def _kept_away(call: Call, known: Facts, state: Review) -> bool:
    """Whether he was recused in the matter: then he neither keeps its file nor audits it.

    Whoever is competent decides all the same; from his own matter another takes it over.
    """
    if known.by(state.authority_post).holds(state.authority_post):
        return False
    recused: bool = await call.context.pool.fetchval(_RECUSED, state.matter_id, call.principal.person_id)
    return recused


_RECUSED = "select exists (select from board_view where matter_id = $1 and $2 = any(recused))"


async def _sits(call: Call, known: Facts, state: Review) -> bool:
    for id_ in boards_for(state):
        board = await found(call, id_, known)
        if board is not None and state.review_id in board.board.reviews and board.sits:
            return True
    return False


async def the_file(call: Call) -> None:
    """Scope of the routes for who decides, keeps the file or audits. Raises `NotFound`."""
    await seen(call, Sight.FILE)


async def file_or_board(call: Call) -> None:
    """Scope of the routes before the board: who keeps the file, and the board. Raises `NotFound`."""
    await seen(call, Sight.FILE, Sight.BOARD)


async def file_or_above(call: Call) -> None:
    """Scope of the route on which an authority above takes an outcome back. Raises `NotFound`."""
    await seen(call, Sight.FILE, Sight.ABOVE)


async def file_or_stand_in(call: Call) -> None:
    """Scope of the route on which another authority takes it over. Raises `NotFound`."""
    await seen(call, Sight.FILE, Sight.ABOVE, Sight.STANDS_IN)


async def as_subject(call: Call) -> None:
    """Scope of the routes for the subject. Raises `NotFound`."""
    await seen(call, Sight.SUBJECT)


async def any_sight(call: Call) -> None:
    """Scope of the readings. Raises `NotFound`."""
    await seen(call, Sight.FILE, Sight.SUBJECT, Sight.BOARD)


DECIDES = Access({Role.AUTHORITY}, the_file)
KEEPS = Access({Role.AUTHORITY, Role.BOARD_SECRETARY}, the_file)
KEEPS_BEFORE_BOARD = Access({Role.AUTHORITY, Role.BOARD_MEMBER, Role.BOARD_SECRETARY}, file_or_board)
"""The chair is a board member; the decider knows him from the others."""
REVOKES = Access({Role.AUTHORITY}, file_or_above)
TAKES_OVER = Access({Role.AUTHORITY}, file_or_stand_in)
ANSWERS = Access(SUBJECTS, as_subject)


async def done(call: Call, review_id: UUID, make: Make, *sights: Sight) -> Response:
    """Carry out the command that is made of what is known; one sent again gets its first answer."""

    async def command() -> Made:
        made = make(await facts(call), await seen(call, *(sights or (Sight.FILE,))))
        return await made if isinstance(made, Awaitable) else made

    if Sight.SUBJECT not in sights:
        return call.changed(review_id, await call.carry_out(REVIEW, review_id, command))
    # The subject's own commands name no version: a step that was recorded meanwhile is no reason to send him away, and
    # the current one would tell him that there was one.
    request = replace(await call.request(retry_on_conflict=True), expected_version=None)
    return call.changed(review_id, await call.context.handler.handle(REVIEW, review_id, command, request))


async def setting(call: Call, known: Facts) -> Setting:
    """The moment of the step, with the law and the calendar that hold; for a step that reckons no limitation."""
    return Setting(known.at, await law_at(call, known.at), await call.calendar())


async def reckoned(call: Call, known: Facts, state: Review) -> Setting:
    """The same for a step that reckons limitation: with what the subject did in other matters."""
    return await with_elsewhere(call, await setting(call, known), state.subject, state.review_id)


async def reckoned_proposal(call: Call, review_id: UUID, proposed: ProposeReview) -> ProposeReview:
    """The same for what may join a review that is under way."""
    return replace(proposed, setting=await with_elsewhere(call, proposed.setting, proposed.subject, review_id))


async def with_elsewhere(call: Call, at: Setting, subject: Subject, review_id: UUID) -> Setting:
    """The setting with what the subject of a review did in other matters, as it stands when it is looked at."""
    return beside(at, subject, await sanctioned(call, subject, review_id, Grounds(call.context.handler)))


def beside(at: Setting, subject: Subject, others: Iterable[Review]) -> Setting:
    """The setting with the days of what other reviews of the subject established; a collective has none."""
    if subject.person_id is None:
        return at
    days = {fact for one in others for fact in established(one, at.day)}
    return replace(at, elsewhere=tuple(sorted(days)))


async def sanctioned(call: Call, subject: Subject, review_id: UUID, grounds: Grounds) -> list[Review]:
    """The other reviews of a subject whose sanctions were served; of a collective none.

    A step that must not rest on what is taken back meanwhile is stored with the grounds, which remember what was read.
    """
    if subject.person_id is None:
        return []
    rows = await call.context.pool.fetch(SANCTIONED, subject.person_id, review_id)
    others = [await grounds.look(REVIEW, row["id"]) for row in rows]
    return [one for one in others if one is not None]
