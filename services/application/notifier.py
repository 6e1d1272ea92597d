"""Alerts bound to their store, and what opening one needs of case, directory and calendar."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from discipline.boards.conflicts import Matter, conflicts, unadmitted
from inspection.organisation import queries
from notifier.alerts import state as alerts
from notifier.alerts.commands import Command, OpenAlert
from notifier.alerts.decide import decide
from notifier.alerts.evolve import evolve
from notifier.alerts.view import row
from notifier.ladder import resolve
from notifier.rules.responsibility import ResponsibilityCase
from notifier.rules.review_case import ReviewCase
from schemas.notifier.alerts import AnyAlertEvent
from schemas.values import Recipient, SubjectKind
from services.application.aggregate import Aggregate
from services.application.discipline import standing

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping
    from datetime import date, datetime
    from uuid import UUID

    from inspection.organisation.state import Organisation
    from notifier.calendar import Calendar
    from notifier.ladder import Snapshot
    from notifier.rules.board import BoardSeats
    from notifier.rules.case import Case, Deadline
    from notifier.rules.wait import Wait
    from schemas.discipline.reviews import Subject
    from schemas.values import Posts

CONTEXT = "notifier"

ALERT: Aggregate[alerts.Alert, Command, AnyAlertEvent] = Aggregate(
    CONTEXT, "alert", alerts.initial, decide, evolve, views={"alert_view": row}
)
CONSUMER = f"{CONTEXT}-worker"
SOURCES = ("inspection.restricted", "discipline.restricted", "discipline.reviews", "discipline.consultations")
"""What the rules read: a deadline fires once all of it has been applied through the due moment."""


class Offices:
    """Who holds which office on a day, worked out once for all alerts that open together."""

    def __init__(
        self, organisation: Organisation, day: date, boards: Mapping[UUID, BoardSeats] = MappingProxyType({})
    ) -> None:
        self.organisation = organisation
        self.day = day
        self.boards = dict(boards)
        self._around: dict[str | None, dict[Recipient, str | None]] = {}
        self._snapshots: dict[Hashable, Snapshot] = {}
        self._collectives: dict[Hashable, frozenset[UUID]] = {}

    def of(self, case: Case) -> dict[Recipient, str | None]:
        """The post of each office around a case; of a secretary or a board's chair, the first that he holds."""
        known, day = self.organisation, self.day
        posts = dict(self._of_agency(case))
        if case.owner_post is not None:
            posts[Recipient.OWNER] = queries.heir_of(known, case.owner_post, day) or case.owner_post
        if isinstance(case, ResponsibilityCase | ReviewCase):
            authority = case.authority_post
            decides = queries.heir_of(known, authority, day) or authority
            posts[Recipient.COMPETENT_AUTHORITY] = self._told_to_decide(case, decides)
            posts[Recipient.SUPERIOR] = self._above(decides)
            for recipient, person_id in self.persons(case).items():
                posts[recipient] = next(iter(queries.posts_of(known, person_id, day)), None)
        return posts

    def _board(self, case: Case) -> BoardSeats | None:
        """The board that a review stands before."""
        return self.boards.get(case.board_id) if isinstance(case, ReviewCase) and case.board_id is not None else None

    def conflicted(self, case: Case) -> frozenset[UUID]:
        """Whom of its board the organisation speaks against today, whatever he has declared, unless he was admitted."""
        board = self._board(case)
        if not isinstance(case, ReviewCase) or board is None:
            return frozenset()
        return self.against(case.case_id, case.subject, board)

    def against(self, review_id: UUID, subject: Subject, board: BoardSeats) -> frozenset[UUID]:
        """The same of one board: the question that the board itself asks (`discipline.boards.conflicts`)."""
        known, day = self.organisation, self.day
        there = None if subject.person_id is None else standing.person(known, subject.person_id, day)
        members = [standing.person(known, who, day) for who in sorted(board.members)]
        found = conflicts(members, [Matter(review_id, subject, there)])
        return frozenset(one.person_id for one in found if unadmitted([one], board.admissions) is not None)

    def vacated(self, case: Case) -> frozenset[UUID]:
        """Whose seats on its board are vacant today."""
        board = self._board(case)
        if not isinstance(case, ReviewCase) or board is None:
            return frozenset()
        return self.gone(board, case.secretary)

    def gone(self, board: BoardSeats, keeper: UUID | None) -> frozenset[UUID]:
        """Who of a board no longer holds the post for which he was chosen.

        The board asks the same (`discipline.boards.state.vacant`). Who keeps the review's file keeps it all the same.
        """
        known, day = self.organisation, self.day
        return frozenset(
            who
            for who, post in board.members.items()
            if who != keeper and post is not None and not standing.person(known, who, day, post).holds(post)
        )

    def persons(self, case: Case) -> dict[Recipient, UUID]:
        """Who keeps a review's file and who chairs its board: offices that go with no post."""
        if not isinstance(case, ReviewCase):
            return {}
        board = self._board(case)
        chair, secretary = (None, None) if board is None else (board.chair_now, board.secretary_now)
        found = {Recipient.SECRETARY: case.secretary or secretary, Recipient.BOARD_CHAIR: chair}
        out = self.conflicted(case) | self.vacated(case)
        return {recipient: who for recipient, who in found.items() if who is not None and who not in out}

    def barred(self, case: Case) -> frozenset[UUID]:
        """Who never hears of the case, in whatever post: whom it is about, and who takes no part in its board."""
        if isinstance(case, ResponsibilityCase):
            return frozenset(one.person_id for one in case.subjects if one.person_id is not None)
        if not isinstance(case, ReviewCase):
            return frozenset()
        board = self._board(case)
        out = frozenset() if board is None else board.out
        return self._concerned(case) | self.conflicted(case) | out

    def _concerned(self, case: ReviewCase) -> frozenset[UUID]:
        """Whose matter it is; of a collective, whoever belonged to it at one of the facts, or belongs to it today.

        The same who may not decide on it (`discipline.reviews.standing.own_matter`).
        """
        subject = case.subject
        if subject.person_id is not None:
            return frozenset((subject.person_id,))
        if subject.kind is not SubjectKind.COLLECTIVE:
            return frozenset()
        key = subject.agency_id, case.facts
        if key not in self._collectives:
            days = case.facts | {self.day}
            there = (queries.people_of(self.organisation, subject.agency_id, day) for day in days)
            self._collectives[key] = frozenset().union(*there)
        return self._collectives[key]

    def _told_to_decide(self, case: ResponsibilityCase | ReviewCase, post_id: str) -> str:
        """The competent post; where all who do its work may not decide, the first that may take it over."""
        known, day, barred = self.organisation, self.day, self.barred(case)
        working = queries.doing_the_work(known, post_id, day)
        if not working or not working <= barred:
            return post_id
        unbarred = (
            one for one in queries.stand_ins(known, post_id, day, barred.__contains__) if self._unbarred(one, barred)
        )
        return next(unbarred, post_id)

    def _unbarred(self, post_id: str, barred: frozenset[UUID]) -> bool:
        working = queries.doing_the_work(self.organisation, post_id, self.day)
        return bool(working) and not working & barred

    def _above(self, post_id: str) -> str | None:
        """The head of the agency above the one whose post it is: second complaints go there."""
        post = self.organisation.posts.get(post_id)
        return None if post is None else queries.superior_of(self.organisation, post.agency_id, self.day)

    def ladder(self, case: Case, wait: Wait, posts: Mapping[Recipient, str | None]) -> Snapshot:
        """The case's ladder for a wait, as it holds now."""
        barred, persons, climbs = self._barred_posts(case), self.persons(case), not wait.call
        key = (case.ladder, wait.owner, *posts.items(), *persons.items(), barred, climbs)
        if key not in self._snapshots:
            self._snapshots[key] = resolve(case.ladder, wait.owner, posts, barred, climbs=climbs, persons=persons)
        return self._snapshots[key]

    def _barred_posts(self, case: Case) -> frozenset[str]:
        """The posts that must not hear of the case: those of who is barred, a collective's all."""
        known = self.organisation
        theirs: tuple[str, ...] = ()
        if isinstance(case, ReviewCase) and case.subject.kind is SubjectKind.COLLECTIVE:
            theirs = known.posts_of_agency.get(case.subject.agency_id, ())
        return frozenset(theirs).union(*(queries.posts_of(known, who, self.day) for who in self.barred(case)))

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
