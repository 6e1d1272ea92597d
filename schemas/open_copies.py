"""Open copies: what anybody may read of an event, for live streams and other systems.

A copy holds only the fields named here, so a new field stays closed until somebody decides otherwise,
and an event that is not named has no copy: drafts (nobody is told yet), plans of inspections (a
surprise must be one), agencies' records, and everything about reviews. Nothing that could lead to a
person is copied: no person's id, no document, and in a case no post.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field, create_model
from pydantic.fields import FieldInfo

from schemas.base import Contract, Event
from schemas.discipline import followups
from schemas.inspection import directives, findings, inspections, organisation
from schemas.notifier import alerts
from schemas.registry import CONTRACTS

if TYPE_CHECKING:
    from collections.abc import Mapping

_CONTENT = (
    "agency_id", "violation_type", "directive_id", "fact_date", "source", "inspection_id", "matter_id", "replaces",
)  # fmt: skip
"""What is open of a finding's content."""

_FINDING = ("finding_id",)
_ALERT = ("alert_id", "case_id")
_AGENCY = ("authority_id", "valid_from", "agency_id")
_POST = ("authority_id", "valid_from", "post_id")

_FIELDS: dict[type[Event], tuple[str, ...]] = {
    organisation.OrganisationFounded: ("authority_id", "valid_from", "name"),
    organisation.AgencyCreated: (*_AGENCY, "name", "kind", "parent_id"),
    organisation.AgencyRenamed: (*_AGENCY, "name"),
    organisation.AgencyMoved: (*_AGENCY, "parent_id"),
    organisation.AgencyEnded: (*_AGENCY, "successor_id"),
    organisation.PostCreated: (*_POST, "agency_id", "kind", "title", "official_kind"),
    organisation.PostFilled: (*_POST, "acting"),
    organisation.PostVacated: _POST,
    organisation.PostEnded: (*_POST, "successor_post"),
    organisation.AgenciesMerged: ("authority_id", "valid_from", "predecessors", "successor_id"),
    organisation.AgencySplit: (*_AGENCY, "successors", "heir_id"),
    organisation.FactWithdrawn: ("authority_id", "valid_from", "fact", "subject_id"),
    directives.DirectiveAdopted: ("directive_id", "authority_id", "effective_from", "pack", "pack_sha256"),
    directives.DirectiveAmended: ("directive_id", "effective_from", "pack", "pack_sha256"),
    directives.DirectiveRepealed: ("directive_id", "effective_to"),
    inspections.InspectionOpened: ("inspection_id", "opened_on"),
    inspections.InspectionConcluded: ("inspection_id", "concluded_at"),
    findings.FindingSubmitted: (*_FINDING, "content", "terms", "contest_until", "due_at", "historic"),
    findings.FindingAmended: (*_FINDING, "content", "due_at"),
    findings.FindingWithdrawn: _FINDING,
    findings.FindingContested: _FINDING,
    findings.FindingConfirmed: (*_FINDING, "agency_id", "violation_type", "matter_id", "fact_date", "detected_at"),
    findings.FindingDismissed: (*_FINDING, "agency_id"),
    findings.FindingMarkedDuplicate: (*_FINDING, "original_id", "agency_id", "reason"),
    followups.FollowUpOpened: (
        *_FINDING,
        "agency_id",
        "violation_type",
        "matter_id",
        "terms",
        "due_at",
        "internal_check",
        "historic",
    ),
    followups.FollowUpFindingConfirmed: _FINDING,
    followups.FollowUpFindingAmended: (*_FINDING, "due_at"),
    followups.FollowUpAssigned: _FINDING,
    followups.FollowUpHandedOver: (*_FINDING, "hand_overs", "past_limit", "agency_id", "directive_id"),
    followups.FollowUpPassedOn: (*_FINDING, "agency_id"),
    followups.FollowUpAcknowledged: _FINDING,
    followups.PlanSubmitted: (*_FINDING, "plan_number"),
    followups.PlanAccepted: (*_FINDING, "plan_number"),
    followups.PlanSentBack: (*_FINDING, "plan_number"),
    followups.ProgressReported: (*_FINDING, "percent"),
    followups.ExtensionRequested: (*_FINDING, "request_number", "until"),
    followups.ExtensionGranted: (*_FINDING, "request_number", "due_at"),
    followups.ExtensionRefused: (*_FINDING, "request_number"),
    followups.CompletionClaimed: _FINDING,
    followups.RemediationVerified: (*_FINDING, "on_time"),
    followups.RemediationRejected: _FINDING,
    followups.FollowUpClosed: _FINDING,
    followups.FollowUpCancelled: (*_FINDING, "ground", "original_id"),
    followups.FollowUpUrged: _FINDING,
    alerts.AlertOpened: (
        *_ALERT,
        "case_kind",
        "rule",
        "agency_id",
        "since",
        "due_at",
        "working_days",
        "provision",
    ),
    alerts.AlertEscalated: (*_ALERT, "step", "recipient"),
    alerts.AlertAcknowledged: (*_ALERT, "until"),
    alerts.AlertAcknowledgementExpired: _ALERT,
    alerts.AlertLadderExhausted: (*_ALERT, "rule", "case_kind"),
    alerts.AlertEnded: _ALERT,
}

_OPEN_CASES = frozenset({alerts.CaseKind.FINDING.value, alerts.CaseKind.FOLLOW_UP.value})
"""An alert about a planned inspection would announce a surprise; one about a review, the review."""

OPENING_EVENTS: Mapping[str, str] = {
    type_: alerts.AlertOpened.model_fields["type"].default
    for type_, contract in CONTRACTS.items()
    if issubclass(contract, alerts.AlertEvent)
}
"""By type, the type of the stream's first event, where only that says whether the stream is open."""


def open_type(type_: str) -> str:
    """Return the type of the copies of a type: another contract, so another name."""
    context, name, version = type_.split(".")
    return f"{context}.open_{name}.{version}"


def stream_is_open(opening: Mapping[str, Any]) -> bool:
    """Return whether a stream with this first event (data of one of `OPENING_EVENTS`) has open copies."""
    return opening.get("confidential") is False and opening.get("case_kind") in _OPEN_CASES


def open_copy(type_: str, data: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the data of an event's open copy, None where it has none."""
    fields = OPEN_FIELDS.get(type_)
    if fields is None:
        return None
    copy = {name: data[name] for name in fields}
    if "content" in copy:
        copy["content"] = {name: copy["content"][name] for name in _CONTENT}
    copy["type"] = open_type(type_)
    return copy


def open_contracts() -> dict[str, type[Contract]]:
    """Return the contract of every kind of open copy by its type, for documents and checks."""
    return {open_type(type_): _open_contract(CONTRACTS[type_]) for type_ in OPEN_FIELDS}


@cache
def _open_contract(contract: type[Event]) -> type[Contract]:
    type_ = open_type(contract.model_fields["type"].default)
    fields: dict[str, Any] = {name: _field(contract, name) for name in _FIELDS[contract]}
    if "content" in fields:
        content: dict[str, Any] = {name: _field(findings.FindingContent, name) for name in _CONTENT}
        described = contract.model_fields["content"].description
        model = create_model("OpenFindingContent", __base__=Contract, __doc__="What a finding says.", **content)
        fields["content"] = (model, Field(description=described))
    fields["type"] = (Literal[type_], type_)
    return create_model(f"Open{contract.__name__}", __base__=Contract, __doc__=contract.__doc__, **fields)


def _field(contract: type[Contract], name: str) -> tuple[Any, FieldInfo]:
    field = contract.model_fields[name]
    return field.annotation, field


OPEN_FIELDS: dict[str, tuple[str, ...]] = {
    contract.model_fields["type"].default: fields for contract, fields in _FIELDS.items()
}
"""By type of event, the fields that its open copy has besides `type`."""
