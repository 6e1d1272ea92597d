"""Where a plan of succession lets everything go, as the organisation stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from discipline.follow_ups.commands import PassOn
from inspection.organisation import queries

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from discipline.successions.state import Succession
    from inspection.organisation.state import Organisation


@dataclass(frozen=True)
class Goals:
    """Where a plan lets everything go if it is carried out today, or on its day where that lies ahead."""

    organisation: Organisation
    plan: Succession
    today: date

    @property
    def day(self) -> date:
        """The day for which it is asked."""
        return max(self.today, self.plan.day)

    @property
    def heir(self) -> str:
        """Whose is what nothing else is said of."""
        return self.lands(self.plan.heir_post)

    def of(self, finding_id: UUID, owner_post: str) -> str:
        """Whose a follow-up becomes."""
        return self.lands(self.plan.goes_to(finding_id, owner_post))

    def lands(self, to_post: str) -> str:
        """The post, or where it has gone itself meanwhile, whoever inherited from it."""
        heir = queries.heir_of(self.organisation, to_post, self.day)
        return heir or queries.heir_of(self.organisation, self.plan.heir_post, self.day) or self.plan.heir_post

    def command(self, to_post: str) -> PassOn:
        """What a follow-up is told that goes to a post."""
        agency_id = self.organisation.posts[to_post].agency_id
        around = queries.posts_around(self.organisation, agency_id, self.day)
        return PassOn(self.plan.succession_id, to_post, agency_id, around)
