"""Whom an alert tells, step by step: offices become posts when it opens, and the snapshot stays (domain.md)."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from schemas.notifier.alerts import ResolvedStep
from schemas.values import Ladder, LadderStep, Recipient

Posts = Mapping[Recipient, str | None]
"""Who holds each office around a case now, as posts; none where nobody does."""


Persons = Mapping[Recipient, UUID]
"""Who alone is told in an office that does not go with a post."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A ladder as it holds for one alert."""

    steps: tuple[ResolvedStep, ...]
    last_step_days: int | None
    """Working days that the last step has; none where the ladder is never exhausted."""


def resolve(
    ladder: Ladder,
    owner: Recipient,
    posts: Posts,
    skipped: AbstractSet[str],
    *,
    climbs: bool,
    persons: Persons = MappingProxyType({}),
) -> Snapshot:
    """Name the posts of each step.

    A step falls away where its office has no post, where its post must not hear of the matter (a review's subject,
    somebody recused), and where it was just told or is the owner who was told first. The days of a step that fell away
    are given to the next one, so that everybody further up hears no earlier than the directive says.

    Args:
        ladder: the directive's, or the default.
        owner: who has to act; where that is not the case's owner, the ladder begins at that office.
        posts: the posts of the offices.
        skipped: posts that must not hear of it.
        climbs: whether anybody but the first is told, and the ladder can be exhausted.
        persons: of the offices that are a person's and not a post's.
    """
    told: list[ResolvedStep] = []
    waiting = 0
    for step in _from(ladder, owner):
        post = posts.get(owner if step.recipient is Recipient.OWNER else step.recipient)
        waiting += step.after_working_days
        if post is None or post in skipped or (told and (post,) in {told[0].posts, told[-1].posts}):
            continue
        told.append(
            ResolvedStep(
                recipient=step.recipient,
                posts=(post,),
                person_id=persons.get(step.recipient),
                after_working_days=waiting if told else 0,
            )
        )
        waiting = 0
    if not told:
        told.append(ResolvedStep(recipient=ladder.steps[-1].recipient, posts=(), after_working_days=0))
    if not climbs:
        return Snapshot((told[0],), None)
    patience = waiting + ladder.steps[-1].after_working_days
    return Snapshot(tuple(told), patience or None)


def _from(ladder: Ladder, owner: Recipient) -> tuple[LadderStep, ...]:
    if owner is Recipient.OWNER:
        return ladder.steps
    first = LadderStep(recipient=owner, after_working_days=0)
    offices = [step.recipient for step in ladder.steps]
    if owner not in offices:
        return first, ladder.steps[-1]
    return first, *ladder.steps[offices.index(owner) + 1 :]
