"""Alerts bound to their store, and what opening one needs of case, directory and calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from inspection.organisation import queries
from notifier.alerts import state as alerts
from notifier.alerts.commands import Command, OpenAlert
from notifier.alerts.decide import decide
from notifier.alerts.evolve import evolve
from notifier.alerts.view import row
from notifier.calendar import local_day
from notifier.ladder import resolve
from notifier.rules.review import ReviewCase
from schemas.notifier.alerts import AnyAlertEvent
from schemas.values import Recipient, SubjectKind
from services.application.aggregate import Aggregate

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from inspection.organisation.state import Organisation
    from notifier.calendar import Calendar
    from notifier.rules.case import Case, Deadline
    from schemas.values import Posts

CONTEXT = "notifier"

ALERT: Aggregate[alerts.Alert, Command, AnyAlertEvent] = Aggregate(
    CONTEXT, "alert", alerts.initial, decide, evolve, views={"alert_view": row}
)
CONSUMER = f"{CONTEXT}-worker"
SOURCES = ("inspection.restricted", "discipline.restricted", "discipline.reviews")
"""What the rules read: a deadline fires once all of it has been applied through the due moment."""


def opening(case: Case, deadline: Deadline, organisation: Organisation, calendar: Calendar, at: datetime) -> OpenAlert:
    """The command that opens an alert now: the ladder is resolved as the organisation stands today."""
    wait = deadline.wait
    day = local_day(at)
    posts = offices(case, organisation, day)
    climbs = not wait.call
    ladder = resolve(case.ladder, wait.owner, posts, barred_posts(case, organisation, day), climbs=climbs)
    return OpenAlert(
        alert_id=alerts.alert_id(case.case_id, wait.rule, wait.basis.event_id),
        case_id=case.case_id,
        case_kind=case.kind,
        rule=wait.rule,
        agency_id=case.agency_id,
        owner_post=posts.get(wait.owner) or next(iter(ladder.steps[0].posts), None),
        since=wait.since,
        due_at=deadline.due_at,
        ends_at=wait.until if wait.call or wait.notice else None,
        basis=wait.basis.event_id,
        working_days=wait.working_days,
        provision=wait.provision,
        ladder=ladder,
        acknowledgement_days=case.acknowledgement_days,
        confidential=case.confidential,
        at=at,
        calendar=calendar,
    )


def offices(case: Case, organisation: Organisation, day: date) -> dict[Recipient, str | None]:
    """The post of each office around a case on a day; secretaries and chairs of boards come with the boards."""
    return {
        Recipient.OWNER: case.owner_post and (queries.heir_of(organisation, case.owner_post, day) or case.owner_post),
        Recipient.COMPETENT_AUTHORITY: _authority(case, organisation, day),
        **_around(case, organisation, day),
    }


def _around(case: Case, organisation: Organisation, day: date) -> dict[Recipient, str | None]:
    if organisation.authority_id is None:
        return _as_submitted(case.posts)
    watching, agency_id = queries.inspectorate(organisation, day), case.agency_id
    return {
        Recipient.HEAD: agency_id and queries.head_of(organisation, agency_id, day),
        Recipient.SUPERIOR: agency_id and queries.superior_of(organisation, agency_id, day),
        Recipient.INSPECTORATE: watching and queries.head_of(organisation, watching, day),
        Recipient.CHAIR: queries.chair(organisation, day),
    }


def _as_submitted(posts: Posts | None) -> dict[Recipient, str | None]:
    """Before anything of the organisation is known here, what the finding brought along still is."""
    if posts is None:
        return {}
    return {
        Recipient.HEAD: posts.head,
        Recipient.SUPERIOR: posts.superior,
        Recipient.INSPECTORATE: posts.inspectorate,
        Recipient.CHAIR: posts.chair,
    }


def _authority(case: Case, organisation: Organisation, day: date) -> str | None:
    if not isinstance(case, ReviewCase):
        return None
    return queries.heir_of(organisation, case.authority_post, day) or case.authority_post


def barred_person(case: Case) -> UUID | None:
    """Who never hears of the case, in whatever post: the subject of a review."""
    return case.subject.person_id if isinstance(case, ReviewCase) else None


def barred_posts(case: Case, organisation: Organisation, day: date) -> frozenset[str]:
    """The posts that must not hear of the case: those of a review's subject, a collective's all."""
    if not isinstance(case, ReviewCase):
        return frozenset()
    subject = case.subject
    match subject.kind:
        case SubjectKind.COLLECTIVE:
            return frozenset(organisation.posts_of_agency.get(subject.agency_id, ()))
        case SubjectKind.CADRE | SubjectKind.CIVIL_SERVANT | SubjectKind.PUBLIC_EMPLOYEE:
            if subject.person_id is None:
                return frozenset()
            return frozenset(queries.posts_of(organisation, subject.person_id, day))
        case _:
            assert_never(subject.kind)
