"""Who sits on a board: as the rows say, where they speak; else as the decision does. Nobody in his own matter."""

import dataclasses

import pytest

from discipline.boards.commands import AddReview, EndReview, ReplaceMember, Standing
from discipline.boards.conflicts import Matter
from discipline.boards.refusals import (
    AlreadyRecused,
    BoardAlreadyEstablished,
    BoardSizeNotByRule,
    BoardUnknown,
    MemberConflicted,
    MemberIsSubject,
    NoBoardForCollective,
    NotOnBoard,
    QuorumAboveSize,
    QuorumNotByRule,
    QuorumNotStated,
    ReviewAlreadyOfBoard,
    ReviewNotGoingOn,
    ReviewOfAnotherMatter,
    SeatRepeated,
    SeatRoleNotOnce,
    SeatWithoutPost,
)
from discipline.law.rows import Confidence, LawRow, LawTable, Rule, Unit
from discipline.reviews.refusals import NotTheCompetentAuthority, OwnMatter
from discipline.standing import Person, Place
from schemas.discipline.boards import (
    Admission,
    BoardDissolved,
    BoardMemberReplaced,
    BoardReviewAdded,
    BoardReviewEnded,
    ConflictGround,
    RecusalGranted,
    RecusalRequested,
    Seat,
    SeatRole,
    StatedNumber,
)
from tests.discipline import samples
from tests.discipline.board_samples import (
    AFTER_REFORM,
    AUTHORITY,
    BOARD,
    CHAIRMAN,
    DECLARED,
    ESTABLISHED,
    ID,
    LAW,
    MEMBERS,
    PEOPLE,
    REVIEW,
    SEATS,
    STANDING,
    SUBJECT,
    establish,
    established,
    open_matter,
    seat,
    standing,
)
from tests.discipline.samples import document, named, person, place
from tests.specification import given

FOUR = SEATS[:4]


def with_seat(who: Seat) -> tuple[Seat, ...]:
    return (*FOUR, who)


def conflicted(where: Place, name: str) -> tuple[Seat, Person]:
    """Somebody at a place of the tree, and his seat."""
    who = person(where, name=name)
    return Seat(person_id=who.person_id, post_id=where.post_id, role=SeatRole.MEMBER, votes=True), who


# -- the establishing decision ----------------------------------------------------------------------------------------


def test_the_authority_establishes_a_board_of_five_as_the_row_says() -> None:
    given(BOARD).when(establish()).then(ESTABLISHED)
    assert ESTABLISHED.size.rule_id == "decree-112-2020-board-size"


@pytest.mark.parametrize("seats", [FOUR, (*SEATS, seat("culture"))])
def test_another_size_is_refused_with_the_row(seats: tuple[Seat, ...]) -> None:
    refusal = BoardSizeNotByRule(len(seats), 5, "row", "decree-112-2020-board-size", "Decree 112/2020/NĐ-CP")

    given(BOARD).when(establish(seats=seats)).refused(refusal)


def test_a_secretary_without_a_vote_is_not_one_of_the_five() -> None:
    secretary = seat("culture", SeatRole.SECRETARY, votes=False)
    seats = (SEATS[0], seat("transport"), *SEATS[2:], secretary)

    given(BOARD).when(establish(seats=seats)).then(established(seats))


def test_where_no_active_row_speaks_the_decision_states_the_size_and_the_event_says_so() -> None:
    stated = StatedNumber(number=4, rule_id=None, instrument=None, article=None)

    given(BOARD).when(establish(at=AFTER_REFORM, seats=FOUR)).then(established(FOUR, stated))


def test_where_no_active_row_speaks_the_decision_must_state_the_quorum() -> None:
    given(BOARD).when(establish(quorum=None)).refused(QuorumNotStated)


def test_a_quorum_that_a_row_states_is_not_the_decisions_to_choose() -> None:
    row = LawRow(
        row_id="board-quorum-three",
        instrument="Decree X",
        article="7",
        rule=Rule.BOARD_QUORUM,
        value=3,
        unit=Unit.NUMBER,
        source="A test.",
        confidence=Confidence.VERIFIED,
        active=True,
    )
    law = LawTable((*LAW.rows, row))
    stated = StatedNumber(number=3, rule_id="board-quorum-three", instrument="Decree X", article="7")

    given(BOARD).when(establish(law=law)).refused(QuorumNotByRule(4, 3, "board-quorum-three", "Decree X"))
    given(BOARD).when(establish(law=law, quorum=None)).then(ESTABLISHED.model_copy(update={"quorum": stated}))


def test_a_quorum_above_the_size_is_refused() -> None:
    given(BOARD).when(establish(quorum=6)).refused(QuorumAboveSize(6, 5))


def test_there_is_one_chair_with_a_vote_and_one_secretary() -> None:
    two_chairs = (*FOUR, seat("health", SeatRole.CHAIR))
    no_secretary = (SEATS[0], seat("transport"), *SEATS[2:])
    mute = (seat("home-affairs", SeatRole.CHAIR, votes=False), *SEATS[1:])

    given(BOARD).when(establish(seats=two_chairs)).refused(SeatRoleNotOnce("chair", 2))
    given(BOARD).when(establish(seats=no_secretary)).refused(SeatRoleNotOnce("secretary", 0))
    given(BOARD).when(establish(seats=mute)).refused(SeatRoleNotOnce("chair", 0))


def test_nobody_has_two_seats() -> None:
    given(BOARD).when(establish(seats=with_seat(seat("justice")))).refused(SeatRepeated(named("justice")))


def test_a_member_holds_the_post_that_he_was_chosen_for() -> None:
    elsewhere = Seat(person_id=named("health"), post_id="culture-deputy", role=SeatRole.MEMBER, votes=True)

    given(BOARD).when(establish(seats=with_seat(elsewhere))).refused(SeatWithoutPost(named("health"), "culture-deputy"))


def test_only_the_competent_authority_establishes_and_not_in_its_own_matter() -> None:
    own = person(samples.CHAIR, name="official")

    given(BOARD).when(establish(by=person(samples.DIRECTOR))).refused(NotTheCompetentAuthority("chair"))
    given(BOARD).when(establish(by=own)).refused(OwnMatter)


def test_of_two_who_establish_the_second_is_told_of_the_first() -> None:
    given(BOARD, ESTABLISHED).when(establish()).refused(BoardAlreadyEstablished(ID))


def test_a_board_sits_on_open_reviews_of_one_matter_before_one_authority() -> None:
    other = open_matter(matter_id=named("another matter"))
    other_authority = open_matter(authority_post="somebody")
    closed = open_matter(going_on=False)

    given(BOARD).when(establish(reviews=(other,))).refused(ReviewOfAnotherMatter(REVIEW))
    given(BOARD).when(establish(reviews=(other_authority,))).refused(ReviewOfAnotherMatter(REVIEW))
    given(BOARD).when(establish(reviews=(closed,))).refused(ReviewNotGoingOn(REVIEW))


def test_a_collective_ends_at_the_meeting() -> None:
    collective = open_matter(Matter(REVIEW, samples.COLLECTIVE, None))

    given(BOARD).when(establish(reviews=(collective,))).refused(NoBoardForCollective(REVIEW))


# -- conflicts of interest --------------------------------------------------------------------------------------------


def test_nobody_sits_in_his_own_matter_whatever_the_decision_admits() -> None:
    own = Seat(person_id=SUBJECT, post_id="construction-clerk", role=SeatRole.MEMBER, votes=True)
    admission = Admission(person_id=SUBJECT, ground=ConflictGround.SUBJECT, reasons=document("why"))

    given(BOARD).when(establish(seats=with_seat(own), admissions=(admission,))).refused(MemberIsSubject(SUBJECT))


@pytest.mark.parametrize(
    ("where", "ground"),
    [
        (samples.COLLEAGUE, ConflictGround.SAME_UNIT),
        (samples.CHAIR, ConflictGround.SUPERIOR),
    ],
)
def test_the_organisation_speaks_against_a_member_unless_the_decision_says_why(
    where: Place, ground: ConflictGround
) -> None:
    own, who = conflicted(where, "somebody")
    members = {one.person_id: one for one in PEOPLE.values()} | {own.person_id: who}
    admission = Admission(person_id=own.person_id, ground=ground, reasons=document("why"))

    command = establish(seats=with_seat(own), members=members)
    given(BOARD).when(command).refused(MemberConflicted(own.person_id, ground))
    admitted = dataclasses.replace(command, admissions=(admission,))
    given(BOARD).when(admitted).then(established(with_seat(own), admissions=(admission,)))


def test_a_subordinate_of_the_subject_does_not_sit_on_his_review() -> None:
    director = person(samples.DIRECTOR, name="official")
    matter = Matter(REVIEW, samples.CLERK_REVIEWED.model_copy(update={"post_id": "construction-head"}), director)
    own, who = conflicted(samples.PERMITS_CLERK, "permits")
    members = {one.person_id: one for one in PEOPLE.values()} | {own.person_id: who}

    given(BOARD).when(establish(reviews=(open_matter(matter),), seats=with_seat(own), members=members)).refused(
        MemberConflicted(own.person_id, ConflictGround.SUBORDINATE)
    )


def test_whoever_left_is_still_tied_to_those_of_the_unit_in_which_it_happened() -> None:
    left = Matter(REVIEW, samples.CLERK_REVIEWED, person(place("nowhere", ("pensioners",)), name="official"))
    own, who = conflicted(samples.COLLEAGUE, "colleague")
    members = {one.person_id: one for one in PEOPLE.values()} | {own.person_id: who}

    given(BOARD).when(establish(reviews=(open_matter(left),), seats=with_seat(own), members=members)).refused(
        MemberConflicted(own.person_id, ConflictGround.SAME_UNIT)
    )


# -- further reviews, replacement, the end ----------------------------------------------------------------------------

SECOND = named("second review")
HIS_HEAD = Matter(
    SECOND,
    samples.CLERK_REVIEWED.model_copy(update={"person_id": named("director"), "post_id": "construction-head"}),
    person(samples.DIRECTOR, name="director"),
)


def add(matter: Matter = HIS_HEAD) -> AddReview:
    return AddReview(AUTHORITY, open_matter(matter), (), STANDING.members)


ADDED = BoardReviewAdded(
    board_id=ID, review_id=SECOND, subject=named("director"), admissions=(), added_by=AUTHORITY.person_id
)


def test_one_board_sits_on_all_reviews_of_its_matter() -> None:
    given(BOARD, ESTABLISHED).when(add()).then(ADDED)
    given(BOARD, ESTABLISHED, ADDED).when(add()).refused(ReviewAlreadyOfBoard(SECOND))


def test_a_review_is_not_added_where_a_member_is_its_subject() -> None:
    own = dataclasses.replace(
        HIS_HEAD,
        subject=HIS_HEAD.subject.model_copy(update={"person_id": named("health")}),
        person=PEOPLE["health"],
    )

    given(BOARD, ESTABLISHED).when(add(own)).refused(MemberIsSubject(named("health")))


def test_members_declare_anew_when_a_subject_is_added() -> None:
    state = given(BOARD, ESTABLISHED, *DECLARED, ADDED).state

    assert state is not None
    assert state.declared == {}


def replace(name: str, new: Seat, around: Standing = STANDING) -> ReplaceMember:
    return ReplaceMember(AUTHORITY, named(name), new, (), document("ill"), around)


def test_the_authority_gives_a_seat_to_somebody_else() -> None:
    event = BoardMemberReplaced(
        board_id=ID,
        left=named("health"),
        seat=seat("culture"),
        admissions=(),
        replaced_by=AUTHORITY.person_id,
        reasons=document("ill"),
    )

    after = given(BOARD, ESTABLISHED).when(replace("health", seat("culture"))).then(event)
    assert after.state is not None
    assert [one.person_id for one in after.state.seats] == [named(name) for name in (*MEMBERS[:4], "culture")]


def test_a_replacement_is_held_against_the_same_rules() -> None:
    own, who = conflicted(samples.COLLEAGUE, "colleague")
    around = standing(who)

    given(BOARD, ESTABLISHED).when(replace("culture", seat("labour"))).refused(NotOnBoard(named("culture")))
    given(BOARD, ESTABLISHED).when(replace("health", seat("justice"))).refused(SeatRepeated(named("justice")))
    given(BOARD, ESTABLISHED).when(replace("home-affairs", seat("culture"))).refused(SeatRoleNotOnce("chair", 0))
    given(BOARD, ESTABLISHED).when(replace("health", seat("culture", votes=False))).refused(BoardSizeNotByRule)
    given(BOARD, ESTABLISHED).when(replace("health", own, around)).refused(
        MemberConflicted(own.person_id, ConflictGround.SAME_UNIT)
    )


def test_who_was_recused_in_the_matter_does_not_come_back_by_another_seat() -> None:
    health, reasons = named("health"), document("why")
    history = (
        ESTABLISHED,
        RecusalRequested(board_id=ID, person_id=health, asked_by=SUBJECT, reasons=reasons),
        RecusalGranted(board_id=ID, person_id=health, decided_by=CHAIRMAN.person_id, reasons=reasons),
        BoardMemberReplaced(
            board_id=ID, left=health, seat=seat("culture"), admissions=(), replaced_by=health, reasons=reasons
        ),
    )

    given(BOARD, *history).when(replace("justice", seat("health"))).refused(AlreadyRecused(health))


def test_the_board_ends_with_its_last_review_and_may_be_established_anew() -> None:
    ended, second = (BoardReviewEnded(board_id=ID, review_id=id_) for id_ in (REVIEW, SECOND))
    dissolved = BoardDissolved(board_id=ID)

    given(BOARD, ESTABLISHED, ADDED).when(EndReview(REVIEW)).then(ended)
    over = given(BOARD, ESTABLISHED, ADDED, ended).when(EndReview(SECOND)).then(second, dissolved)
    given(BOARD, *over.events).when(EndReview(SECOND)).then()
    given(BOARD, *over.events).when(establish()).then(ESTABLISHED)


def test_who_was_recused_in_the_matter_does_not_come_back_by_a_board_established_anew() -> None:
    health, reasons = named("health"), document("why")
    over = (
        ESTABLISHED,
        RecusalGranted(board_id=ID, person_id=health, decided_by=CHAIRMAN.person_id, reasons=reasons),
        BoardReviewEnded(board_id=ID, review_id=REVIEW),
        BoardDissolved(board_id=ID),
    )
    seats = tuple(seat("culture") if one.person_id == health else one for one in SEATS)

    given(BOARD, *over).when(establish()).refused(AlreadyRecused(health))
    assert given(BOARD, *over).when(establish(seats=seats)).decided()


def test_before_it_is_established_there_is_no_board() -> None:
    given(BOARD).when(add()).refused(BoardUnknown)
