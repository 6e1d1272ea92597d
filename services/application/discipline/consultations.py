"""What a consultation needs of directive and organisation: its terms, who speaks for an agency, who headed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from discipline.consultations.commands import Headed, LetLapse, Party
from discipline.days import last_day
from inspection.organisation import queries
from schemas.discipline.consultations import ConsultationTerms
from schemas.discipline.reviews import ReviewTerms, Subject
from schemas.values import SubjectKind
from services.application.discipline.heads import head

if TYPE_CHECKING:
    from datetime import date, datetime

    from inspection.organisation.state import Organisation
    from schemas.inspection.directives import ConsultationRules, Pack


def terms_of(pack: Pack, rules: ConsultationRules, authority_post: str) -> ConsultationTerms:
    """What the pack says of a consultation that is asked now.

    Args:
        pack: in force when it is asked.
        rules: the pack's, of consultations.
        authority_post: the post that opens or refuses a review that comes of it.
    """
    return ConsultationTerms(
        directive_id=pack.directive_id,
        pack_version=pack.version,
        provision=rules.provision,
        only_concerned=rules.only_concerned,
        clear_position=rules.clear_position,
        reconcile_first=rules.reconcile_first,
        deemed_consent=rules.deemed_consent,
        answers_personally=rules.answers_personally,
        answer=rules.answer,
        review=ReviewTerms(
            provision=rules.provision,
            authority_post=authority_post,
            open_within=pack.stall.review_open,
            meeting_within=pack.stall.review_meeting,
        ),
    )


def party(organisation: Organisation, agency_id: str, day: date) -> Party | None:
    """Who speaks for an agency on a day: it, or whoever has inherited from it; none where nobody does."""
    living = queries.living(organisation, agency_id, day)
    head_post = queries.head_of(organisation, agency_id, day)
    return None if living is None or head_post is None else Party(living, head_post)


def goes_on(organisation: Organisation, asking: str, consulted: str, day: date) -> Party | None:
    """Who withdraws, closes and reconciles for the agency that asked: it, or whoever has inherited from it.

    While nobody does the work of its head's post, the nearest head above does, and where nobody is above, the
    inspectorate's: what it asked is never left without an owner. Of these never the agency that was asked.

    Args:
        organisation: as it is known now.
        asking: who asked.
        consulted: who was asked.
        day: today.
    """
    own, asked = party(organisation, asking, day), queries.living(organisation, consulted, day)
    if own is not None and queries.in_charge(organisation, own.head_post, day) is not None:
        return own
    above = (id_ for id_ in queries.chain(organisation, asking, day) if queries.living(organisation, id_, day) == id_)
    watching = queries.inspectorate(organisation, day)
    for agency_id in (*above, *(() if watching is None else (watching,))):
        instead = None if agency_id == asked else party(organisation, agency_id, day)
        if instead is not None and queries.in_charge(organisation, instead.head_post, day) is not None:
            return instead
    return own


def headed(organisation: Organisation, agency_id: str, day: date) -> Headed | None:
    """Who headed an agency on a day, or whoever has inherited from it; none where no agency is left."""
    living = queries.living(organisation, agency_id, day)
    if living is None:
        return None
    post_id = queries.head_of(organisation, living, day)
    if post_id is None:
        collective = Subject(kind=SubjectKind.COLLECTIVE, agency_id=living, person_id=None, post_id=None)
        return Headed(collective, acting=False, since=None, acted_by=None)
    found = head(organisation, post_id, 1, day)
    subject = Subject(kind=found.kind, agency_id=living, person_id=found.person_id, post_id=post_id)
    return Headed(subject, acting=found.acting, since=found.since, acted_by=found.acted_by)


def let_lapse(organisation: Organisation, asking: str, consulted: str, due_at: datetime, at: datetime) -> LetLapse:
    """The clock's command at a moment: who answers is who headed the agency on the last day, whoever does so now.

    Nobody does where both have become one agency: it would have been silent to itself.

    Args:
        organisation: followed past the due moment.
        asking: who asked.
        consulted: who was asked.
        due_at: the due moment.
        at: now.
    """
    day = last_day(due_at)
    same = queries.living(organisation, asking, day) == queries.living(organisation, consulted, day)
    return LetLapse(at, None if same else headed(organisation, consulted, day))
