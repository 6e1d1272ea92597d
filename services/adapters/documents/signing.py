"""By what right somebody signs: Decree 30/2020/NĐ-CP, Annex I, on the authority of who signs.

A deputy signs in his head's place (KT., ký thay), also while he is charged with the agency. Who was given the powers
of a vacant head's post signs with "Q." before its title (quyền); who acts for an absent head without being his deputy,
by mandate (TUQ., thừa ủy quyền), under his own title. On behalf of a board (TM., thay mặt) stands in its templates.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from inspection.organisation import queries
from schemas.inspection.organisation import PostKind
from services.adapters.catalogues import text
from services.adapters.documents.case import LANGUAGE

if TYPE_CHECKING:
    from uuid import UUID

    from services.adapters.documents.case import Case


@dataclass(frozen=True, slots=True)
class Signing:
    """What stands above a signature."""

    title: str
    """Of who signs."""
    head: str
    """The title of the head in whose name it is done."""
    in_place_of: str | None = None
    """The line above the title, where he signs for somebody."""


def signing_as(case: Case, person_id: UUID, post_id: str) -> Signing:
    """How somebody signs what is done in the name of a post."""
    known, day = case.organisation, case.day
    post = known.posts[post_id]
    title = case.post(post_id)
    if post.kind is PostKind.DEPUTY:
        head = queries.head_of(known, post.agency_id, day)
        return Signing(title, title) if head is None else _for("deputy", case.post(head), title)
    holding = queries.holder(known, post_id, day)
    holds = holding is not None and holding.person_id == person_id
    acts_for_him = not holds and person_id in queries.doing_the_work(known, post_id, day)
    if not acts_for_him and (holding is None or not holds or not holding.acting):
        return Signing(title, title)
    own = _own_post(case, person_id, post_id)
    if own is not None and known.posts[own].agency_id == post.agency_id and known.posts[own].kind is PostKind.DEPUTY:
        return _for("deputy", title, case.post(own))
    if holds:
        return Signing(text(LANGUAGE, "document-signs", {"right": "acting", "title": title}), title)
    agency = None if own is None else case.agency(known.posts[own].agency_id)
    return _for("mandate", title, title if own is None else f"{case.post(own)} {agency}")


def _for(right: str, head: str, title: str) -> Signing:
    return Signing(title, head, text(LANGUAGE, "document-signs", {"right": right, "title": head}))


def _own_post(case: Case, person_id: UUID, acted_in: str) -> str | None:
    """The post to which he is appointed: a deputy's where he has one."""
    known = case.organisation
    held = [
        post_id
        for post_id in queries.posts_of(known, person_id, case.day)
        if post_id != acted_in
        and (one := queries.holder(known, post_id, case.day)) is not None
        and one.person_id == person_id
        and not one.acting
    ]
    deputies = (post_id for post_id in held if known.posts[post_id].kind is PostKind.DEPUTY)
    return next(deputies, next(iter(held), None))
