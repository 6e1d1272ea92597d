"""The row that lists of findings show."""

from __future__ import annotations

from collections.abc import Mapping
from typing import assert_never

from inspection.findings.state import Draft, Finding, FindingStatus, State
from schemas.inspection.findings import FindingContent


def row(state: State) -> Mapping[str, object]:
    """The row of a finding that was written."""
    match state:
        case None:
            raise AssertionError("a finding without events has no row")
        case Draft():
            status = FindingStatus.DISCARDED if state.discarded else FindingStatus.DRAFTED
            return _row(state, status) | dict.fromkeys(_SUBMITTED)
        case Finding():
            return _row(state, state.status) | {
                "pack_version": state.terms.pack_version,
                "detected_at": state.detected_at,
                "contest_until": state.contest_until,
                "due_at": state.due_at,
                "historic": state.historic,
                "original_id": state.original_id,
            }
        case _:
            assert_never(state)


_SUBMITTED = ("pack_version", "detected_at", "contest_until", "due_at", "historic", "original_id")


def _row(state: Draft | Finding, status: FindingStatus) -> dict[str, object]:
    content: FindingContent = state.content
    return {
        "id": state.finding_id,
        "status": status,
        "agency_id": content.agency_id,
        "directive_id": content.directive_id,
        "violation_type": content.violation_type,
        "fact_date": content.fact_date,
        "source": content.source,
        "inspection_id": content.inspection_id,
        "matter_id": content.matter_id,
        "inspector_id": state.inspector_id,
        "replaces": content.replaces,
    }
