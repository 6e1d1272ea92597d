"""What follows for each level. Commands of policies and proposals are total; the authority's raise the first rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from discipline.responsibility import refusals, treatment
from discipline.responsibility.commands import (
    AnswerDemand,
    AuthorityCommand,
    CloseLevel,
    Command,
    DropQuestions,
    OpenLevel,
    PolicyCommand,
    ProposeHead,
    RaiseQuestions,
    TakeOverQuestion,
)
from discipline.responsibility.raising import opened, proposed, raised
from discipline.responsibility.standing import found_himself, may_answer, own_matter
from discipline.responsibility.state import Level, LevelStatus, Responsibility, State
from discipline.reviews.refusals import (
    AuthorityMayDecide,
    NobodyMayTakeOver,
    NotTheCompetentAuthority,
    NotTheStandIn,
    OwnMatter,
)
from schemas.discipline.responsibility import (
    AnyResponsibilityEvent,
    ClosingGround,
    ResponsibilityClosed,
    ResponsibilityTakenOver,
)
from schemas.discipline.reviews import ReviewGround

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from discipline.law.rows import LawTable
    from schemas.discipline.law import RowUsed
    from schemas.values import DocumentRef

Events = tuple[AnyResponsibilityEvent, ...]


def decide(command: Command, state: State) -> Events:
    """Return what happens."""
    if isinstance(command, PolicyCommand):
        return _by_policy(command, state)
    if isinstance(command, ProposeHead):
        return proposed(command, state)
    if state is None:
        raise refusals.ResponsibilityUnknown
    if isinstance(command, TakeOverQuestion):
        return (_taken_over(command, state),)
    return (_by_authority(command, state),)


def _by_policy(command: PolicyCommand, state: State) -> Events:
    match command:
        case RaiseQuestions():
            known = () if state is None else state.levels
            fresh = (head for head in command.heads if all(one.level != head.level for one in known))
            return tuple(raised(command, head) for head in fresh)
        case AnswerDemand():
            return () if state is None else _answered(command, state)
        case DropQuestions():
            return () if state is None else _dropped(state)
        case _:
            assert_never(command)


def _answered(command: AnswerDemand, state: Responsibility) -> Events:
    """A ground that was answered for a level is not asked for again."""
    ground = command.ground
    asked = (one for one in state.levels if ground not in one.grounds and _stands(one))
    return tuple(_by_row(one, command, state) for one in asked if not _left_to_authority(one, command, state))


def _stands(level: Level) -> bool:
    """What follows from the finding or from a row alone is not asked again; what a person answered may be."""
    return level.closed not in {ClosingGround.FINDING_FELL_AWAY, ClosingGround.NEW_IN_OFFICE}


def _left_to_authority(level: Level, command: AnswerDemand, state: Responsibility) -> bool:
    """Where a row lets him go who found it himself: whether he stopped and reported it is for a person to find.

    What he then left unmended until the ladder's last step is asked of him all the same.
    """
    if level.status is not LevelStatus.RAISED or command.ground is ReviewGround.LAST_STEP_PASSED:
        return False
    kind, day = level.subject.kind, state.fact_date
    if treatment.new_in_office(command.law, kind, day, level.in_office_since):
        return False
    return found_himself(level, state) and bool(treatment.found_and_reported(command.law, kind, day))


def _by_row(level: Level, command: AnswerDemand, state: Responsibility) -> AnyResponsibilityEvent:
    kind, ground = level.subject.kind, command.ground
    if level.status is not LevelStatus.OPENED:
        rows = treatment.new_in_office(command.law, kind, state.fact_date, level.in_office_since)
        if rows:
            return _closed(state, level, ClosingGround.NEW_IN_OFFICE, rows)
    return opened(state, level, ground)


def _dropped(state: Responsibility) -> Events:
    ground = ClosingGround.FINDING_FELL_AWAY
    return tuple(_closed(state, one, ground, ()) for one in state.levels if one.status is not LevelStatus.CLOSED)


def _by_authority(command: AuthorityCommand, state: Responsibility) -> AnyResponsibilityEvent:
    level = state.at(command.level)
    if level is None:
        raise refusals.ResponsibilityUnknown
    if not command.by.holds(state.terms.authority_post):
        raise NotTheCompetentAuthority(state.terms.authority_post)
    if own_matter(command.by.person_id, state):
        raise OwnMatter
    if level.status is not LevelStatus.RAISED:
        raise refusals.LevelAnswered(level.level, level.status)
    match command:
        case OpenLevel(by, _, reasons):
            return opened(state, level, ReviewGround.PERSON, by.person_id, reasons)
        case CloseLevel(by, _, ground, reasons, _):
            return _closed(state, level, ground, _rows(command, level, state), by.person_id, reasons)
        case _:
            assert_never(command)


def _taken_over(command: TakeOverQuestion, state: Responsibility) -> ResponsibilityTakenOver:
    from_post = state.terms.authority_post
    if not state.waiting:
        raise refusals.EveryLevelAnswered
    if may_answer(command.holders, state):
        raise AuthorityMayDecide(from_post)
    if not command.stand_ins:
        raise NobodyMayTakeOver(from_post)
    if own_matter(command.by.person_id, state):
        raise OwnMatter
    post = next((one for one in command.stand_ins if command.by.holds(one)), None)
    if post is None:
        raise NotTheStandIn(from_post)
    return ResponsibilityTakenOver(
        finding_id=state.finding_id,
        from_post=from_post,
        authority_post=post,
        taken_by=command.by.person_id,
        reasons=command.reasons,
    )


def _rows(command: CloseLevel, level: Level, state: Responsibility) -> tuple[RowUsed, ...]:
    """The rows that let him go; a ground that needs one and has none is refused."""
    law, kind, fact_date = command.law, level.subject.kind, state.fact_date
    match command.ground:
        case ClosingGround.NOT_RESPONSIBLE:
            return ()
        case ClosingGround.FINDING_FELL_AWAY:
            raise refusals.GroundNotGiven
        case ClosingGround.FOUND_AND_REPORTED:
            borne_out, rows = found_himself(level, state), treatment.found_and_reported(law, kind, fact_date)
        case ClosingGround.NEW_IN_OFFICE:
            borne_out = level.in_office_since is not None
            rows = treatment.new_in_office(law, kind, fact_date, level.in_office_since)
            if borne_out and not rows:
                _no_longer_new(law, level, fact_date)
        case ClosingGround.ABSENT:
            borne_out = level.acted_by not in {None, level.subject.person_id}
            rows = treatment.acting_answers(law, kind, fact_date, level.acted_by)
        case _:
            assert_never(command.ground)
    if not borne_out:
        raise refusals.GroundNotOfHead(command.ground)
    if not rows:
        raise refusals.GroundWithoutRow(command.ground, treatment.inactive(law, treatment.RULES[command.ground]))
    return rows


def _no_longer_new(law: LawTable, level: Level, fact_date: date) -> None:
    """Raises `NoLongerNew` where a row says until when he would have been."""
    ends = treatment.new_until(law, level.subject.kind, fact_date, level.in_office_since)
    if ends is not None and level.in_office_since is not None:
        row_id, last = ends
        raise refusals.NoLongerNew(row_id, level.in_office_since, last, fact_date)


def _closed(
    state: Responsibility,
    level: Level,
    ground: ClosingGround,
    rows: tuple[RowUsed, ...],
    by: UUID | None = None,
    reasons: DocumentRef | None = None,
) -> ResponsibilityClosed:
    return ResponsibilityClosed(
        finding_id=state.finding_id, level=level.level, ground=ground, rows=rows, closed_by=by, reasons=reasons
    )
