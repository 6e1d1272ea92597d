"""By what right somebody signs: KT., Q., TUQ. (Decree 30/2020/NĐ-CP, Annex I)."""

from dataclasses import replace
from datetime import date
from functools import reduce
from uuid import UUID, uuid5

import pytest

from inspection.organisation.commands import Command, CreateAgency, CreatePost, FillPost, FoundOrganisation, NoteAbsence
from inspection.organisation.decide import decide
from inspection.organisation.evolve import evolve
from inspection.organisation.state import INITIAL, Organisation
from schemas.discipline.documents import DocumentKind
from schemas.discipline.review_decision import ReviewDecided
from schemas.inspection.organisation import AgencyKind, PostKind
from schemas.values import Name, SubjectKind
from services.adapters.documents.case import Case
from services.adapters.documents.issuer import issuer_of
from services.adapters.documents.signing import Signing, signing_as
from tests.discipline import review_cases as c
from tests.discipline import samples as s

SINCE, TODAY = date(2020, 1, 1), date(2025, 8, 20)
CHAIR, DEPUTY, DIRECTOR, CLERK = (uuid5(s.MATTER, name) for name in ("chair", "deputy", "director", "clerk"))
TITLES = {
    "chair": ("tinh", PostKind.HEAD, "Chủ tịch"),
    "deputy": ("tinh", PostKind.DEPUTY, "Phó Chủ tịch"),
    "director": ("so", PostKind.HEAD, "Giám đốc"),
}


def named(vi: str) -> Name:
    return Name(vi=vi, en=vi)


FOUNDED: tuple[Command, ...] = (
    FoundOrganisation("tinh", named("Ủy ban nhân dân tỉnh Bình Lâm"), SINCE),
    CreateAgency("so", named("Sở Nội vụ"), AgencyKind.DEPARTMENT, "tinh", SINCE),
    *(CreatePost(id_, at, kind, named(vi), SubjectKind.CADRE, SINCE) for id_, (at, kind, vi) in TITLES.items()),
    FillPost("deputy", DEPUTY, False, SINCE),
    FillPost("director", DIRECTOR, False, SINCE),
)
APPOINTED = FillPost("chair", CHAIR, False, SINCE)


def organisation(*more: Command) -> Organisation:
    state = INITIAL
    for command in (*FOUNDED, *more):
        state = reduce(evolve, decide(command, state), state)
    return state


def case(*more: Command, authority_post: str = "chair") -> Case:
    review = c.decided().state
    assert review is not None
    of_post = replace(review, authority_post=authority_post)
    return Case(of_post, (), organisation(*more), TODAY, None, "", {}, {}, {}, None)


def acts(person_id: UUID) -> tuple[Command, ...]:
    """The chair is away, and somebody acts for him."""
    return APPOINTED, NoteAbsence("chair", person_id, date(2025, 8, 1))


@pytest.mark.parametrize(
    ("there", "who", "post_id", "signing"),
    [
        ((APPOINTED,), CHAIR, "chair", Signing("Chủ tịch", "Chủ tịch")),
        ((APPOINTED,), DEPUTY, "deputy", Signing("Phó Chủ tịch", "Chủ tịch", "KT. Chủ tịch")),
        (acts(DEPUTY), DEPUTY, "chair", Signing("Phó Chủ tịch", "Chủ tịch", "KT. Chủ tịch")),
        (acts(DIRECTOR), DIRECTOR, "chair", Signing("Giám đốc Sở Nội vụ", "Chủ tịch", "TUQ. Chủ tịch")),
        (
            (FillPost("chair", DEPUTY, True, SINCE),),
            DEPUTY,
            "chair",
            Signing("Phó Chủ tịch", "Chủ tịch", "KT. Chủ tịch"),
        ),
        ((FillPost("chair", CLERK, True, SINCE),), CLERK, "chair", Signing("Q. Chủ tịch", "Chủ tịch")),
    ],
    ids=["head", "deputy in charge of the case", "deputy for an absent head", "another for him", "charged", "acting"],
)
def test_it_stands_above_the_signature_by_what_right_it_is_given(
    there: tuple[Command, ...], who: UUID, post_id: str, signing: Signing
) -> None:
    assert signing_as(case(*there), who, post_id) == signing


def signer(of: Case, by: UUID) -> tuple[UUID, str, str | None, str | None]:
    event = c.happened(c.decided(), ReviewDecided).model_copy(update={"decided_by": by})
    issuer = issuer_of(DocumentKind.DECISION, event, of)
    return issuer.signer, issuer.signer_title, issuer.signing_for, issuer.authority_title


def test_who_decided_for_an_absent_chair_signs_and_not_the_chair() -> None:
    """It may be the chair's own matter."""
    assert signer(case(*acts(DEPUTY)), DEPUTY) == (DEPUTY, "Phó Chủ tịch", "KT. Chủ tịch", "Chủ tịch")


def test_a_deputy_who_took_the_case_over_signs_in_the_name_of_the_head() -> None:
    taken = case(APPOINTED, authority_post="deputy")

    assert signer(taken, DEPUTY) == (DEPUTY, "Phó Chủ tịch", "KT. Chủ tịch", "Chủ tịch")


def test_where_who_decided_is_there_no_more_whoever_is_in_charge_signs() -> None:
    assert signer(case(APPOINTED), CLERK) == (CHAIR, "Chủ tịch", None, "Chủ tịch")
    assert signer(case(*acts(DEPUTY)), CLERK)[0] == DEPUTY
