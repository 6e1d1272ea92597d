"""Alerts, the inbox, and how people are reached, over HTTP: what is shown to whom, and what outsiders never learn."""

from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx
import orjson
import pytest

from inspection.organisation.commands import CreateAgency, EndPost, FillPost, VacatePost
from schemas.discipline.boards import Admission, ConflictGround
from schemas.discipline.reviews import Subject
from schemas.inspection.organisation import AgencyKind
from schemas.notifier.alerts import CaseKind
from schemas.values import Name, SubjectKind
from services.application.identity import Role
from services.entrypoints.api.context import Context
from services.entrypoints.api.notifier import API, channels
from services.entrypoints.settings import Settings
from tests.api.access import tree
from tests.api.access.notifier import CLERK, DUE, HEAD, TOLD, open_alert
from tests.api.access.table import CASE_AGENCY, Caller, insider, outsider
from tests.api.conftest import OpenContext, TokenFor
from tests.api.discipline_cases import plant, post
from tests.discipline.samples import document

CLERK_HOLDER = Caller(Role.AGENCY_USER, CASE_AGENCY, TOLD)
INSPECTOR, AUDITOR, CHAIR = insider(Role.INSPECTOR), insider(Role.AUDITOR), insider(Role.AUTHORITY)
ADMINISTRATOR = insider(Role.ADMINISTRATOR)
CHAIRS = "tinh-head"
ENDED, HEIRS, HEIR = f"{CASE_AGENCY}-given-up", f"{CASE_AGENCY}-heir", uuid4()
LEFT = "so-cu"
"""Where the clerk was for two days."""
HOOKS = "https://hooks.example.vn"


@dataclass
class Desk:
    """Everybody at his own desk."""

    client: httpx.AsyncClient
    context: Context
    token: TokenFor

    async def get(self, by: Caller, path: str, *, language: str = "en") -> Any:
        answer = await self.client.get(f"/notifier{path}", headers=self._headers(by, language))
        return answer.json() if answer.status_code == 200 else answer.status_code

    async def send(
        self, by: Caller, method: str, path: str, body: Mapping[str, Any] | None = None, *, key: str | None = None
    ) -> httpx.Response:
        headers = {**self._headers(by, "en"), "idempotency-key": key or str(uuid4())}
        return await self.client.request(method, f"/notifier{path}", json=body, headers=headers)

    async def listed(self, by: Caller, path: str = "/alerts?limit=200") -> list[str]:
        return [item["id"] for item in (await self.get(by, path))["items"]]

    def _headers(self, by: Caller, language: str) -> dict[str, str]:
        bearer = self.token(by.role, by.agency_id, person_id=by.person_id)
        return {"authorization": f"Bearer {bearer}", "accept-language": language}


COLLECTIVE = Subject(kind=SubjectKind.COLLECTIVE, agency_id="huyen", person_id=None, post_id=None)
"""Of an agency to which none of these people belongs."""


@pytest.fixture
async def desk(open_context: OpenContext, token: TokenFor) -> AsyncIterator[Desk]:
    async with open_context(API) as (client, context):
        if not await context.pool.fetchval("select exists (select from directory_copy)"):
            ended = [*post(ENDED, CASE_AGENCY, TOLD), EndPost(ENDED, HEIRS, date(2026, 1, 1))]
            stayed = [
                CreateAgency(LEFT, Name(vi=LEFT, en=LEFT), AgencyKind.DEPARTMENT, "tinh", tree.SINCE),
                *post(f"{LEFT}-clerk", LEFT, uuid4()),
                FillPost(f"{LEFT}-clerk", TOLD, False, date(2026, 1, 1)),
                VacatePost(f"{LEFT}-clerk", date(2026, 1, 3)),
            ]
            clerks = [*post(CLERK, CASE_AGENCY, TOLD), *post(HEIRS, CASE_AGENCY, HEIR)]
            await plant(context.pool, [*clerks, *ended, *stayed])
        yield Desk(client, context, token)


async def a_review(
    context: Context,
    subject: UUID | Subject | None,
    *,
    told: tuple[str, ...] = (CHAIRS,),
    person_id: UUID | None = None,
    board_id: UUID | None = None,
    keeper: UUID | None = None,
    facts: tuple[str, ...] = (),
) -> UUID:
    """An alert about a review of a person, told to posts, or to a person alone."""
    case_id = uuid4()
    board = board_id and str(board_id)
    about = subject.model_dump(mode="json") if isinstance(subject, Subject) else {"person_id": subject and str(subject)}
    state = {
        "kind": "review",
        "subject": about,
        "board_id": board,
        "secretary": keeper and str(keeper),
        "facts": facts,
    }
    await context.pool.execute(
        "insert into stall_case (case_kind, case_id, state) values ('review', $1, $2)",
        case_id,
        orjson.dumps(state).decode(),
    )
    return await open_alert(context, kind=CaseKind.REVIEW, told=told, case_id=case_id, person_id=person_id)


async def a_board(context: Context, recused: UUID) -> UUID:
    """A board in which somebody takes no part."""
    id_ = uuid4()
    await context.pool.execute("insert into board values ($1, $2, $2, array[$3::uuid], '{}', false)", id_, id_, recused)
    return id_


async def a_message(
    context: Context, alert_id: UUID, post_id: str = CLERK, at: datetime = DUE, *, person_id: UUID | None = None
) -> UUID:
    """What the clock writes down for the inbox; with a person, for him alone."""
    id_ = uuid4()
    await context.pool.execute(
        "insert into delivery (id, alert_id, step, post_id, person_id, personal, channel, state, told_at,"
        " correlation_id) values ($1, $2, 0, $3, $4::uuid, $4 is not null, 'inbox', 'sent', $5, $1)",
        id_,
        alert_id,
        post_id,
        person_id,
        at,
    )
    return id_


async def test_an_alert_says_in_words_what_has_stalled_and_what_ends_it(desk: Desk) -> None:
    alert = str(await open_alert(desk.context))

    shown = await desk.get(INSPECTOR, f"/alerts/{alert}", language="vi")

    assert shown["alert"]["name"] == "Chưa gửi kế hoạch khắc phục"
    assert shown["alert"]["ends"] == "người được giao gửi kế hoạch khắc phục"
    assert [event["name"] for event in shown["timeline"]] == ["Mở cảnh báo"]


async def test_an_alert_cites_the_law_that_it_rests_on_in_the_language_of_its_reader(desk: Desk) -> None:
    alert = str(await open_alert(desk.context, provision="Complaints Law, 48"))

    [vietnamese, english] = [await desk.get(INSPECTOR, f"/alerts/{alert}", language=one) for one in ("vi", "en")]

    assert vietnamese["alert"]["provision"] == "Điều 48 Luật Khiếu nại"
    assert english["alert"]["provision"] == "Complaints Law, art. 48"


async def test_alerts_are_listed_within_reach_and_no_further(desk: Desk) -> None:
    here, there = str(await open_alert(desk.context)), str(await open_alert(desk.context, agency_id="so-giao-duc"))

    inside, outside = await desk.listed(INSPECTOR), await desk.listed(outsider(Role.HEAD) or INSPECTOR)

    assert {here, there} <= set(inside)
    assert here not in outside
    assert there in outside


async def test_whoever_was_told_sees_it_wherever_the_case_is(desk: Desk) -> None:
    alert = str(await open_alert(desk.context, agency_id="huyen", told=(CLERK,)))

    assert alert in await desk.listed(CLERK_HOLDER)


async def test_an_alert_about_a_review_exists_for_who_was_told_and_for_auditors_alone(desk: Desk) -> None:
    alert = str(await a_review(desk.context, uuid4()))

    seen = {by.role: await desk.get(by, f"/alerts/{alert}") != 404 for by in (CHAIR, AUDITOR, INSPECTOR, CLERK_HOLDER)}

    assert seen == {CHAIR.role: True, AUDITOR.role: True, INSPECTOR.role: False, CLERK_HOLDER.role: False}
    assert alert not in await desk.listed(INSPECTOR)
    assert alert in await desk.listed(CHAIR)


async def test_a_planned_inspection_is_not_given_away_to_who_is_inspected(desk: Desk) -> None:
    alert = str(await open_alert(desk.context, kind=CaseKind.INSPECTION, told=("thanh-tra-head",)))

    assert alert not in await desk.listed(insider(Role.HEAD))
    assert await desk.get(insider(Role.HEAD), f"/alerts/{alert}") == 404


async def test_who_is_reviewed_learns_nothing_whatever_post_he_holds_by_now(desk: Desk) -> None:
    alert = await a_review(desk.context, CHAIR.person_id)
    message = await a_message(desk.context, alert, CHAIRS)

    assert await desk.get(CHAIR, f"/alerts/{alert}") == 404
    assert str(alert) not in await desk.listed(CHAIR)
    assert str(message) not in await desk.listed(CHAIR, "/inbox?limit=200")


async def test_what_was_told_to_a_person_is_not_his_posts(desk: Desk) -> None:
    """He keeps the file of a review; whoever comes to hold his post does not."""
    secretary = Caller(Role.BOARD_SECRETARY, CASE_AGENCY, uuid4())
    person_id = secretary.person_id
    alert = await a_review(desk.context, None, told=(CLERK,), person_id=person_id)
    message = await a_message(desk.context, alert, CLERK, person_id=person_id)

    sees = {by.role: str(alert) in await desk.listed(by) for by in (secretary, CLERK_HOLDER)}
    has = {by.role: str(message) in await desk.listed(by, "/inbox?limit=200") for by in (secretary, CLERK_HOLDER)}
    refused = await desk.send(CLERK_HOLDER, "POST", f"/alerts/{alert}/acknowledge")
    taken_note = await desk.send(secretary, "POST", f"/alerts/{alert}/acknowledge")

    assert sees == has == {secretary.role: True, CLERK_HOLDER.role: False}
    assert (refused.status_code, taken_note.status_code) == (404, 200)


async def test_who_takes_no_part_in_the_board_sees_nothing_of_its_reviews(desk: Desk) -> None:
    board_id = await a_board(desk.context, CHAIR.person_id)
    alert = await a_review(desk.context, None, board_id=board_id)
    message = await a_message(desk.context, alert, CHAIRS)

    assert await desk.get(CHAIR, f"/alerts/{alert}") == 404
    assert str(alert) not in await desk.listed(CHAIR)
    assert str(message) not in await desk.listed(CHAIR, "/inbox?limit=200")
    assert await desk.get(AUDITOR, f"/alerts/{alert}") != 404


async def test_a_member_whom_the_organisation_speaks_against_sees_nothing_unless_he_was_admitted(desk: Desk) -> None:
    """The subject is one of the chair's own office; what had told the chair before he sat is out of his sight."""
    board_id, pool = uuid4(), desk.context.pool
    await pool.execute(
        "insert into board (id, chair, secretary, recused, related, dissolved, members)"
        " values ($1, $2, $2, '{}', '{}', false, array[$2::uuid])",
        board_id,
        CHAIR.person_id,
    )
    alert = await a_review(desk.context, uuid4(), board_id=board_id)
    message = await a_message(desk.context, alert, CHAIRS)
    subject = Subject(kind=SubjectKind.CIVIL_SERVANT, agency_id="tinh", person_id=uuid4(), post_id="x")
    await pool.execute(
        "update stall_case set state = jsonb_set(state::jsonb, '{subject}', $2::text::jsonb)::json"
        " where case_id = (select case_id from alert_view where id = $1)",
        alert,
        subject.model_dump_json(),
    )

    async def has() -> tuple[bool, bool, bool]:
        return (
            await desk.get(CHAIR, f"/alerts/{alert}") != 404,
            str(alert) in await desk.listed(CHAIR),
            str(message) in await desk.listed(CHAIR, "/inbox?limit=200"),
        )

    conflicted = await has()
    admission = Admission(person_id=CHAIR.person_id, ground=ConflictGround.SAME_UNIT, reasons=document("why"))
    await pool.execute(
        "update board set admissions = jsonb_build_array($2::text::jsonb) where id = $1",
        board_id,
        admission.model_dump_json(),
    )
    assert (conflicted, await has()) == ((False, False, False), (True, True, True))


@pytest.mark.parametrize(("chosen_for", "sees"), [(CLERK, True), ("given-up", False)])
async def test_what_told_a_member_as_the_person_he_is_goes_with_his_seat(
    desk: Desk, chosen_for: str, *, sees: bool
) -> None:
    """The post for which he was chosen is no longer his; what told a post that he holds is his like anybody's."""
    person_id = CLERK_HOLDER.person_id
    board_id = await a_board(desk.context, uuid4())
    await desk.context.pool.execute(
        "update board set members = array[$2::uuid], posts = array[$3::text] where id = $1",
        board_id,
        person_id,
        chosen_for,
    )
    alone = await a_review(desk.context, COLLECTIVE, told=("x",), person_id=person_id, board_id=board_id)
    by_post = await a_review(desk.context, COLLECTIVE, told=(CLERK,), board_id=board_id)
    messages = [
        await a_message(desk.context, alone, CLERK, person_id=person_id),
        await a_message(desk.context, by_post, CLERK),
    ]

    alerts = [str(one) in await desk.listed(CLERK_HOLDER) for one in (alone, by_post)]
    shown = [await desk.get(CLERK_HOLDER, f"/alerts/{one}") != 404 for one in (alone, by_post)]
    inbox = [str(one) in await desk.listed(CLERK_HOLDER, "/inbox?limit=200") for one in messages]
    marked = [(await desk.send(CLERK_HOLDER, "POST", f"/inbox/{one}/read")).status_code != 404 for one in messages]

    assert alerts == shown == inbox == marked == [sees, True]


@pytest.mark.parametrize(
    ("members", "keeper", "sees"),
    [
        ((CLERK_HOLDER.person_id,), HEIR, True),
        ((HEIR,), CLERK_HOLDER.person_id, True),
        ((HEIR,), None, False),
        ((HEIR,), HEIR, False),
        # A board that was kept before its members were says only who runs it.
        ((), None, True),
    ],
)
async def test_what_told_the_chair_as_the_person_he_is_goes_to_nobody_when_he_is_replaced(
    desk: Desk, members: tuple[UUID, ...], keeper: UUID | None, *, sees: bool
) -> None:
    """A replaced member reads no more of it than one whose seat is vacant, and nor does who kept the file."""
    person_id = CLERK_HOLDER.person_id
    board_id = await a_board(desk.context, uuid4())
    await desk.context.pool.execute(
        "update board set members = $2::uuid[], posts = $3::text[] where id = $1",
        board_id,
        list(members),
        [None] * len(members),
    )
    alert = await a_review(desk.context, COLLECTIVE, told=("x",), person_id=person_id, board_id=board_id, keeper=keeper)
    message = await a_message(desk.context, alert, CLERK, person_id=person_id)

    listed = str(alert) in await desk.listed(CLERK_HOLDER)
    shown = await desk.get(CLERK_HOLDER, f"/alerts/{alert}") != 404
    inbox = str(message) in await desk.listed(CLERK_HOLDER, "/inbox?limit=200")
    marked = (await desk.send(CLERK_HOLDER, "POST", f"/inbox/{message}/read")).status_code != 404

    assert (listed, shown, inbox, marked) == (sees, sees, sees, sees)


@pytest.mark.parametrize(("fact", "sees"), [("2026-01-01", False), ("2025-12-31", True)])
async def test_whoever_belonged_to_a_collective_at_the_fact_sees_nothing_of_its_review(
    desk: Desk, fact: str, *, sees: bool
) -> None:
    """He had a post there for the first two days of the year, and holds one elsewhere to which the alert was told."""
    subject = Subject(kind=SubjectKind.COLLECTIVE, agency_id=LEFT, person_id=None, post_id=None)
    alert = await a_review(desk.context, subject, told=(CLERK,), facts=(fact,))
    message = await a_message(desk.context, alert, CLERK)

    assert (await desk.get(CLERK_HOLDER, f"/alerts/{alert}") != 404) is sees
    assert (str(alert) in await desk.listed(CLERK_HOLDER)) is sees
    assert (str(message) in await desk.listed(CLERK_HOLDER, "/inbox?limit=200")) is sees


async def test_who_read_of_a_review_is_on_record(desk: Desk) -> None:
    alert = await a_review(desk.context, None)
    await desk.get(AUDITOR, f"/alerts/{alert}")

    readers = await desk.context.pool.fetch("select reader from confidential_reads where alert_id = $1", alert)

    assert [row["reader"] for row in readers] == [str(AUDITOR.person_id)]


async def test_an_auditor_asks_who_read_an_alert_about_a_review(desk: Desk) -> None:
    alert = await a_review(desk.context, None)
    await desk.get(CHAIR, f"/alerts/{alert}")

    read = (await desk.get(AUDITOR, f"/alerts/{alert}/reads"))["items"]

    route = "GET /notifier/alerts/{alert_id}"
    assert [(one["reader"], one["route"]) for one in read] == [
        (str(AUDITOR.person_id), f"{route}/reads"),
        (str(CHAIR.person_id), route),
    ]


async def test_a_list_goes_on_where_it_stopped(desk: Desk) -> None:
    case_id = uuid4()
    made = [
        str(await open_alert(desk.context, case_id=case_id, due_at=DUE - timedelta(days=number))) for number in range(3)
    ]
    first = await desk.get(INSPECTOR, f"/alerts?limit=2&case_id={case_id}")

    second = await desk.get(INSPECTOR, f"/alerts?limit=2&case_id={case_id}&cursor={first['next']}")

    assert [item["id"] for item in first["items"] + second["items"]] == made
    assert second["next"] is None


async def test_a_list_can_be_asked_for_what_stands_open(desk: Desk) -> None:
    alert = str(await open_alert(desk.context))
    await desk.send(CLERK_HOLDER, "POST", f"/alerts/{alert}/acknowledge")

    assert alert in await desk.listed(INSPECTOR, "/alerts?state=acknowledged&limit=200")
    assert alert not in await desk.listed(INSPECTOR, "/alerts?state=open&limit=200")


async def test_whoever_was_told_acknowledges_and_the_same_key_does_it_once(desk: Desk) -> None:
    alert, key = await open_alert(desk.context), str(uuid4())

    first = await desk.send(CLERK_HOLDER, "POST", f"/alerts/{alert}/acknowledge", key=key)
    again = await desk.send(CLERK_HOLDER, "POST", f"/alerts/{alert}/acknowledge", key=key)

    assert (first.status_code, again.status_code) == (200, 200)
    assert again.headers["idempotent-replayed"] == "true"
    shown = await desk.get(CLERK_HOLDER, f"/alerts/{alert}")
    assert shown["alert"]["acknowledged_by"] == str(TOLD)
    assert [event["type"] for event in shown["timeline"]] == [
        "notifier.alert_opened.v1",
        "notifier.alert_acknowledged.v1",
    ]


async def test_whoever_sees_an_alert_but_was_not_told_cannot_acknowledge_it(desk: Desk) -> None:
    alert = await open_alert(desk.context)

    answer = await desk.send(INSPECTOR, "POST", f"/alerts/{alert}/acknowledge")

    assert (answer.status_code, answer.json()["code"]) == (403, "not-told")


async def test_a_case_shows_how_each_step_was_delivered(desk: Desk) -> None:
    alert = await open_alert(desk.context)
    message = await a_message(desk.context, alert)
    await desk.context.pool.execute(
        "insert into delivery_attempt (delivery_id, number, outcome, status) values ($1, 1, 'not_now', 451)", message
    )

    (told,) = (await desk.get(INSPECTOR, f"/alerts/{alert}"))["deliveries"]

    assert (told["post_id"], told["channel"], told["state"]) == (CLERK, "inbox", "sent")
    assert [(attempt["number"], attempt["outcome"], attempt["status"]) for attempt in told["attempts"]] == [
        (1, "not_now", 451)
    ]


async def test_the_inbox_is_that_of_the_posts_one_holds_today(desk: Desk) -> None:
    alert = await open_alert(desk.context)
    mine, another = await a_message(desk.context, alert), await a_message(desk.context, alert, HEAD)

    seen = await desk.listed(CLERK_HOLDER, "/inbox?limit=200")

    assert str(mine) in seen
    assert str(another) not in seen


async def test_what_an_ended_post_was_told_comes_to_whoever_inherits_it(desk: Desk) -> None:
    """The clerk's post is given up: his messages are the head's, who may take note for him."""
    head = Caller(Role.HEAD, CASE_AGENCY, HEIR)
    alert = await open_alert(desk.context, told=(ENDED,))
    message = await a_message(desk.context, alert, ENDED)

    assert str(message) in await desk.listed(head, "/inbox?limit=200")
    assert (await desk.send(head, "POST", f"/alerts/{alert}/acknowledge")).status_code == 200
    assert str(message) not in await desk.listed(CLERK_HOLDER, "/inbox?limit=200")


async def test_what_was_read_can_be_left_out_and_the_first_reading_stands(desk: Desk) -> None:
    message = await a_message(desk.context, await open_alert(desk.context))
    path = f"/inbox/{message}/read"
    assert str(message) in await desk.listed(CLERK_HOLDER, "/inbox?read=false&limit=200")

    await desk.send(CLERK_HOLDER, "POST", path)
    read_at = await desk.context.pool.fetchval("select read_at from delivery where id = $1", message)
    await desk.send(CLERK_HOLDER, "POST", path)

    assert str(message) not in await desk.listed(CLERK_HOLDER, "/inbox?read=false&limit=200")
    assert str(message) in await desk.listed(CLERK_HOLDER, "/inbox?limit=200")
    assert await desk.context.pool.fetchval("select read_at from delivery where id = $1", message) == read_at


async def test_a_message_shows_where_its_alert_stands_now(desk: Desk) -> None:
    alert = await open_alert(desk.context)
    message = await a_message(desk.context, alert)
    await desk.send(CLERK_HOLDER, "POST", f"/alerts/{alert}/acknowledge")

    (item,) = [one for one in (await desk.get(CLERK_HOLDER, "/inbox?limit=200"))["items"] if one["id"] == str(message)]

    assert (item["state"], item["name"]) == ("acknowledged", "No remediation plan")


async def test_everybody_is_written_to_in_vietnamese_until_he_chooses(desk: Desk) -> None:
    somebody = Caller(Role.HEAD, CASE_AGENCY, uuid4())
    assert await desk.get(somebody, "/preferences") == {"language": "vi", "email": True}

    await desk.send(somebody, "PUT", "/preferences", {"language": "en", "email": False})

    assert await desk.get(somebody, "/preferences") == {"language": "en", "email": False}


@pytest.fixture
def allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(webhook_origins=(HOOKS,))
    monkeypatch.setattr(channels, "deployment", lambda: settings)


async def hook(desk: Desk, url: str = f"{HOOKS}/a", post_id: str = CLERK) -> httpx.Response:
    return await desk.send(CLERK_HOLDER, "POST", "/webhooks", {"post_id": post_id, "url": url})


async def test_a_webhook_has_a_secret_of_its_own_that_can_be_changed(desk: Desk, allowed: None) -> None:
    made = [(await hook(desk)).json()["id"] for _ in range(2)]
    before = [(await desk.get(CLERK_HOLDER, f"/webhooks/{id_}/secret"))["secret"] for id_ in made]

    await desk.send(CLERK_HOLDER, "POST", f"/webhooks/{made[0]}/rotate")
    after = [(await desk.get(CLERK_HOLDER, f"/webhooks/{id_}/secret"))["secret"] for id_ in made]

    assert len({*before, after[0]}) == 3
    assert after[1] == before[1]
    assert all(secret.startswith("whsec_") for secret in before)
    for id_ in made:
        await desk.send(CLERK_HOLDER, "DELETE", f"/webhooks/{id_}")


async def test_a_webhook_goes_only_where_the_operator_allows(desk: Desk, allowed: None) -> None:
    answer = await hook(desk, "http://169.254.169.254/latest/")

    assert (answer.status_code, answer.json()["code"]) == (422, "webhook-origin-not-allowed")


async def test_a_webhook_is_for_a_post_that_one_holds(desk: Desk, allowed: None) -> None:
    answer = await hook(desk, post_id=HEAD)

    assert (answer.status_code, answer.json()["code"]) == (422, "post-not-held")


async def test_a_person_has_only_so_many_webhooks_and_a_disabled_one_makes_room(desk: Desk, allowed: None) -> None:
    answers = [await hook(desk) for _ in range(channels.MOST + 1)]
    assert [answer.status_code for answer in answers] == [201] * channels.MOST + [409]

    await desk.send(CLERK_HOLDER, "DELETE", f"/webhooks/{answers[0].json()['id']}")

    assert (await hook(desk)).status_code == 201


DAY = {"worked": False, "name": {"vi": "Nghỉ tránh bão", "en": "Storm"}}


async def test_a_day_by_decision_is_known_to_the_calendar_and_has_deadlines_counted_anew(desk: Desk) -> None:
    day = datetime(2026, 6, 8, tzinfo=UTC).date()
    assert (await desk.context.calendars.current()).is_working(day)

    await desk.send(ADMINISTRATOR, "PUT", f"/compensated-days/{day}", DAY)

    assert not (await desk.context.calendars.current()).is_working(day)
    assert await desk.context.pool.fetchval("select wanted from recount")
    assert str(day) in [item["day"] for item in (await desk.get(INSPECTOR, "/compensated-days"))["items"]]

    await desk.send(ADMINISTRATOR, "DELETE", f"/compensated-days/{day}")
    assert (await desk.context.calendars.current()).is_working(day)


@pytest.mark.parametrize(("day", "code"), [("2026-02-27", "day-already-past"), ("2100-01-01", "day-outside-calendar")])
async def test_a_day_that_people_were_told_of_or_that_nobody_knows_stays(desk: Desk, day: str, code: str) -> None:
    answer = await desk.send(ADMINISTRATOR, "PUT", f"/compensated-days/{day}", DAY)

    assert answer.json()["code"] == code


async def test_an_administrator_reads_what_stood_still(desk: Desk) -> None:
    await desk.context.pool.execute(
        "insert into notice (id, subject, began_at) values ($1, 'clock', now()) on conflict do nothing", uuid4()
    )

    (notice, *_) = (await desk.get(ADMINISTRATOR, "/notices"))["items"]

    assert (notice["name"], notice["ended_at"]) == ("the clock that fires alerts has stopped", None)
