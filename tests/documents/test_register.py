"""A register gives each document the next number, and a step one document."""

from uuid import uuid4

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from discipline.documents.register.commands import IssueDocument
from discipline.documents.register.refusals import NumberNotNext, ReplacesNothing, StepIssuedBefore
from discipline.documents.register.state import RegisterId
from schemas.discipline.documents import DocumentIssued, DocumentKind
from schemas.refusal import Refusal
from services.adapters.documents.shipped import shipped
from tests.documents.register_samples import REGISTER, REVIEW, document
from tests.specification import given


def test_the_first_document_of_a_year_is_number_one() -> None:
    first = document(1)
    given(REGISTER).when(IssueDocument(first)).then(first)


def test_the_next_one_follows_without_a_gap() -> None:
    second = document(2)
    given(REGISTER, document(1)).when(IssueDocument(second)).then(second)


def test_a_number_that_has_gone_meanwhile_is_refused_with_the_next_one() -> None:
    given(REGISTER, document(1), document(2)).when(IssueDocument(document(2))).refused(NumberNotNext(2, 3))


def test_a_number_ahead_of_its_turn_is_refused() -> None:
    given(REGISTER, document(1)).when(IssueDocument(document(3))).refused(NumberNotNext(3, 2))


def test_a_step_has_one_document() -> None:
    first = document(1, review_id=REVIEW, step=7)
    second = document(2, review_id=REVIEW, step=7)
    given(REGISTER, first).when(IssueDocument(second)).refused(StepIssuedBefore(first.document_id))


def test_another_takes_its_place_and_has_a_number_of_its_own() -> None:
    first = document(1, review_id=REVIEW, step=7)
    second = document(2, review_id=REVIEW, step=7, replaces=first.document_id)
    third = document(3, review_id=REVIEW, step=7, replaces=first.document_id)
    history = given(REGISTER, first).when(IssueDocument(second)).then(second)
    history.when(IssueDocument(third)).refused(ReplacesNothing(first.document_id))


def test_what_stands_in_the_register_of_another_year_stands_here_too() -> None:
    before, first = uuid4(), document(1, review_id=REVIEW, step=7)
    given(REGISTER).when(IssueDocument(first, before)).refused(StepIssuedBefore(before))
    replacing = first.model_copy(update={"replaces": before})
    given(REGISTER).when(IssueDocument(replacing, before)).then(replacing)


def test_a_register_goes_on_after_what_was_numbered_before_it_began() -> None:
    third, fourth = document(3), document(4)
    history = given(REGISTER).when(IssueDocument(third, begins_after=2)).then(third)
    history.when(IssueDocument(fourth, begins_after=2)).then(fourth)
    given(REGISTER).when(IssueDocument(document(1), begins_after=2)).refused(NumberNotNext(1, 3))


def test_all_boards_of_an_authority_share_their_numbers_apart_from_its_own() -> None:
    """They sign alike: or two of their papers would have the same number and symbol."""
    agency, one, other = (
        RegisterId.of("so-xay-dung", board_id, DocumentKind.MINUTES, 2026) for board_id in (None, uuid4(), uuid4())
    )
    assert one == other != agency


@pytest.mark.parametrize("kind", DocumentKind)
def test_kinds_of_one_symbol_share_their_numbers_and_others_do_not(kind: DocumentKind) -> None:
    """Or two documents of one authority would have the same number and symbol in the same year."""
    registers = {other: RegisterId.of("so-xay-dung", None, other, 2026) for other in DocumentKind}

    for other in DocumentKind:
        alike = shipped(other).symbol == shipped(kind).symbol
        assert (registers[other] == registers[kind]) is alike


@drawn(st.lists(st.tuples(st.integers(-1, 2), st.integers(1, 3), st.booleans()), max_size=30))
def test_whatever_is_asked_numbers_run_from_one_and_steps_have_one_document(
    asked: list[tuple[int, int, bool]],
) -> None:
    """The offset is how far the number is from the next one; a third of the documents are of steps seen before."""
    state, issued = REGISTER.initial, list[DocumentIssued]()
    for offset, step, replaces in asked:
        same = [one for one in issued if one.step == step]
        wanted = document(
            max(len(issued) + 1 + offset, 1),
            review_id=REVIEW,
            step=step,
            replaces=same[-1].document_id if replaces and same else None,
        )
        try:
            decided = REGISTER.decide(IssueDocument(wanted), state)
        except Refusal:
            continue
        for event in decided:
            assert isinstance(event, DocumentIssued)
            state = REGISTER.evolve(state, event)
            issued.append(event)
    assert [one.number for one in issued] == list(range(1, len(issued) + 1))
    stands = {one.document_id for one in issued} - {one.replaces for one in issued}
    assert len(stands) == len({one.step for one in issued})
