"""Whom each step of a ladder names, who is passed over, and that nobody hears earlier than the directive says."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from notifier.ladder import resolve
from schemas.notifier.alerts import ResolvedStep
from schemas.values import Ladder, LadderStep, Recipient
from tests.notifier.examples import CHAIR, HEAD, INSPECTORATE, LADDER, OWNER, SUPERIOR

POSTS: Mapping[Recipient, str | None] = {
    Recipient.OWNER: OWNER,
    Recipient.HEAD: HEAD,
    Recipient.SUPERIOR: SUPERIOR,
    Recipient.INSPECTORATE: INSPECTORATE,
    Recipient.CHAIR: CHAIR,
}


def told(
    posts: Mapping[Recipient, str | None] = POSTS,
    owner: Recipient = Recipient.OWNER,
    skipped: frozenset[str] = frozenset(),
    ladder: Ladder = LADDER,
) -> list[tuple[tuple[str, ...], int]]:
    snapshot = resolve(ladder, owner, posts, skipped, climbs=True)
    return [(step.posts, step.after_working_days) for step in snapshot.steps]


def test_every_office_becomes_its_post() -> None:
    assert told() == [((OWNER,), 0), ((HEAD,), 2), ((SUPERIOR,), 3), ((INSPECTORATE,), 3), ((CHAIR,), 5)]


def test_an_owner_who_is_the_head_hears_once_and_the_superior_no_earlier() -> None:
    steps = told({**POSTS, Recipient.OWNER: HEAD})

    assert steps == [((HEAD,), 0), ((SUPERIOR,), 5), ((INSPECTORATE,), 3), ((CHAIR,), 5)]


def test_a_post_told_twice_in_a_row_collapses_but_hears_again_later() -> None:
    steps = told({**POSTS, Recipient.SUPERIOR: CHAIR})

    assert steps == [((OWNER,), 0), ((HEAD,), 2), ((CHAIR,), 3), ((INSPECTORATE,), 3), ((CHAIR,), 5)]


def test_an_office_without_a_post_is_passed_over() -> None:
    assert told({**POSTS, Recipient.SUPERIOR: None})[2] == ((INSPECTORATE,), 6)


def test_who_must_not_hear_is_passed_over_at_once_on_the_first_step() -> None:
    assert told(skipped=frozenset({OWNER}))[0] == ((HEAD,), 0)


def test_a_wait_of_another_office_begins_there() -> None:
    assert told(owner=Recipient.INSPECTORATE) == [((INSPECTORATE,), 0), ((CHAIR,), 5)]


def test_an_office_that_is_no_step_of_the_ladder_is_told_first_and_then_the_last_step() -> None:
    assert told(owner=Recipient.COMPETENT_AUTHORITY, posts={**POSTS, Recipient.COMPETENT_AUTHORITY: SUPERIOR}) == [
        ((SUPERIOR,), 0),
        ((CHAIR,), 5),
    ]


def test_where_nobody_is_left_one_step_remains_and_names_nobody() -> None:
    snapshot = resolve(LADDER, Recipient.OWNER, POSTS, frozenset(filter(None, POSTS.values())), climbs=True)

    assert snapshot.steps == (ResolvedStep(recipient=Recipient.CHAIR, posts=(), after_working_days=0),)


def test_a_call_tells_the_first_step_and_is_never_exhausted() -> None:
    snapshot = resolve(LADDER, Recipient.OWNER, POSTS, frozenset(), climbs=False)

    assert [step.posts for step in snapshot.steps] == [(OWNER,)]
    assert snapshot.last_step_days is None


def test_the_last_step_has_the_directives_time_and_that_of_those_passed_over_after_it() -> None:
    whole = resolve(LADDER, Recipient.OWNER, POSTS, frozenset(), climbs=True)
    without_chair = resolve(LADDER, Recipient.OWNER, {**POSTS, Recipient.CHAIR: None}, frozenset(), climbs=True)

    assert (whole.last_step_days, without_chair.last_step_days) == (5, 10)


def test_a_ladder_of_one_step_that_opens_at_once_is_never_exhausted() -> None:
    one = Ladder(steps=(LadderStep(recipient=Recipient.HEAD, after_working_days=0),))

    assert resolve(one, Recipient.OWNER, POSTS, frozenset(), climbs=True).last_step_days is None


offices = st.sampled_from(Recipient)
ladders = st.lists(
    st.builds(LadderStep, recipient=offices, after_working_days=st.integers(0, 9)), min_size=1, max_size=10
).map(lambda steps: Ladder(steps=tuple(steps)))
posts = st.dictionaries(offices, st.none() | st.sampled_from(["a", "b", "c", "d"]))


@given(ladders, posts, st.frozensets(st.sampled_from(["a", "b", "c", "d"])))
def test_no_ladder_tells_a_post_that_must_not_hear_or_the_same_twice_in_a_row(
    ladder: Ladder, named: Mapping[Recipient, str | None], skipped: frozenset[str]
) -> None:
    steps = [post for posts, _ in told(named, skipped=skipped, ladder=ladder) for post in posts]

    assert not skipped & set(steps)
    assert all(earlier != later for earlier, later in pairwise(steps))


@given(ladders, posts)
def test_nobody_hears_earlier_after_the_first_than_the_directive_says(
    ladder: Ladder, named: Mapping[Recipient, str | None]
) -> None:
    snapshot = resolve(ladder, Recipient.OWNER, named, frozenset(), climbs=True)
    said = [sum(step.after_working_days for step in ladder.steps[: place + 1]) for place in range(len(ladder.steps))]
    first = next((place for place, step in enumerate(ladder.steps) if named.get(step.recipient)), 0)
    elapsed = 0
    for told_step in snapshot.steps[1:]:
        elapsed += told_step.after_working_days
        places = [place for place, step in enumerate(ladder.steps) if step.recipient is told_step.recipient]
        assert any(said[place] - said[first] <= elapsed for place in places)
