"""What a command needs its finding to be."""

from __future__ import annotations

from typing import assert_never

from inspection.findings import refusals
from inspection.findings.state import Draft, Finding, FindingStatus, State
from schemas.refusal import Coded


def draft(state: State) -> Draft:
    """The draft.

    Raises:
        FindingUnknown, FindingAlreadySubmitted, FindingFellAway: it is none.
    """
    match state:
        case None:
            raise refusals.FindingUnknown
        case Finding():
            raise refusals.FindingAlreadySubmitted
        case Draft(discarded=True):
            raise refusals.FindingFellAway(Coded("finding-status", FindingStatus.DISCARDED))
        case Draft():
            return state
        case _:
            assert_never(state)


def standing(state: State) -> Finding:
    """The finding that was submitted and has not fallen away.

    Raises:
        FindingUnknown, FindingNotSubmitted, FindingFellAway: it is none.
    """
    match state:
        case None:
            raise refusals.FindingUnknown
        case Draft():
            raise refusals.FindingNotSubmitted
        case Finding(status=FindingStatus.SUBMITTED | FindingStatus.CONTESTED | FindingStatus.CONFIRMED):
            return state
        case Finding():
            raise refusals.FindingFellAway(Coded("finding-status", state.status))
        case _:
            assert_never(state)


def undecided(state: State) -> Finding:
    """The finding that was submitted and that nobody has confirmed.

    Raises:
        FindingUnknown, FindingNotSubmitted, FindingFellAway, FindingAlreadyConfirmed: it is none.
    """
    finding = standing(state)
    if finding.status is FindingStatus.CONFIRMED:
        raise refusals.FindingAlreadyConfirmed
    return finding
