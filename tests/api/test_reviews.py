"""A review over HTTP from the notice to the answer of a complaint: what each may do and see, and what nobody learns."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from discipline.follow_ups.commands import CancelFollowUp
from discipline.reviews.procedure.commands import AppointSecretary
from discipline.standing import Person
from inspection.organisation.commands import VacatePost
from schemas.discipline.followups import CancellationGround
from services.application.discipline.aggregates import FOLLOW_UP, REVIEW
from services.application.discipline.standing import DirectoryBehind
from services.application.handler import ConcurrentChange
from services.application.identity import Role
from services.entrypoints.api.discipline import review_proposing
from tests.api import voting
from tests.api.access.table import Caller, insider
from tests.api.board_cases import board_of, posts
from tests.api.conftest import OpenContext, TokenFor
from tests.api.discipline_cases import (
    CHAIRS,
    confirm,
    hold_meeting,
    notified_review,
    open_follow_up,
    post,
    propose_review,
    request,
)
from tests.api.meanwhile import meanwhile
from tests.api.test_discipline import AUDITOR, CHAIR, INSPECTOR, Office, at_work
from tests.discipline import samples
from tests.parts import Database

SECRETARY = insider(Role.BOARD_SECRETARY)
LEFT = Caller(Role.BOARD_SECRETARY, "so-giao-duc", UUID(int=0x1EF7))
"""Who had a post in the department until 5 February 2026."""
LEFT_IN_FEBRUARY = [*post("so-y-te-left", "so-y-te", LEFT.person_id), VacatePost("so-y-te-left", date(2026, 2, 5))]


@pytest.fixture
async def office(
    open_context: OpenContext, token: TokenFor, planted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    async with at_work(open_context, token, monkeypatch, planted, [*posts(), *LEFT_IN_FEBRUARY]) as office:
        yield office


class Case:
    """One review, and everybody's next step in it."""

    def __init__(self, office: Office, review_id: UUID, subject: Caller) -> None:
        self.office, self.id, self.subject = office, review_id, subject

    @property
    def path(self) -> str:
        return f"/reviews/{self.id}"

    async def shown(self, by: Caller = CHAIR) -> Any:
        return await self.office.get(by, self.path)

    async def send(self, by: Caller, step: str, **body: Any) -> Any:
        version = (await self.shown())["review"]["version"]
        return await self.office.send(by, f"{self.path}/{step}", body, seen=version)

    async def does(self, by: Caller, step: str, **body: Any) -> None:
        answer = await self.send(by, step, **body)
        assert answer.status_code == 200, answer.text

    async def now(self) -> str:
        return (await self.office.context.clock.now()).isoformat()

    async def before_the_board(self) -> None:
        """The board sits, hears and votes on 2 March: a warning, by three of five."""
        office, board_id = self.office, await voting.sitting(self.office, self.id)
        ballot = await voting.called(office, board_id, self.id)
        await voting.voted(office, ballot, ["warning"] * 3 + ["reprimand"] * 2)
        await office.done(SECRETARY, f"/ballots/{ballot['id']}/count", {})
        await self.does(SECRETARY, "recommendation", ballot_id=ballot["id"])


NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
"""The clock of these tests."""
AT = NOW.isoformat()


async def case(office: Office) -> Case:
    subject = Caller(Role.AGENCY_USER, "so-y-te", uuid4())
    return Case(office, await notified_review(office.context, subject.person_id, SECRETARY.person_id), subject)


async def met(of: Case) -> Case:
    """The meeting recommended discipline; the chair presided."""
    await of.does(of.subject, "self-review", statement="Tôi tự kiểm điểm.")
    await hold_meeting(of.office.context, of.id)
    return of


async def recommended(office: Office) -> Case:
    of = await met(await case(office))
    await of.before_the_board()
    return of


async def decided(office: Office) -> Case:
    return await decide(await recommended(office))


async def decide(of: Case) -> Case:
    finding = (await of.shown())["review"]["findings"][0]
    conclusions = [{"finding_id": finding, "form": "warning"}]
    await of.does(CHAIR, "decide", form="warning", conclusions=conclusions, decision="Cảnh cáo.")
    return of


async def served(office: Office) -> Case:
    of = await decided(office)
    await of.does(SECRETARY, "serve", received_at=await of.now(), proof="Đã ký nhận.")
    return of


# -- who sees what --------------------------------------------------------------------------------------------------


async def test_before_he_is_notified_the_subject_knows_nothing(office: Office) -> None:
    subject = Caller(Role.AGENCY_USER, "so-y-te", uuid4())
    review_id = await propose_review(office.context, person_id=subject.person_id)

    assert (await office.send(subject, f"/reviews/{review_id}")).status_code == 404
    assert (await office.get(subject, "/reviews"))["items"] == []


async def test_a_day_that_the_calendar_does_not_reach_is_refused_with_the_days_it_knows(office: Office) -> None:
    review_id = await propose_review(office.context, person_id=uuid4())
    of = Case(office, review_id, CHAIR)
    await of.does(CHAIR, "open")
    notice = {"received_at": AT, "notice": "x", "proof": "x", "self_review_until": "2150-03-09"}

    answer = await of.send(CHAIR, "notice", **notice)

    assert (answer.status_code, answer.json()["code"]) == (409, "calendar-ends")
    assert "2099" in answer.json()["detail"]


async def test_the_subject_sees_what_is_addressed_to_him_and_no_vote(office: Office) -> None:
    of = await decided(office)

    shown = await of.shown(of.subject)

    told = [event["type"] for event in shown["timeline"]]
    assert told == [
        "discipline.review_opened.v1",
        "discipline.review_subject_notified.v1",
        "discipline.self_review_submitted.v1",
        "discipline.review_meeting_convened.v1",
    ]
    assert (shown["review"]["form"], shown["review"]["secretary"]) == (None, None)
    assert "votes" not in str(shown)


async def test_once_it_was_served_he_sees_the_decision_and_its_rows(office: Office) -> None:
    of = await served(office)

    shown = await of.shown(of.subject)

    assert [event["type"] for event in shown["timeline"]][-2:] == [
        "discipline.review_decided.v1",
        "discipline.decision_served.v1",
    ]
    assert shown["review"]["form"] == "warning"
    assert "complaints-law-first" in {row["rule_id"] for row in shown["rows"]}


async def test_before_the_service_nothing_tells_the_subject_that_it_was_decided(office: Office) -> None:
    """Not where it stands, no version, no list, no refusal; nor that the decision was corrected."""
    of = await recommended(office)
    board_id = await board_of(office.context, of.id)
    steps = {"self-review": {"statement": "Muộn."}, "complaints": {"instance": "first", "complaint": "Không đồng ý."}}
    paths = [of.path, f"{of.path}/documents", f"/boards/{board_id}/composition"]
    paths += [f"/reviews{query}" for query in ("", "?status=recommended", "?status=decided", "?limit=1&status=decided")]

    async def told() -> list[Any]:
        answers = [await office.send(of.subject, path) for path in paths]
        answers += [await office.send(of.subject, f"{of.path}/{step}", body, seen=1) for step, body in steps.items()]
        bodies = [{**answer.json(), "correlation_id": None} for answer in answers]
        return [(one.status_code, one.headers.get("etag"), body) for one, body in zip(answers, bodies, strict=True)]

    before = await told()
    await decide(of)
    await of.does(CHAIR, "correct", text="Sửa lỗi chính tả.")
    ended = await office.send(CHAIR, f"/boards/{board_id}/reviews/{of.id}/end", {})
    after = await told()
    await of.does(SECRETARY, "serve", received_at=await of.now(), proof="Đã ký nhận.")

    assert after == before
    assert (ended.status_code, ended.json()["code"]) == (409, "step-not-now")
    assert (await of.shown(of.subject))["review"]["status"] == "served"


async def test_his_list_has_his_review_without_what_is_not_his(office: Office) -> None:
    of = await decided(office)

    [listed] = (await office.get(of.subject, "/reviews"))["items"]

    assert (listed["id"], listed["form"], listed["secretary"]) == (str(of.id), None, None)


async def test_the_secretary_sees_the_file_and_decides_nothing(office: Office) -> None:
    of = await case(office)

    assert (await of.shown(SECRETARY))["review"]["id"] == str(of.id)
    assert str(of.id) in {item["id"] for item in (await office.get(SECRETARY, "/reviews?limit=200"))["items"]}
    refused = await of.send(SECRETARY, "refuse", reasons="x")
    assert (refused.status_code, refused.json()["code"]) == (403, "role-not-allowed")


async def test_another_secretary_learns_nothing(office: Office) -> None:
    of = await case(office)
    other = Caller(Role.BOARD_SECRETARY, "so-y-te", uuid4())

    assert (await office.send(other, of.path)).status_code == 404


async def collectives(office: Office, fact: date) -> str:
    """The path of a review of the department as a whole, which the chair opened."""
    path = f"/reviews/{await propose_review(office.context, fact_date=fact, collective=True)}"
    await office.done(CHAIR, f"{path}/open", {}, seen=1)
    return path


@pytest.mark.parametrize("older", [False, True], ids=["written today", "by the release before"])
@pytest.mark.parametrize(
    ("fact", "sees"), [(date(2026, 2, 2), False), (date(2026, 2, 4), False), (date(2026, 2, 5), True)]
)
async def test_a_collectives_file_is_not_kept_by_whoever_belonged_to_it_at_the_fact(
    office: Office, module_database: Database, fact: date, *, sees: bool, older: bool
) -> None:
    """He left the department since; appointed all the same, he does not see the case anywhere."""
    path = await collectives(office, fact)
    unseen = AppointSecretary(CHAIRS, Person(LEFT.person_id, ()))
    await office.context.handler.handle(REVIEW, UUID(path.removeprefix("/reviews/")), unseen, request())
    if older:  # it does not know of the days
        module_database.execute("update discipline.review_view set facts = default where id = %s", path.split("/")[2])

    listed = {f"/reviews/{item['id']}" for item in (await office.get(LEFT, "/reviews?limit=200"))["items"]}

    assert (path in listed) is sees
    assert (await office.send(LEFT, path)).status_code == (200 if sees else 404)


async def test_nor_is_he_appointed(office: Office) -> None:
    path = await collectives(office, date(2026, 2, 2))

    refused = await office.send(CHAIR, f"{path}/secretary", {"person_id": str(LEFT.person_id)}, seen=2)

    assert (refused.status_code, refused.json()["code"]) == (422, "secretary-concerned")


async def test_the_subjects_reading_is_recorded_too(office: Office, module_database: Database) -> None:
    of = await case(office)

    await of.shown(of.subject)

    read = module_database.execute("select reader from discipline.confidential_reads where review_id = %s", of.id)
    assert (str(of.subject.person_id),) in read


# -- proposed by a person -------------------------------------------------------------------------------------------


async def confirmed_finding(office: Office) -> UUID:
    finding_id = await open_follow_up(office.context)
    await confirm(office.context, finding_id)
    return finding_id


async def test_an_inspector_proposes_a_review_and_learns_nothing_of_what_was_there(office: Office) -> None:
    finding_id, body = await confirmed_finding(office), {"about": "collective", "reasons": "Vi phạm lặp lại."}

    first = await office.send(INSPECTOR, f"/follow-ups/{finding_id}/reviews", body)
    again = await office.send(INSPECTOR, f"/follow-ups/{finding_id}/reviews", body)

    assert (first.status_code, again.json()) == (200, first.json())
    assert "review" not in first.text
    [proposed] = [
        one for one in (await office.get(AUDITOR, "/reviews?limit=200"))["items"] if str(finding_id) in one["findings"]
    ]
    shown = await office.get(CHAIR, f"/reviews/{proposed['id']}")
    assert (proposed["subject_kind"], proposed["status"], proposed["version"]) == ("collective", "proposed", 1)
    assert shown["timeline"][0]["data"]["proposed_by"] == str(INSPECTOR.person_id)
    assert list(shown["texts"].values()) == ["Vi phạm lặp lại."]


@pytest.mark.parametrize("about", ["collective", "head"])
async def test_if_match_names_a_version_of_the_follow_up_and_of_nothing_that_he_does_not_see(
    office: Office, about: str
) -> None:
    finding_id, body = await confirmed_finding(office), {"about": about, "reasons": "Vi phạm lặp lại."}
    case = f"/follow-ups/{finding_id}"
    version = (await office.get(INSPECTOR, case))["follow_up"]["version"]

    before = await office.send(INSPECTOR, f"{case}/reviews", body, seen=version + 7)
    proposed = await office.send(INSPECTOR, f"{case}/reviews", body, seen=version)
    after = await office.send(INSPECTOR, f"{case}/reviews", body, seen=version + 7)

    assert proposed.status_code == 200
    for refused in (before, after):
        assert (refused.status_code, refused.json()["code"]) == (412, "version-not-current")
        assert refused.json()["facts"] == {"expected_version": version + 7, "current_version": version}


async def test_a_proposal_that_loses_every_race_names_no_review(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding_id, body = await confirmed_finding(office), {"about": "collective", "reasons": "Vi phạm lặp lại."}

    async def lost(*_: object) -> None:
        raise ConcurrentChange("review-of-somebody", 7)

    monkeypatch.setattr(office.context.handler, "handle", lost)
    answer = await office.send(INSPECTOR, f"/follow-ups/{finding_id}/reviews", body)

    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert "review-of-somebody" not in answer.text


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"about": "official", "person_id": str(uuid4())}, "nobody-answers-so"),
        ({"about": "official"}, "nobody-answers-so"),
        ({"about": "collective", "person_id": str(samples.OFFICIAL.person_id)}, "nobody-answers-so"),
        ({"about": "head_above"}, "nobody-answers-so"),
    ],
)
async def test_only_who_answers_for_it_is_proposed_and_never_the_chair(
    office: Office, body: dict[str, Any], code: str
) -> None:
    finding_id = await confirmed_finding(office)

    refused = await office.send(INSPECTOR, f"/follow-ups/{finding_id}/reviews", {"reasons": "x", **body})

    assert (refused.status_code, refused.json()["code"]) == (422, code)


async def test_whether_a_head_answers_is_for_the_competent_authority_also_where_a_person_proposes_it(
    office: Office,
) -> None:
    finding_id, body = await confirmed_finding(office), {"about": "head", "reasons": "Buông lỏng quản lý."}
    path = f"/responsibilities/{finding_id}"

    answer = await office.send(INSPECTOR, f"/follow-ups/{finding_id}/reviews", body)

    assert (answer.status_code, "responsib" in answer.text) == (200, False)
    reviews = (await office.get(AUDITOR, "/reviews?limit=200"))["items"]
    assert not [one for one in reviews if str(finding_id) in one["findings"]]
    shown = await office.get(CHAIR, path)
    [level] = shown["responsibility"]["levels"]
    assert (level["level"], level["status"], level["subject"]["post_id"]) == (1, "raised", "so-y-te-head")
    assert list(shown["texts"].values()) == ["Buông lỏng quản lý."]

    await office.done(CHAIR, f"{path}/levels/1/open", {"reasons": "Cần làm rõ."})

    [level] = (await office.get(CHAIR, path))["responsibility"]["levels"]
    review = await office.get(CHAIR, f"/reviews/{level['review_id']}")
    assert (review["review"]["status"], review["review"]["findings"]) == ("proposed", [str(finding_id)])


async def test_while_the_copy_of_the_organisation_lags_he_is_asked_to_try_again(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding_id, body = await confirmed_finding(office), {"about": "head", "reasons": "Buông lỏng quản lý."}

    def lagging(*_: object) -> None:
        raise DirectoryBehind("so-y-te-head")

    monkeypatch.setattr(review_proposing, "heads", lagging)
    answer = await office.send(INSPECTOR, f"/follow-ups/{finding_id}/reviews", body)

    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert int(answer.headers["retry-after"]) > 0


async def test_a_finding_that_is_not_confirmed_supports_no_review(office: Office) -> None:
    finding_id = await open_follow_up(office.context)

    refused = await office.send(INSPECTOR, f"/follow-ups/{finding_id}/reviews", {"about": "collective", "reasons": "x"})

    assert (refused.status_code, refused.json()["code"]) == (409, "finding-not-standing")


async def found_later(office: Office, of: Case) -> UUID:
    """Another confirmed finding in the matter of a review, that concerns its subject."""
    matter_id = UUID((await of.shown())["review"]["matter_id"])
    finding_id = await open_follow_up(office.context, matter_id=matter_id)
    official = samples.OFFICIAL.model_copy(update={"person_id": of.subject.person_id, "post_id": "so-y-te-head"})
    await confirm(office.context, finding_id, officials=(official,))
    return finding_id


def asking(of: Case) -> dict[str, str]:
    return {"about": "official", "person_id": str(of.subject.person_id), "reasons": "Tiếp tục vi phạm."}


async def the_one_beside(of: Case) -> Any:
    """The review beside, as its authority sees it."""
    referred = (await of.shown())["timeline"][-1]
    assert referred["type"] == "discipline.later_finding_referred.v1"
    return await of.office.get(CHAIR, f"/reviews/{referred['data']['apart_review_id']}")


async def test_a_person_who_proposes_while_a_sanction_runs_has_it_reviewed_beside(office: Office) -> None:
    of = await served(office)
    finding_id = await found_later(office, of)

    await office.done(INSPECTOR, f"/follow-ups/{finding_id}/reviews", asking(of))

    beside = await the_one_beside(of)
    assert (beside["review"]["status"], beside["review"]["findings"]) == ("proposed", [str(finding_id)])
    assert beside["timeline"][0]["data"]["proposed_by"] == str(INSPECTOR.person_id)
    assert list(beside["texts"].values()) == ["Tiếp tục vi phạm."]
    assert (await of.shown())["review"]["status"] == "served"
    assert "later_finding" not in str((await of.shown(of.subject))["timeline"])


async def test_a_proposal_beside_that_was_cut_off_is_made_by_whoever_looks_next(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = await served(office)
    finding_id = await found_later(office, of)

    async def nothing(*_: object) -> None:
        return None

    with monkeypatch.context() as cut:
        cut.setattr(review_proposing, "propose_apart", nothing)
        await office.done(INSPECTOR, f"/follow-ups/{finding_id}/reviews", asking(of))

    beside = await the_one_beside(of)

    await of.shown()
    assert beside["review"]["version"] == 1
    assert (await the_one_beside(of))["review"]["version"] == 1


async def test_of_a_finding_that_fell_away_before_it_none_is_proposed_beside(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    of = await served(office)
    finding_id = await found_later(office, of)

    async def nothing(*_: object) -> None:
        return None

    with monkeypatch.context() as cut:
        cut.setattr(review_proposing, "propose_apart", nothing)
        await office.done(INSPECTOR, f"/follow-ups/{finding_id}/reviews", asking(of))
    cancel = CancelFollowUp(CancellationGround.FINDING_DISMISSED)
    await office.context.handler.handle(FOLLOW_UP, finding_id, cancel, request())

    referred = (await of.shown())["timeline"][-1]["data"]

    assert await office.context.store.load(REVIEW.stream(referred["apart_review_id"])) == []


async def test_of_a_finding_that_is_dismissed_meanwhile_no_review_is_proposed(office: Office) -> None:
    """Whoever told the reviews of the finding found none to tell: one that came after would stand for good."""
    finding_id = await open_follow_up(office.context)
    await confirm(office.context, finding_id)

    async def dismiss() -> None:
        cancel = CancelFollowUp(CancellationGround.FINDING_DISMISSED)
        await office.context.handler.handle(FOLLOW_UP, finding_id, cancel, request())

    with meanwhile(office.context.store, dismiss):
        refused = await office.send(
            INSPECTOR, f"/follow-ups/{finding_id}/reviews", {"about": "collective", "reasons": "x"}
        )

    assert (refused.status_code, refused.json()["code"]) == (409, "finding-not-standing")


# -- the life over HTTP ---------------------------------------------------------------------------------------------


async def test_the_case_says_what_is_missing_and_who_owes_it(office: Office) -> None:
    of = await case(office)

    missing = (await of.shown())["missing"]

    assert [(one["step"], one["by"]) for one in missing] == [("self-review", "subject"), ("meeting", "secretary")]
    assert missing[0]["name"] == "Self-review"
    assert [one["step"] for one in (await of.shown(of.subject))["missing"]] == ["self-review"]


async def test_a_case_shows_its_rows_and_calculations(office: Office) -> None:
    of = await case(office)

    shown = await of.shown()

    assert "decree-172-2025-processing" in {row["rule_id"] for row in shown["rows"]}
    assert shown["calculations"][0]["instrument"]
    assert shown["calculations"][0]["ends_at"] == shown["review"]["processing"]["ends_at"]


async def test_from_the_decision_to_the_upheld_complaint(office: Office) -> None:
    of = await served(office)

    await of.does(of.subject, "complaints", instance="first", complaint="Tôi không đồng ý.")
    await of.does(CHAIR, "complaints/accept")
    await of.does(CHAIR, "complaints/answer", outcome="upheld", answer="Giữ nguyên.")
    before = [event["type"] for event in (await of.shown(of.subject))["timeline"]]
    await of.does(SECRETARY, "complaints/serve", received_at=await of.now(), proof="Đã nhận.")
    after = [event["type"] for event in (await of.shown(of.subject))["timeline"]]

    assert "discipline.complaint_answered.v1" not in before
    assert "discipline.complaint_answered.v1" in after
    assert "complaints-law-second" in {row["rule_id"] for row in (await of.shown(of.subject))["rows"]}


async def test_the_case_says_what_follows_from_the_sanction_besides(office: Office) -> None:
    of = await served(office)

    [effect] = (await of.shown(of.subject))["effects"]

    assert (effect["effect"], effect["row"]["rule_id"]) == ("not-completed", "decree-335-2025-after-discipline")
    assert effect["name"] == "not completed (a duty-related reprimand or worse)"


async def test_a_revoked_decision_is_gone_from_the_view(office: Office) -> None:
    of = await served(office)
    await of.does(of.subject, "complaints", instance="first", complaint="Tôi không đồng ý.")
    await of.does(CHAIR, "complaints/accept")

    await of.does(CHAIR, "complaints/answer", outcome="revoked", answer="Hủy bỏ.")

    review = (await of.shown())["review"]
    assert (review["status"], review["form"], review["in_force_from"]) == ("revoked", None, None)


async def test_a_sanction_that_runs_is_found_when_a_new_offence_is_judged(office: Office) -> None:
    """In force since 5 March; on that day he violated his duty again."""
    of = await served(office)
    assert (await of.shown())["review"]["in_force_from"] == "2026-03-05"
    person, then = of.subject.person_id, date(2026, 3, 5)
    id_ = await notified_review(office.context, person, SECRETARY.person_id, fact_date=then)
    again = Case(office, id_, of.subject)
    await (await met(again)).before_the_board()
    finding = (await again.shown())["review"]["findings"][0]

    refused = await again.send(
        CHAIR, "decide", form="warning", conclusions=[{"finding_id": finding, "form": "warning"}], decision="Cảnh cáo."
    )

    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (422, "form-not-of-rows")
    assert "decree-172-2025-new-offence-lighter" in problem["detail"]


async def test_what_he_did_in_another_matter_starts_limitation_again(office: Office) -> None:
    """A sanction for a fact of 2 February 2026 has effect; in another matter a fact of 2022 is reviewed."""
    of = await served(office)
    old = await propose_review(office.context, person_id=of.subject.person_id, fact_date=date(2022, 5, 10))
    again = Case(office, old, of.subject)

    await again.does(CHAIR, "open")

    clocks = (await again.shown())["review"]["limitation"]
    assert {(clock["starts_on"], *clock["restarts"]) for clock in clocks} == {("2026-02-02", "2026-02-02")}


@pytest.mark.parametrize(
    ("step", "body", "code"),
    [
        ("defer", {"ground": "9", "reasons": "x"}, "ground-not-in-row"),
        ("resume", {"reasons": "x"}, "not-deferred"),
        ("serve", {"received_at": AT, "proof": "x"}, "nothing-decided"),
        ("decide", {"conclusions": [{"finding_id": str(uuid4())}], "decision": "x"}, "step-not-now"),
        ("complaints/accept", {}, "no-complaint-pending"),
        ("end", {"outcome": "criticism", "reasons": "x"}, "step-not-now"),
    ],
)
async def test_a_refusal_says_what_is_wrong_and_how_to_go_on(
    office: Office, step: str, body: dict[str, Any], code: str
) -> None:
    of = await case(office)

    problem = (await of.send(CHAIR, step, **body)).json()

    assert problem["code"] == code
    assert problem["detail"]
    assert problem["mend"]


async def test_the_values_that_a_field_may_have_are_listed_in_the_readers_language(office: Office) -> None:
    of = await case(office)

    answer = await office.send(CHAIR, f"{of.path}/protection", {"effect": "forgiven"}, seen=1, vi=True)

    [said] = [one["detail"] for one in answer.json()["errors"] if one["field"] == "/effect"]
    assert said == "Một trong các giá trị: 'exempt', 'mitigated'."


async def test_an_auditor_reads_and_changes_nothing(office: Office) -> None:
    of = await case(office)

    assert (await of.shown(AUDITOR))["review"]["id"] == str(of.id)
    assert (await of.send(AUDITOR, "resume", reasons="x")).status_code == 403
