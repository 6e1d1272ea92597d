"""Plans of succession over HTTP, from the announcement to the report: who sees them, puts them right, decides."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import pytest

from discipline.successions.commands import WithdrawSuccession
from inspection.organisation.commands import AnnounceRestructuring, CompleteRestructuring, FillPost, VacatePost
from inspection.organisation.decide import decide
from inspection.organisation.evolve import evolve
from notifier.alerts.state import alert_id
from schemas.envelope import EventMeta, Recorded
from schemas.inspection.organisation import RestructuringKind
from schemas.notifier.alerts import AlertEnded, StallRule
from services.adapters.directory_copy import CopiedOrganisation, keep_directory
from services.adapters.discipline.follow_up_alerts import keep_alerts
from services.application.directory import STREAM
from services.application.discipline.aggregates import SUCCESSION
from services.application.identity import Role
from tests.api.access import tree
from tests.api.access.table import CASE_AGENCY, Caller
from tests.api.conftest import key
from tests.api.consultation_cases import CONSENT, NO_CONSENT, adopt, ask_opinion
from tests.api.discipline_cases import (
    confirm,
    notified_review,
    open_follow_up,
    post,
    propose_review,
    propose_succession,
    raise_question,
    request,
)
from tests.api.opening import opened_context
from tests.api.test_discipline import AUDITOR, CHAIR, CLERK, HEAD, Office, at_work
from tests.inspection.test_progress import opened as an_alert
from tests.transactions import Quiet

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    import httpx

    from inspection.organisation.commands import Command
    from schemas.registry import AnyEvent
    from services.adapters.identity.issuer import LocalIssuer
    from tests.api.conftest import TokenFor
    from tests.parts import Database

PATH, DAY = "/successions", date(2026, 3, 1)
OLD, NEW, OLD_DESK, NEW_DESK = "so-y-te-head", "so-giao-duc-head", "so-y-te-clerk", "so-giao-duc-clerk"
HEIR = Caller(Role.HEAD, "so-giao-duc", UUID("00000000-0000-0000-0000-00000000e1e1"))
STRANGER = Caller(Role.HEAD, "huyen", UUID("00000000-0000-0000-0000-00000000e1e2"))
ASK: dict[str, Any] = {
    "asking_agency": "tinh",
    "consulted_agency": CASE_AGENCY,
    "directive_id": CONSENT.directive_id,
    "subject": "Phương án bố trí nhân viên y tế trường học",
    "draft": "Dự thảo phương án gồm 4 mục.",
    "concern": "Sở Y tế bố trí nhân viên y tế.",
}
ALERTS = ("rule", "from_post", "to_post", "becomes", "count")
WHY = "Việc một cửa chuyển về một cửa."


@pytest.fixture
async def office(
    database: Database, issuer: LocalIssuer, token: TokenFor, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    """On a database of its own: an agency ends in each of these tests."""
    posts = [
        *post(OLD_DESK, CASE_AGENCY, CLERK.person_id),
        *post(NEW_DESK, "so-giao-duc", uuid4()),
        FillPost(NEW, HEIR.person_id, False, tree.SINCE),
    ]
    async with at_work(
        lambda api: opened_context(api, database.dsn(api.name), issuer), token, monkeypatch, [], posts
    ) as office:
        yield office


async def record(office: Office, *commands: Command) -> None:
    """The organisation changes, as the worker copies it."""
    pool = office.context.pool
    state = await CopiedOrganisation().read(pool)
    version = await pool.fetchval("select version from directory_copy")
    meta, at = EventMeta(actor="x", correlation_id=uuid4(), causation_id=uuid4()), datetime(2026, 3, 2, tzinfo=UTC)
    for command in commands:
        for event in decide(command, state):
            state, version = evolve(state, event), version + 1
            told = Recorded(version, uuid4(), STREAM, version, event, meta, at, at, bytes(32))
            async with pool.acquire() as connection, connection.transaction():
                await keep_directory(Quiet(connection), [told])


async def announced(office: Office) -> UUID:
    """The department is to become part of another; the worker has proposed the plan."""
    plan = await propose_succession(office.context)
    kind = RestructuringKind.END
    await record(office, AnnounceRestructuring(plan, kind, (CASE_AGENCY,), ("so-giao-duc",), "so-giao-duc", DAY))
    return plan


async def approved(office: Office, plan: UUID) -> None:
    """By the chair, as the plan stands; the worker of the inspection has the agency end."""
    await office.done(CHAIR, f"{PATH}/{plan}/approve", {}, seen=(await shown(office, plan))["succession"]["version"])
    await record(office, CompleteRestructuring(plan))


async def shown(office: Office, plan: UUID, by: Caller = CHAIR) -> Any:
    return await office.get(by, f"{PATH}/{plan}")


async def asked(office: Office, by: Caller = CHAIR, **but: object) -> httpx.Response:
    """The chair asks a department, unless it is said otherwise."""
    return await office.send(by, "/consultations", ASK | but)


def passages(plan: Any) -> set[tuple[str, str, str, bool, int]]:
    """What is open, or what went."""
    return {(one["matter"], one["from_place"], one["to_post"], one["moved"], one["count"]) for one in plan["open"]}


async def owner(office: Office, finding_id: UUID) -> tuple[str, str]:
    [row] = await office.context.pool.fetch(
        "select owner_post, agency_id from follow_up_view where id = $1", finding_id
    )
    return row["owner_post"], row["agency_id"]


async def test_a_plan_from_the_announcement_to_the_report(office: Office) -> None:
    heads, desks = await open_follow_up(office.context), await open_follow_up(office.context)
    await office.done(HEAD, f"/follow-ups/{desks}/assign", {"post_id": OLD_DESK})
    plan = await announced(office)
    everything = {("follow_up", OLD, NEW, True, 1), ("follow_up", OLD_DESK, NEW, True, 1)}
    assert passages(await shown(office, plan, HEIR)) == everything

    correction = {"passages": [{"from_post": OLD_DESK, "to_post": NEW_DESK}], "reasons": WHY}
    await office.done(HEIR, f"{PATH}/{plan}/correct", correction, seen=1)
    await approved(office, plan)
    await office.done(CHAIR, f"{PATH}/{plan}/carry-out", {})

    done = await shown(office, plan, AUDITOR)
    assert done["succession"]["status"] == "carried_out"
    assert passages(done) == {("follow_up", OLD, NEW, True, 1), ("follow_up", OLD_DESK, NEW_DESK, True, 1)}
    assert [moved["name"] for moved in done["timeline"]] == [
        "Plan of succession proposed",
        "Plan of succession corrected",
        "Plan of succession approved",
        "Plan of succession carried out",
    ]
    assert WHY in done["texts"].values()
    assert await owner(office, heads) == (NEW, "so-giao-duc")
    assert await owner(office, desks) == (NEW_DESK, "so-giao-duc")


async def alerted(office: Office, finding_id: UUID, rule: StallRule, post: str) -> UUID:
    """The notifier has alerted, and the worker heard of it."""
    id_ = alert_id(finding_id, rule, finding_id)
    about = {"alert_id": id_, "case_id": finding_id, "rule": rule, "owner_post": post}
    await heard(office, an_alert().model_copy(update=about))
    return id_


async def heard(office: Office, event: AnyEvent) -> None:
    """The worker keeps what the notifier tells."""
    meta, at = EventMeta(actor="x", correlation_id=uuid4(), causation_id=uuid4()), datetime(2026, 3, 2, tzinfo=UTC)
    told = Recorded(1, uuid4(), "alert", 1, event, meta, at, at, bytes(32))
    async with office.context.pool.acquire() as connection, connection.transaction():
        await keep_alerts(Quiet(connection), [told])


async def test_a_plan_lists_the_open_alerts_and_says_what_becomes_of_them(office: Office) -> None:
    finding_id = await open_follow_up(office.context)
    late = await alerted(office, finding_id, StallRule.OVERDUE, OLD)
    await alerted(office, finding_id, StallRule.PLAN_NOT_ANSWERED, "thanh-tra-head")
    over = await alerted(office, finding_id, StallRule.DUE_SOON_LAST, OLD)
    await heard(office, AlertEnded(alert_id=over, case_id=finding_id, ended_by=late, ended_type="x.y.v1"))
    plan = await announced(office)
    expected = [
        ("overdue", OLD, NEW, "begins_anew", 1),
        ("plan_not_answered", "thanh-tra-head", "thanh-tra-head", "goes_on", 1),
    ]

    before = await shown(office, plan)
    await approved(office, plan)
    await office.done(CHAIR, f"{PATH}/{plan}/carry-out", {})
    [passed] = await office.context.pool.fetch(
        "select event_id from events where type = 'discipline.follow_up_passed_on.v1'"
    )
    kind = "discipline.follow_up_passed_on.v1"
    await heard(office, AlertEnded(alert_id=late, case_id=finding_id, ended_by=passed[0], ended_type=kind))
    after = await shown(office, plan)

    for told in (before, after):
        assert [tuple(one[name] for name in ALERTS) for one in told["alerts"]] == expected
    assert before["alerts"][0]["becomes_name"] == "ends, and begins anew for whoever takes over"


async def test_between_the_day_and_the_act_the_heirs_head_does_what_the_ended_posts_could(office: Office) -> None:
    finding_id = await open_follow_up(office.context)
    plan = await announced(office)
    await approved(office, plan)

    await office.done(HEIR, f"/follow-ups/{finding_id}/acknowledge", {})

    assert await owner(office, finding_id) == (OLD, CASE_AGENCY)


async def test_one_follow_up_may_go_elsewhere_than_the_rest_of_its_post(office: Office) -> None:
    one, another = await open_follow_up(office.context), await open_follow_up(office.context)
    plan = await announced(office)
    correction = {"singled": [{"finding_id": str(one), "to_post": NEW_DESK}], "reasons": WHY}
    await office.done(HEIR, f"{PATH}/{plan}/correct", correction, seen=1)
    await approved(office, plan)
    await office.done(CHAIR, f"{PATH}/{plan}/carry-out", {})

    assert (await owner(office, one), await owner(office, another)) == ((NEW_DESK, "so-giao-duc"), (NEW, "so-giao-duc"))


async def corrects(office: Office, plan: UUID, **correction: object) -> tuple[int, str, str | None]:
    """Why the heir's head may not put it right so: status, code and field."""
    answer = await office.send(HEIR, f"{PATH}/{plan}/correct", {"reasons": WHY, **correction}, seen=1)
    problem = answer.json()
    return problem["status"], problem["code"], problem.get("field")


async def test_a_correction_of_nothing_of_one_thing_twice_or_of_what_is_not_open_there_is_refused(
    office: Office,
) -> None:
    elsewhere = await open_follow_up(office.context, agency_id="so-giao-duc")
    plan = await announced(office)
    passage, singled = {"from_post": OLD, "to_post": NEW_DESK}, {"finding_id": str(elsewhere), "to_post": NEW_DESK}

    assert await corrects(office, plan) == (422, "nothing-corrected", "passages")
    assert await corrects(office, plan, passages=[passage] * 2) == (422, "corrected-twice", None)
    assert await corrects(office, plan, singled=[singled]) == (422, "not-open-at-predecessor", "singled")


async def test_a_post_that_was_created_after_the_announcement_is_put_right_too(office: Office) -> None:
    plan = await announced(office)
    await record(office, *post("so-y-te-late", CASE_AGENCY, uuid4()))
    correction = {"passages": [{"from_post": "so-y-te-late", "to_post": NEW_DESK}], "reasons": WHY}

    await office.done(HEIR, f"{PATH}/{plan}/correct", correction, seen=1)


async def test_the_report_names_who_has_it_where_the_heir_has_ended_before_the_act(office: Office) -> None:
    finding_id = await open_follow_up(office.context)
    plan = await announced(office)
    await approved(office, plan)
    second, kind = uuid4(), RestructuringKind.END
    await record(
        office,
        AnnounceRestructuring(second, kind, ("so-giao-duc",), ("thanh-tra",), "thanh-tra", DAY),
        CompleteRestructuring(second),
    )
    foreseen = passages(await shown(office, plan))

    await office.done(CHAIR, f"{PATH}/{plan}/carry-out", {})

    assert passages(await shown(office, plan)) == foreseen == {("follow_up", OLD, "thanh-tra-head", True, 1)}
    assert await owner(office, finding_id) == ("thanh-tra-head", "thanh-tra")


async def test_by_a_plan_that_was_withdrawn_nothing_goes_anywhere(office: Office) -> None:
    await open_follow_up(office.context)
    plan = await announced(office)

    await office.context.handler.handle(SUCCESSION, plan, WithdrawSuccession(), request())

    gone = await shown(office, plan)
    assert (gone["succession"]["status"], gone["open"], gone["alerts"]) == ("withdrawn", [], [])


async def test_what_the_chair_put_right_himself_he_may_approve(office: Office) -> None:
    """He alone decides on it, and his correction stands under his name with its reasons."""
    plan = await announced(office)
    correction = {"passages": [{"from_post": OLD_DESK, "to_post": NEW_DESK}], "reasons": WHY}
    await office.done(CHAIR, f"{PATH}/{plan}/correct", correction, seen=1)

    await approved(office, plan)

    moved = (await shown(office, plan))["timeline"]
    assert [one["actor"] for one in moved][1:] == [str(CHAIR.person_id)] * 2


async def test_a_plan_is_approved_as_it_was_seen(office: Office) -> None:
    plan = await announced(office)
    correction = {"passages": [{"from_post": OLD_DESK, "to_post": NEW_DESK}], "reasons": WHY}
    await office.done(HEIR, f"{PATH}/{plan}/correct", correction, seen=1)

    answer = await office.send(CHAIR, f"{PATH}/{plan}/approve", {}, seen=1)

    assert answer.status_code == 412


async def test_nobody_else_knows_of_it_and_nobody_but_the_chair_decides(office: Office) -> None:
    plan = await announced(office)

    assert (await office.send(STRANGER, f"{PATH}/{plan}")).status_code == 404
    assert (await office.send(HEIR, f"{PATH}/{plan}/approve", {}, seen=1)).status_code == 403
    assert (await office.send(HEIR, f"{PATH}/{plan}/carry-out", {})).status_code == 403
    deputy = Caller(Role.AUTHORITY, "tinh", uuid4())
    answer = await office.send(deputy, f"{PATH}/{plan}/approve", {}, seen=1)
    assert (answer.status_code, answer.json()["code"]) == (403, "not-the-chair")


async def test_the_same_request_again_gets_the_first_answer_and_moves_nothing_twice(office: Office) -> None:
    finding_id = await open_follow_up(office.context)
    plan = await announced(office)
    await approved(office, plan)
    headers = office.headers(CHAIR) | key()
    answers = [
        await office.client.post(f"/discipline{PATH}/{plan}/carry-out", json={}, headers=headers) for _ in range(2)
    ]

    assert [(answer.status_code, answer.json()) for answer in answers] == [(200, answers[0].json())] * 2
    stream = await office.context.store.load(f"follow_up-{finding_id}")
    assert [recorded.event.type for recorded in stream].count("discipline.follow_up_passed_on.v1") == 1
    again = await office.send(CHAIR, f"{PATH}/{plan}/carry-out", {})
    assert (again.status_code, again.json()["code"]) == (409, "succession-not-approved")


async def test_before_the_agency_has_ended_nothing_is_carried_out(office: Office) -> None:
    plan = await announced(office)
    seen = (await shown(office, plan))["succession"]["version"]
    await office.done(CHAIR, f"{PATH}/{plan}/approve", {}, seen=seen)

    answer = await office.send(CHAIR, f"{PATH}/{plan}/carry-out", {})

    assert (answer.status_code, answer.json()["code"]) == (409, "end-not-recorded")
    assert len(await office.context.store.load(SUCCESSION.stream(plan))) == 2


async def test_reviews_and_questions_stay_with_who_decides_on_them(office: Office) -> None:
    finding_id = await open_follow_up(office.context)
    await confirm(office.context, finding_id)
    await raise_question(office.context, finding_id, HEAD.person_id)
    review_id = await propose_review(office.context, person_id=HEAD.person_id)
    plan = await announced(office)
    await approved(office, plan)
    await office.done(CHAIR, f"{PATH}/{plan}/carry-out", {})

    assert passages(await shown(office, plan)) >= {
        ("review", CASE_AGENCY, "tinh-head", False, 1),
        ("responsibility", CASE_AGENCY, "tinh-head", False, 1),
    }
    review = (await office.get(CHAIR, f"/reviews/{review_id}"))["review"]
    assert (review["authority_post"], review["person_id"]) == ("tinh-head", str(HEAD.person_id))


async def test_how_many_reviews_there_are_is_told_to_who_decides_on_them_alone(office: Office) -> None:
    """The head of the department is the subject, and was not notified; another head reviews somebody of the same."""
    finding_id = await open_follow_up(office.context)
    await confirm(office.context, finding_id)
    await raise_question(office.context, finding_id, HEAD.person_id)
    await propose_review(office.context, person_id=HEAD.person_id)
    await propose_review(office.context, authority_post=OLD)
    plan = await announced(office)
    chairs, heirs = ("review", CASE_AGENCY, "tinh-head", False, 1), ("review", CASE_AGENCY, NEW, True, 1)
    question = ("responsibility", CASE_AGENCY, "tinh-head", False, 1)
    moves = ("follow_up", OLD, NEW, True, 1)

    async def told(by: Caller) -> set[tuple[str, str, str, bool, int]]:
        plan_as_told = await shown(office, plan, by)
        for event in plan_as_told["timeline"]:
            if "went" in event["data"]:
                assert event["data"]["went"] == plan_as_told["open"] == plan_as_told["succession"]["went"]
        return passages(plan_as_told)

    before = [await told(by) for by in (HEAD, HEIR, CHAIR, AUDITOR)]
    await approved(office, plan)
    await office.done(CHAIR, f"{PATH}/{plan}/carry-out", {})
    after = [await told(by) for by in (HEIR, CHAIR, AUDITOR)]

    assert before == [{moves}, {moves}, {moves, chairs, question}, {moves, chairs, heirs, question}]
    assert after == [{moves, heirs}, {moves, chairs, question}, {moves, chairs, heirs, question}]
    elsewhere = Caller(Role.AUTHORITY, "huyen", uuid4())
    [listed] = (await office.get(elsewhere, PATH))["items"]
    assert [one["matter"] for one in listed["went"]] == ["follow_up"]


async def test_whoever_heads_the_heir_answers_what_the_ended_agency_was_asked(office: Office) -> None:
    monday = datetime(2026, 3, 2, 2, tzinfo=UTC)
    asked = await ask_opinion(office.context, monday)
    settled = await ask_opinion(office.context, monday)
    answer = {"position": "agrees", "answer": "Đồng ý."}
    await office.done(HEAD, f"/consultations/{settled}/answer", answer)
    plan = await announced(office)
    await approved(office, plan)
    assert (await office.send(HEAD, f"/consultations/{asked}/answer", answer)).status_code in {403, 404}
    await office.done(CHAIR, f"{PATH}/{plan}/carry-out", {})

    assert passages(await shown(office, plan)) == {("consultation", CASE_AGENCY, NEW, True, 1)}
    await office.done(HEIR, f"/consultations/{asked}/answer", answer)
    [said] = (await office.get(HEIR, f"/consultations/{asked}"))["timeline"][1:]
    assert said["data"]["answering_agency"] == "so-giao-duc"


async def test_a_request_asks_an_ended_agency_and_its_heir_once(office: Office) -> None:
    await adopt(office.context.pool, CONSENT)
    request_id = (await asked(office, consulted_agency=CASE_AGENCY)).json()["id"]
    request_id = (await office.get(CHAIR, f"/consultations/{request_id}"))["consultation"]["request_id"]
    await approved(office, await announced(office))

    for agency in ("so-giao-duc", CASE_AGENCY):
        again = await asked(office, consulted_agency=agency, request_id=request_id)
        assert (again.status_code, again.json()["code"]) == (409, "consultation-already-asked")


async def test_by_the_ended_agencys_name_its_heir_is_asked_once(office: Office) -> None:
    await adopt(office.context.pool, CONSENT)
    await approved(office, await announced(office))
    id_ = (await asked(office, consulted_agency=CASE_AGENCY)).json()["id"]
    shown = (await office.get(CHAIR, f"/consultations/{id_}"))["consultation"]

    assert shown["consulted_agency"] == "so-giao-duc"
    again = await asked(office, consulted_agency="so-giao-duc", request_id=shown["request_id"])
    assert (again.status_code, again.json()["code"]) == (409, "consultation-already-asked")


async def test_the_same_key_gets_its_first_answer_though_the_agency_has_ended(office: Office) -> None:
    await adopt(office.context.pool, CONSENT)
    headers = {**office.headers(CHAIR), "idempotency-key": str(uuid4())}
    first = await office.client.post("/discipline/consultations", json=ASK, headers=headers)
    await approved(office, await announced(office))

    again = await office.client.post("/discipline/consultations", json=ASK, headers=headers)

    assert (again.json(), again.headers["location"]) == (first.json(), first.headers["location"])


async def test_while_nobody_heads_the_agency_that_asked_the_head_above_goes_on(office: Office) -> None:
    await adopt(office.context.pool, CONSENT)
    id_ = (await asked(office, HEIR, asking_agency="so-giao-duc", consulted_agency=CASE_AGENCY)).json()["id"]
    path, body = f"/consultations/{id_}/withdraw", {"reasons": "Chưa cần ý kiến."}
    early = await office.send(CHAIR, path, body)
    assert (early.status_code, early.json()["code"]) == (403, "not-head-of-asking")

    await record(office, VacatePost(NEW, tree.SINCE))

    await office.done(CHAIR, path, body)


async def test_duties_that_a_directive_gives_to_the_agency_by_its_id_are_its_heirs(office: Office) -> None:
    """One duty and one report are its own, the others everybody's."""
    [duty, *duties], [report, *reports] = CONSENT.duties, CONSENT.reports
    own = {"owner": f"agency:{CASE_AGENCY}"}
    mine = {
        "duties": (duty.model_copy(update=own), *duties),
        "reports": (report.model_copy(update=own), *reports),
    }
    await adopt(office.context.pool, CONSENT.model_copy(update=mine), NO_CONSENT)
    plan = await announced(office)
    await approved(office, plan)
    open_before = passages(await shown(office, plan))
    await office.done(CHAIR, f"{PATH}/{plan}/carry-out", {})

    assert passages(await shown(office, plan)) == open_before == {("duty", CASE_AGENCY, NEW, True, 2)}


@pytest.mark.parametrize(
    ("steps", "open_reviews"),
    [
        ((), 0),
        (("complaint_filed",), 1),
        (("complaint_filed", "complaint_answered"), 0),
        (("complaint_filed", "decision_served"), 0),
    ],
)
async def test_an_expired_review_is_listed_as_long_as_a_complaint_waits_for_its_answer(
    office: Office, database: Database, steps: tuple[str, ...], open_reviews: int
) -> None:
    review_id = await propose_review(office.context, person_id=HEAD.person_id)
    database.execute("update discipline.review_view set status = 'expired' where id = %s returning id", review_id)
    for number, step in enumerate(steps, start=2):
        told(database, review_id, number, f"discipline.{step}.v1")
    plan = await announced(office)

    reviews = [one for one in (await shown(office, plan))["open"] if one["matter"] == "review"]

    assert len(reviews) == open_reviews


def told(database: Database, review_id: UUID, version: int, kind: str) -> None:
    """An event of the stream, of which nothing but its kind is looked at."""
    database.execute(
        "insert into discipline.events(event_id, stream, version, type, data, meta, occurred_at, recorded_at, hash)"
        " select gen_random_uuid(), stream, %s, %s, data, meta, occurred_at, recorded_at, hash"
        " from discipline.events where stream = %s and version = 1 returning version",
        version,
        kind,
        f"review-{review_id}",
    )


async def test_where_the_authoritys_own_post_has_ended_its_heir_decides_and_nobody_before(office: Office) -> None:
    review_id = await propose_review(office.context, authority_post=OLD)
    heir = Caller(Role.AUTHORITY, "so-giao-duc", HEIR.person_id)
    assert (await office.send(heir, f"/reviews/{review_id}")).status_code == 404
    plan = await announced(office)
    await approved(office, plan)
    await office.done(CHAIR, f"{PATH}/{plan}/carry-out", {})

    await office.done(heir, f"/reviews/{review_id}/open", {}, seen=1)

    assert passages(await shown(office, plan, AUDITOR)) == {("review", CASE_AGENCY, NEW, True, 1)}
    assert (await office.get(heir, f"/reviews/{review_id}"))["review"]["status"] == "open"
    former = Caller(Role.AUTHORITY, CASE_AGENCY, HEAD.person_id)
    assert (await office.send(former, f"/reviews/{review_id}")).status_code == 404


async def test_a_secretary_whose_agency_has_ended_keeps_the_file(office: Office) -> None:
    """He was appointed as the person he is; the authority may appoint another."""
    keeper = Caller(Role.BOARD_SECRETARY, CASE_AGENCY, CLERK.person_id)
    review_id = await notified_review(office.context, HEAD.person_id, CLERK.person_id)
    plan = await announced(office)
    await approved(office, plan)
    await office.done(CHAIR, f"{PATH}/{plan}/carry-out", {})

    assert (await office.get(keeper, f"/reviews/{review_id}"))["review"]["secretary"] == str(CLERK.person_id)
