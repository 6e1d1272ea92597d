"""Facts of other streams that a finding's commands carry: who held the posts, and whether the inspection goes on."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from uuid import UUID

from inspection.findings.refusals import NotOfTheInspection, OfficialOfAnotherAgency, PostVacantAtFact
from inspection.inspections.state import InspectionStatus
from inspection.inspections.state import State as Inspection
from inspection.organisation.queries import holder
from inspection.organisation.refusals import PostUnknown
from inspection.organisation.state import Organisation
from schemas.inspection.findings import InvolvedOfficial


def officials_at(
    organisation: Organisation, agency_id: str, post_ids: Iterable[str], fact_date: date
) -> tuple[InvolvedOfficial, ...]:
    """The officials concerned: who held the posts of the agency on the day of the fact answers for it personally.

    Raises:
        PostUnknown, OfficialOfAnotherAgency, PostVacantAtFact: a post is none of the agency, or nobody held it.
    """
    return tuple(_official(organisation, agency_id, post_id, fact_date) for post_id in post_ids)


def _official(organisation: Organisation, agency_id: str, post_id: str, fact_date: date) -> InvolvedOfficial:
    post = organisation.posts.get(post_id)
    if post is None:
        raise PostUnknown(post_id)
    if post.agency_id != agency_id:
        raise OfficialOfAnotherAgency(post_id, post.agency_id)
    held = holder(organisation, post_id, fact_date)
    if held is None:
        raise PostVacantAtFact(post_id, fact_date)
    return InvolvedOfficial(person_id=held.person_id, post_id=post_id, kind=post.official_kind)


def see_inspection(
    inspection: Inspection, inspection_id: UUID, agency_id: str, inspector_id: UUID, inspected: Collection[str]
) -> None:
    """A finding of an inspection is of an inspected agency, by somebody of the team, while it goes on.

    Args:
        inspection: as it stands.
        inspection_id: which one the finding names.
        agency_id: where it was found.
        inspector_id: who found it.
        inspected: the inspected agencies, and those that have inherited from them by the day of the fact.

    Raises:
        NotOfTheInspection: it is not.
    """
    if (
        inspection is None
        or inspection.status is not InspectionStatus.OPENED
        or inspection.team is None
        or inspector_id not in inspection.team.everybody
        or agency_id not in inspected
    ):
        raise NotOfTheInspection(inspection_id)
