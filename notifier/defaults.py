"""Numbers that neither a directive nor a case brings: data of the suite, read from `defaults.yaml`."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from schemas.base import Contract, Days, Text
from schemas.values import Ladder


class ReviewDefaults(Contract):
    """What holds for accountability reviews."""

    provision: Annotated[Text, Field(description="Where these numbers come from.")]
    ladder: Annotated[Ladder, Field(description="Who hears of a stalled review.")]
    limitation_call: Annotated[Days, Field(description="Working days before limitation ends.")]
    processing_call: Annotated[Days, Field(description="Working days before processing time ends.")]
    notify: Annotated[Days, Field(description="Working days from the opening to the subject's receipt of it.")]
    direction: Annotated[Days, Field(description="Working days from the meeting to its end or a board.")]
    hearing: Annotated[Days, Field(description="Working days from the board's taking it up to the hearing.")]
    recommendation: Annotated[Days, Field(description="Working days from the hearing to the recommendation.")]
    decision: Annotated[Days, Field(description="Working days from the recommendation to the decision.")]
    service: Annotated[Days, Field(description="Working days from a decision or answer to its receipt.")]
    complaint: Annotated[Days, Field(description="Working days to answer a complaint.")]
    window_call: Annotated[Days, Field(description="Working days before the window for a complaint ends.")]
    acknowledgement_expires: Annotated[Days, Field(description="Working days until an acknowledgement expires.")]
    end_unknown: Annotated[
        Days | None,
        Field(description="Working days that a sanction runs which no row ends; none in what an earlier release kept."),
    ] = None


class FindingDefaults(Contract):
    """What holds for findings besides their directive's terms."""

    decide: Annotated[Days, Field(description="Working days to confirm or dismiss, once the agency was heard.")]


class InspectionDefaults(Contract):
    """What holds for planned inspections."""

    provision: Annotated[Text, Field(description="Where these numbers come from.")]
    ladder: Annotated[Ladder, Field(description="Who hears of a stalled inspection.")]
    not_opened: Annotated[Days, Field(description="Working days after the first planned day.")]
    open_too_long: Annotated[Days, Field(description="Working days after the last planned day.")]
    acknowledgement_expires: Annotated[Days, Field(description="Working days until an acknowledgement expires.")]


class SuccessionDefaults(Contract):
    """What holds for plans of succession."""

    provision: Annotated[Text, Field(description="Where these numbers come from.")]
    ladder: Annotated[Ladder, Field(description="Who hears of a stalled plan.")]
    not_approved: Annotated[Days, Field(description="Working days before the day on which the agencies end.")]
    not_carried_out: Annotated[Days, Field(description="Working days after that day, or after a later approval.")]
    acknowledgement_expires: Annotated[Days, Field(description="Working days until an acknowledgement expires.")]


class ConsultationDefaults(Contract):
    """What holds for consultations."""

    provision: Annotated[Text, Field(description="Where these numbers come from.")]
    ladder: Annotated[Ladder, Field(description="Who hears of an answer that is owed.")]
    due_call: Annotated[Days, Field(description="Working days before the term to answer ends.")]
    acknowledgement_expires: Annotated[Days, Field(description="Working days until an acknowledgement expires.")]


class Defaults(Contract):
    """Every default of the notifier."""

    review: Annotated[ReviewDefaults, Field(description="Accountability reviews.")]
    finding: Annotated[FindingDefaults, Field(description="Findings.")]
    inspection: Annotated[InspectionDefaults, Field(description="Inspections.")]
    succession: Annotated[SuccessionDefaults, Field(description="Plans of succession.")]
    consultation: Annotated[ConsultationDefaults, Field(description="Consultations.")]
