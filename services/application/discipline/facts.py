"""What is known when somebody sends a command: who he is and how things stand on that day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from discipline.days import local_day
from discipline.reviews.standing import own_matter
from inspection.organisation import queries
from services.application.discipline import standing
from services.application.identity import Role
from services.application.reach import reach

if TYPE_CHECKING:
    from datetime import date, datetime

    from discipline.follow_ups.state import FollowUp
    from discipline.reviews.state import Review
    from discipline.standing import Around, Person, Place
    from inspection.organisation.state import Organisation
    from services.application.identity import Principal


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
        return standing.around(self.organisation, follow_up.agency_id, follow_up.owner_post, self.day)

    def place(self, post_id: str) -> Place:
        """Where a post stands. Raises `PostNotInDirectory`."""
        return standing.place(self.organisation, post_id, self.day)

    def posts(self) -> frozenset[str]:
        """The caller's posts, and those of ended agencies that have come to him."""
        held = frozenset(queries.posts_of(self.organisation, self.principal.person_id, self.day))
        ended = (agency.agency_id for agency in self.organisation.agencies.values() if agency.has_ended(self.day))
        left = (post for agency_id in ended for post in self.organisation.posts_of_agency.get(agency_id, ()))
        return held | {post for post in left if queries.heir_of(self.organisation, post, self.day) in held}

    def may_see(self, follow_up: FollowUp) -> bool:
        """Whether the follow-up lies within the caller's reach, or is assigned to him, or follows his own finding."""
        return (
            reach(self.principal, self.organisation, self.day).covers(follow_up.agency_id)
            or self.by(follow_up.owner_post).holds(follow_up.owner_post)
            or follow_up.inspector_id == self.principal.person_id
        )

    def may_see_review(self, review: Review) -> bool:
        """Whether the caller is the competent authority and not concerned himself, or reads all and changes nothing."""
        by = self.by(review.authority_post)
        decides = by.holds(review.authority_post) and not own_matter(by, review)
        return decides or Role.AUDITOR in self.principal.roles
