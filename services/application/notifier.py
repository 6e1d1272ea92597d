"""Alerts bound to their store, and what opening one needs of case, directory and calendar."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from inspection.organisation import queries
from notifier.alerts import state as alerts
from notifier.alerts.commands import Command, OpenAlert
from notifier.alerts.decide import decide
from notifier.alerts.evolve import evolve
from notifier.alerts.view import row
from notifier.ladder import resolve
from notifier.rules.review_case import ReviewCase
from schemas.notifier.alerts import AnyAlertEvent
from schemas.values import Recipient, SubjectKind
from services.application.aggregate import Aggregate

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from inspection.organisation.state import Organisation
    from notifier.calendar import Calendar
    from notifier.ladder import Snapshot
    from notifier.rules.case import Case, Deadline
    from notifier.rules.wait import Wait
    from schemas.values import Posts

CONTEXT = "notifier"

ALERT: Aggregate[alerts.Alert, Command, AnyAlertEvent] = Aggregate(
    CONTEXT, "alert", alerts.initial, decide, evolve, views={"alert_view": row}
)
CONSUMER = f"{CONTEXT}-worker"
SOURCES = ("inspection.restricted", "discipline.restricted", "discipline.reviews")
"""What the rules read: a deadline fires once all of it has been applied through the due moment."""


class Offices:
    """Who holds which office on a day, worked out once for all alerts that open together."""

    def __init__(self, organisation: Organisation, day: date) -> None:
        self.organisation = organisation
        self.day = day
        self._around: dict[str | None, dict[Recipient, str | None]] = {}
        self._snapshots: dict[Hashable, Snapshot] = {}

    def of(self, case: Case) -> dict[Recipient, str | None]:
        """The post of each office around a case; secretaries and chairs of boards come with the boards."""
        known, day = self.organisation, self.day
        posts = dict(self._of_agency(case))
        if case.owner_post is not None:
            posts[Recipient.OWNER] = queries.heir_of(known, case.owner_post, day) or case.owner_post
        if isinstance(case, ReviewCase):
            authority = case.authority_post
            posts[Recipient.COMPETENT_AUTHORITY] = queries.heir_of(known, authority, day) or authority
        return posts

    def ladder(self, case: Case, wait: Wait, posts: Mapping[Recipient, str | None]) -> Snapshot:
        """The case's ladder for a wait, as it holds now."""
        barred, climbs = barred_posts(case, self.organisation, self.day), not wait.call
        key = (case.ladder, wait.owner, *posts.items(), barred, climbs)
        if key not in self._snapshots:
            self._snapshots[key] = resolve(case.ladder, wait.owner, posts, barred, climbs=climbs)
        return self._snapshots[key]

    def _of_agency(self, case: Case) -> Mapping[Recipient, str | None]:
        if self.organisation.authority_id is None:
            return _as_submitted(case.posts)
        if case.agency_id not in self._around:
            self._around[case.agency_id] = self._asked(case.agency_id)
        return self._around[case.agency_id]

    def _asked(self, agency_id: str | None) -> dict[Recipient, str | None]:
        known, day = self.organisation, self.day
        watching = queries.inspectorate(known, day)
        return {
            Recipient.HEAD: agency_id and queries.head_of(known, agency_id, day),
            Recipient.SUPERIOR: agency_id and queries.superior_of(known, agency_id, day),
            Recipient.INSPECTORATE: watching and queries.head_of(known, watching, day),
            Recipient.CHAIR: queries.chair(known, day),
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


def opening(case: Case, deadline: Deadline, offices: Offices, calendar: Calendar, at: datetime) -> OpenAlert:
    """The command that opens an alert now: its ladder is resolved as the organisation stands today."""
    wait = deadline.wait
    posts = offices.of(case)
    ladder = offices.ladder(case, wait, posts)
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
