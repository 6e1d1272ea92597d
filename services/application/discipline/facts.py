"""What is known when somebody sends a command: who he is and how things stand on that day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING

from discipline.days import local_day
from discipline.law.regimes import Who
from discipline.responsibility.standing import may_answer
from discipline.responsibility.standing import own_matter as about_him
from discipline.reviews.complaints.commands import Judge
from discipline.reviews.standing import is_above, is_subject, may_decide, own_matter
from discipline.reviews.state import CONCLUDED, OVER
from inspection.organisation import queries
from schemas.discipline.review_complaints import Instance
from services.application.discipline import standing
from services.application.identity import Role
from services.application.reach import reach

if TYPE_CHECKING:
    from datetime import date, datetime
    from uuid import UUID

    from discipline.follow_ups.state import FollowUp
    from discipline.responsibility.state import Responsibility
    from discipline.reviews.state import Review
    from discipline.standing import Around, Person, Place
    from inspection.organisation.state import Organisation
    from services.application.identity import Principal


class Sight(Enum):
    """How much of a review there is for somebody."""

    NOTHING = auto()
    SUBJECT = auto()
    ABOVE = auto()
    """He heads an agency above: he may take an outcome back, and reads nothing before a complaint brings it to him."""
    BOARD = auto()
    """He sits on the board that was established for it and may take part: he reads the file, as the board says."""
    FILE = auto()
    STANDS_IN = auto()
    """He may take it over, for whoever is competent may not decide it; he reads nothing before he has."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The caller, the organisation and the moment of server receipt."""

    principal: Principal
    organisation: Organisation
    at: datetime

    @property
    def day(self) -> date:
        """The day in Asia/Ho_Chi_Minh."""
        return local_day(self.at)

    def by(self, *wanted: str) -> Person:
        """The caller with his posts; of the wanted ones also those that have come to him by succession."""
        person = standing.person(self.organisation, self.principal.person_id, self.day, *wanted)
        agency_id = self.principal.agency_id
        vouched = () if agency_id is None else queries.chain(self.organisation, agency_id, self.day)
        return replace(person, works_in=vouched)

    def around(self, follow_up: FollowUp) -> Around:
        """Where a follow-up stands."""
        return standing.around(self.organisation, follow_up.mends, follow_up.owner_post, self.day)

    def place(self, post_id: str) -> Place:
        """Where a post stands. Raises `PostNotInDirectory`."""
        return standing.place(self.organisation, post_id, self.day)

    def posts(self) -> frozenset[str]:
        """The caller's posts, and those that have ended and come to him."""
        return queries.posts_with_inherited(self.organisation, self.principal.person_id, self.day)

    def may_see(self, follow_up: FollowUp) -> bool:
        """Whether the follow-up lies within the caller's reach, or is assigned to him, or follows his own finding."""
        return (
            reach(self.principal, self.organisation, self.day).covers(follow_up.mends)
            or self.by(follow_up.owner_post).holds(follow_up.owner_post)
            or follow_up.inspector_id == self.principal.person_id
        )

    def sight(self, review: Review) -> Sight:
        """How much of a review there is for the caller.

        The whole file for the competent authority, for who keeps it, for the authority above while the second complaint
        is before it, and for auditors; to none of them in his own matter. What the law gives him for the subject, once
        he was notified, or where nothing had to be, served. For everybody else it does not exist.
        """
        by = self.by(review.authority_post)
        if own_matter(by, review):
            return Sight.SUBJECT if is_subject(by, review) and review.subject_knows else Sight.NOTHING
        keeps = by.person_id == review.procedure.secretary or Role.AUDITOR in self.principal.roles
        if keeps or by.holds(review.authority_post) or self._judges_above(by, review):
            return Sight.FILE
        if review.status in CONCLUDED and is_above(by, self.above(review)):
            return Sight.ABOVE
        return Sight.STANDS_IN if self._may_take_over(by, review) else Sight.NOTHING

    def _may_take_over(self, by: Person, review: Review) -> bool:
        post = review.authority_post
        if review.status in OVER or may_decide(self.holders(post), review):
            return False
        return any(by.holds(post_id) for post_id in self.stand_ins_of_review(review))

    def answers_instead(self, by: Person, question: Responsibility) -> bool:
        """Whether he may take the question over, for whoever is competent may not answer it."""
        post = question.terms.authority_post
        kept_from_it = question.waiting and not may_answer(self.holders(post), question)
        if not kept_from_it or about_him(by.person_id, question):
            return False
        return any(by.holds(post_id) for post_id in self.stand_ins_for_question(question))

    def stand_ins_of_review(self, review: Review) -> tuple[str, ...]:
        """The posts that may take a review over from whoever may not decide it."""
        post = review.authority_post
        return queries.stand_ins(self.organisation, post, self.day, lambda who: own_matter(self.person(who), review))

    def stand_ins_for_question(self, question: Responsibility) -> tuple[str, ...]:
        """The posts that may take a question over from whoever may not answer it."""
        post = question.terms.authority_post
        return queries.stand_ins(self.organisation, post, self.day, lambda who: about_him(who, question))

    def holders(self, authority_post: str) -> tuple[Person, ...]:
        """Who does the work of the competent post today."""
        found = queries.doing_the_work(self.organisation, authority_post, self.day)
        return tuple(self.person(one) for one in sorted(found))

    def _judges_above(self, by: Person, review: Review) -> bool:
        complaint = review.complaint
        before_them = complaint is not None and complaint.pending and complaint.instance is Instance.SECOND
        return before_them and is_above(by, self.above(review))

    def above(self, review: Review) -> tuple[str, ...]:
        """The agencies above the one that decides on a review."""
        heir = queries.heir_of(self.organisation, review.authority_post, self.day) or review.authority_post
        return queries.chain(self.organisation, self.organisation.posts[heir].agency_id, self.day)[1:]

    def judge(self, review: Review) -> Judge:
        """The caller, as one who may deal with a complaint."""
        return Judge(self.by(review.authority_post), self.above(review))

    def who(self, review: Review, *, left: bool) -> Who:
        """What the law's rows ask of the subject: by his post at the fact, and by those of today."""
        subject = review.subject
        at_fact = None if subject.post_id is None else standing.rank(self.organisation, (subject.post_id,))
        if subject.person_id is None or left:
            return Who(subject.kind, at_fact, None, left=left)
        now = queries.posts_of(self.organisation, subject.person_id, self.day)
        elsewhere = bool(now) and subject.post_id not in now and self._elsewhere(now, subject.agency_id)
        return Who(subject.kind, at_fact, standing.rank(self.organisation, now), transferred=elsewhere)

    def _elsewhere(self, posts: tuple[str, ...], agency_id: str) -> bool:
        """None of the posts stands in the agency, or in what has become of it."""
        living = queries.living(self.organisation, agency_id, self.day)
        return all(self.organisation.posts[post].agency_id not in {agency_id, living} for post in posts)

    def person(self, person_id: UUID) -> Person:
        """Somebody with his posts of the day."""
        return standing.person(self.organisation, person_id, self.day)

    def holder(self, post_id: str) -> UUID | None:
        """Who holds a post, or acts in it. Raises `PostNotInDirectory`."""
        standing.place(self.organisation, post_id, self.day)
        holding = queries.holder(self.organisation, post_id, self.day)
        return None if holding is None else holding.person_id
