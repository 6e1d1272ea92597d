"""The reform of 2025-07-01 on the real database: districts and inspectorates end, departments merge, nothing is lost.

Units and cases are invented.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from discipline.boards.facts import board_before
from discipline.boards.state import able, vacant
from discipline.successions.commands import CorrectSuccession
from discipline.successions.refusals import SuccessionAhead, SuccessionNotApproved
from inspection.organisation import queries
from inspection.organisation.commands import WithdrawRestructuring
from schemas.discipline.successions import Matter, Passage, SuccessionCarriedOut
from services.adapters.directory_copy import CopiedOrganisation
from services.adapters.discipline import effects, succession
from services.adapters.discipline.succession import open_matters
from services.adapters.postgres.store import PostgresStore
from services.application.discipline import standing
from services.application.discipline.aggregates import FOLLOW_UP, SUCCESSION
from tests.discipline.samples import document
from tests.worker.reform import (
    ACTS,
    AFTER,
    BEFORE,
    DIRECTOR,
    ENDED,
    LAST,
    LIVING,
    REFORM,
    SPECS,
    WEEK_LATER,
    Suite,
    announced,
    organisation,
    pass_on,
    request,
)
from tests.worker.reform_boards import board_of, establish_board, replace_member, vacancies

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.parts import Database


@pytest.fixture(autouse=True)
def fresh_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(effects, "_organisation", CopiedOrganisation())


@pytest.fixture
async def suite(database: Database) -> AsyncIterator[Suite]:
    """The province before its reform, with the acts announced."""
    stores = {context: await PostgresStore.open(database.dsn(context), context) for context in SPECS}
    made = Suite(stores, database)
    made.set_clock(BEFORE)
    await made.record(*organisation())
    yield made
    for store in stores.values():
        await store.close()


async def test_each_act_proposes_a_plan_for_every_post_of_what_ends(suite: Suite) -> None:
    await announced(suite)

    for act, (_, before, _, heir) in ACTS.items():
        plan = await suite.plan(act)
        assert plan.passages == {f"{one}-{post}": f"{heir}-head" for one in before for post in ("head", "clerk")}


async def test_after_the_reform_nothing_is_left_without_an_owner(suite: Suite) -> None:
    """Follow-ups, reviews and questions of heads; history keeps who owned them before."""
    cases = {
        await suite.open_case(agency, owner=owner, confirmed=confirmed): agency
        for agency in (*ENDED, *LIVING)
        for owner, confirmed in (("head", True), ("clerk", False))
    }
    await announced(suite)
    split = CorrectSuccession(
        by=await suite.chair(),
        passages=(Passage(from_post="huyen-clerk", to_post="xa-tan-lap-clerk"),),
        singled=(),
        chains={"xa-tan-lap-clerk": ("xa-tan-lap", "tinh")},
        posts={"huyen-clerk"},
        owned=(),
        reasons=document("why"),
    )
    await suite.handlers["discipline"].handle(SUCCESSION, suite.plans["split"], split, request())
    for act in ACTS:
        await suite.approve(act)
    suite.set_clock(AFTER)

    for act in ACTS:
        await suite.carry_out(act)

    organisation = await suite.organisation()
    owned = suite.follow_ups()
    heirs = {agency: heir for _, before, _, heir in ACTS.values() for agency in before}
    assert set(owned) == set(cases)
    for finding_id, (owner, agency) in owned.items():
        held = queries.holder(organisation, owner, REFORM)
        assert held is not None, f"{cases[finding_id]}: nobody holds {owner}"
        assert organisation.agencies[agency].exists(REFORM)
        assert organisation.posts[owner].agency_id == agency
        assert agency in {heirs.get(cases[finding_id], cases[finding_id]), "xa-tan-lap"}
    assert Counter(owner for owner, _ in owned.values())["xa-tan-lap-clerk"] == 1
    reviews = suite.database.execute("select distinct authority_post from discipline.review_view")
    questions = suite.database.execute("select distinct authority_post from discipline.responsibility_view")
    assert reviews == questions == [("tinh-head",)]
    assert [queries.holder(organisation, str(post), REFORM) is not None for (post,) in reviews] == [True]


async def test_the_report_says_what_went_where_and_adds_up(suite: Suite) -> None:
    cases = [await suite.open_case("huyen", confirmed=True) for _ in range(3)] + [await suite.open_case("huyen")]
    await announced(suite)
    await suite.approve("split")
    suite.set_clock(AFTER)
    foreseen = await open_matters(suite.discipline.pool, await suite.goals("split"))

    await suite.carry_out("split")

    went = (await suite.plan("split")).went
    assert list(went) == foreseen
    assert sum(one.count for one in went if one.moved) == len(cases)
    [(reviews,)] = suite.database.execute("select count(*) from discipline.review_view")
    assert [(one.matter.value, one.count) for one in went if not one.moved] == [("review", reviews)]
    assert await open_matters(suite.discipline.pool, await suite.goals("split")) == [
        one for one in went if not one.moved
    ]


async def test_open_alerts_follow_their_cases_and_nothing_is_alerted_twice(suite: Suite) -> None:
    cases = {await suite.open_case(agency): agency for agency in (*ENDED, *LIVING)}
    await announced(suite)
    suite.set_clock(LAST)
    await suite.settle()
    before = suite.alerts()
    assert {id_ for id_, _ in before} == set(cases)
    assert all(one == [(f"{cases[id_]}-head", False)] for (id_, _), one in before.items())

    foreseen = await suite.alerts_of_plan("split")
    assert foreseen

    await pass_on(suite)
    assert await suite.alerts_of_plan("split") == foreseen
    suite.set_clock(WEEK_LATER)
    await suite.settle()

    owned = suite.follow_ups()
    for (finding_id, rule), alerts in suite.alerts().items():
        old, new = f"{cases[finding_id]}-head", owned[finding_id][0]
        standing = [owner for owner, ended in alerts if not ended]
        over = [owner for owner, ended in alerts if ended]
        if cases[finding_id] in LIVING:
            assert (standing, over) == ([old], []), rule
        else:
            assert (standing, over) == ([new], [old] if (finding_id, rule) in before else []), rule


async def test_clocks_go_on_as_they_were_and_nobody_is_asked_again(suite: Suite) -> None:
    """Only who owns it changes: due moments, and the days by which reviews and questions are answered, stay."""
    for agency in (*ENDED, *LIVING):
        await suite.open_case(agency, confirmed=True)
    await announced(suite)
    asked = ("review_proposed", "responsibility_raised")
    clocks, questions = suite.clocks(), suite.happened(*asked)

    await pass_on(suite)

    assert suite.clocks() == clocks
    assert suite.happened(*asked) == questions > 0
    assert suite.happened("follow_up_passed_on") == len(ENDED)


async def test_where_the_competent_authoritys_post_has_ended_its_successor_decides_and_the_report_says_so(
    suite: Suite,
) -> None:
    """The commune goes on, but its district, whose chair was to decide, does not."""
    await suite.open_case("xa-cu", confirmed=True, authority="huyen-head")
    await announced(suite)
    await suite.approve("split")
    suite.set_clock(AFTER)
    await suite.carry_out("split")

    went = [one for one in (await suite.plan("split")).went if one.matter is Matter.REVIEW]
    assert {(one.from_place, one.to_post, one.moved) for one in went} == {("xa-cu", "xa-phu-son-head", True)}
    organisation = await suite.organisation()
    held = queries.holder(organisation, "xa-phu-son-head", REFORM)
    assert held is not None
    assert standing.person(organisation, held.person_id, REFORM, "huyen-head").holds("huyen-head")


SITTING = ("so-giao-thong-head", "huyen-clerk", "phong-noi-vu-clerk", "xa-cu-clerk", "thanh-tra-tinh-clerk")
"""Who sits on the review of the department inspectorate's head; the first is to head the merged department."""


async def test_seats_of_what_ended_are_vacant_until_the_authority_fills_them(suite: Suite) -> None:
    board_id = await establish_board(suite, "thanh-tra-so", SITTING)
    assert await vacancies(suite, board_id) == ()
    await announced(suite)
    foreseen = await open_matters(suite.discipline.pool, await suite.goals("split"))
    assert [(one.from_place, one.to_post) for one in foreseen if one.matter is Matter.BOARD_SEAT] == [
        ("huyen-clerk", "tinh-head")
    ]

    await pass_on(suite)

    gone = await suite.people("huyen-clerk", "phong-noi-vu-clerk", on=BEFORE.date())
    assert await vacancies(suite, board_id) == gone
    board, around = await board_of(suite, board_id)
    assert DIRECTOR in able(board, around), "he heads what his department has become"
    assert len(board_before(board, around).able) < board.quorum.number
    for left, post in zip(gone, ("xa-phu-son-clerk", "xa-tan-lap-clerk"), strict=True):
        await replace_member(suite, board_id, left, post)
    board, around = await board_of(suite, board_id)
    assert (vacant(board, around), len(board_before(board, around).able)) == ((), len(SITTING))


async def test_history_is_not_rewritten(suite: Suite) -> None:
    finding_id = await suite.open_case("huyen")
    before = await suite.discipline.load(FOLLOW_UP.stream(finding_id))
    await announced(suite)
    await suite.approve("split")
    suite.set_clock(AFTER)

    await suite.carry_out("split")

    after = await suite.discipline.load(FOLLOW_UP.stream(finding_id))
    assert list(after[: len(before)]) == list(before)
    assert [recorded.event.type for recorded in after[len(before) :]] == ["discipline.follow_up_passed_on.v1"]
    organisation = await suite.organisation()
    assert queries.holder(organisation, "huyen-head", date(2025, 6, 30)) is not None
    assert queries.holder(organisation, "huyen-head", REFORM) is None


async def test_it_is_refused_before_the_day_and_without_approval(suite: Suite) -> None:
    await suite.open_case("huyen")
    await announced(suite)
    with pytest.raises(SuccessionNotApproved):
        await suite.carry_out("split")
    await suite.approve("split")
    with pytest.raises(SuccessionAhead):
        await suite.carry_out("split")
    assert {owner for owner, _ in suite.follow_ups().values()} == {"huyen-head"}


async def test_one_that_dies_on_the_way_has_moved_nothing_and_begins_anew(
    suite: Suite, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases = [await suite.open_case("huyen") for _ in range(5)]
    await announced(suite)
    await suite.approve("split")
    suite.set_clock(AFTER)
    monkeypatch.setattr(succession, "PAGE", 2)
    pages: list[int] = []
    pass_on = succession._Act._pass_on

    async def dies(act: Any, goals: Any, page: Any) -> None:
        await pass_on(act, goals, page)
        pages.append(len(page))
        if len(pages) == 2:
            raise ConnectionError

    with monkeypatch.context() as crash:
        crash.setattr(succession._Act, "_pass_on", dies)
        with pytest.raises(ConnectionError):
            await suite.carry_out("split")
    assert pages == [2, 2]
    assert {owner for owner, _ in suite.follow_ups().values()} == {"huyen-head"}

    await suite.carry_out("split")

    assert [owner for owner, _ in suite.follow_ups().values()] == ["xa-phu-son-head"] * len(cases)
    stream = await suite.discipline.load(SUCCESSION.stream(suite.plans["split"]))
    assert sum(isinstance(recorded.event, SuccessionCarriedOut) for recorded in stream) == 1


async def test_an_act_that_is_withdrawn_takes_its_plan_along(suite: Suite) -> None:
    await announced(suite)

    await suite.record(WithdrawRestructuring(suite.plans["merge"]))

    assert (await suite.plan("merge")).status == "withdrawn"
