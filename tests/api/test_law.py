"""The law's rows over HTTP: looked at by day and by what was known, activated, and used by the steps that follow."""

import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from services.application.identity import Role
from services.entrypoints.api import discipline
from tests.api.access.table import insider
from tests.api.conftest import OpenContext, TokenFor
from tests.api.discipline_cases import propose_review
from tests.api.test_discipline import AUDITOR, CHAIR, Office, at_work

ADMINISTRATOR, CITIZEN = insider(Role.ADMINISTRATOR), insider(Role.CITIZEN)
LIKELY = "decree-172-2025-limitation-other"
BODY = {"source": "Luật 80/2025/QH15, Công báo", "reasons": "Đã đối chiếu toàn văn."}


@pytest.fixture
async def office(
    open_context: OpenContext, token: TokenFor, planted: list[bool], monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Office]:
    async with at_work(open_context, token, monkeypatch, planted) as office:
        yield office


async def listed(office: Office, query: str = "") -> dict[str, Any]:
    shown = await office.get(CITIZEN, f"/law{query}")
    return {row["row_id"]: row for row in shown["items"]}


async def withdrawn(office: Office, row_id: str) -> None:
    await office.done(ADMINISTRATOR, f"/law/{row_id}/withdraw", {"reasons": "Thử xong."})


async def test_anybody_looks_at_the_rows_in_force_on_a_day(office: Office) -> None:
    before = await listed(office, "?as_of=2025-06-30&rule=forms&kind=civil_servant")
    after = await listed(office, "?as_of=2025-07-01&rule=forms&kind=civil_servant")

    assert set(before) == {"decree-112-2020-forms-not-leading", "decree-112-2020-forms-leading"}
    leading = after["decree-172-2025-forms-civil-servant-leading"]
    assert (leading["instrument"], leading["confidence"], leading["active"]) == (
        "Decree 172/2025/NĐ-CP",
        "verified",
        True,
    )
    assert leading["value_name"] == "reprimand, warning, removal from office, forced termination"


async def test_a_row_that_nobody_verified_is_shown_and_not_applied(office: Office) -> None:
    row = (await listed(office, "?as_of=2025-08-01"))["decree-172-2025-board-size"]

    assert (row["confidence"], row["active"], row["activation"]) == ("unverified", False, None)
    assert row["value_name"] == "value not known"


async def test_an_activated_row_says_since_when_and_by_what_source(office: Office) -> None:
    before = (await office.context.clock.now()).isoformat().replace("+00:00", "Z")
    await office.done(ADMINISTRATOR, "/law/decree-172-2025-board-size/activate", {"number": 7, **BODY})
    row = (await listed(office, "?as_of=2025-08-01"))["decree-172-2025-board-size"]

    assert (row["value"], row["active"], row["confidence"]) == (7, True, "unverified")
    assert row["activation"]["source"] == BODY["source"]
    assert row["activation"]["since"] == before
    await withdrawn(office, "decree-172-2025-board-size")


async def test_what_was_known_before_an_activation_can_be_looked_at(office: Office) -> None:
    await office.done(ADMINISTRATOR, f"/law/{LIKELY}/activate", BODY)
    now = await listed(office, "?as_of=2025-08-01")
    then = await listed(office, "?as_of=2025-08-01&known_at=2026-03-01T00:00:00Z")

    assert (now[LIKELY]["active"], then[LIKELY]["active"]) == (True, False)
    await withdrawn(office, LIKELY)


async def test_an_activation_counts_for_the_next_case_and_changes_none_that_is_fixed(office: Office) -> None:
    fixed = await opened(office)
    await office.done(ADMINISTRATOR, f"/law/{LIKELY}/activate", BODY)
    later = await opened(office)

    assert LIKELY not in await rows_of(office, fixed)
    row = (await rows_of(office, later))[LIKELY]
    assert (row["instrument"], row["confidence"]) == ("Law 80/2025/QH15 and Decree 172/2025/NĐ-CP", "unverified")
    assert row["activated_from"] is not None
    calculated = [one for one in (await office.get(AUDITOR, later))["calculations"] if one["rule_id"] == LIKELY]
    assert [one["months"] for one in calculated] == [120]
    await withdrawn(office, LIKELY)


async def test_a_case_names_instrument_and_article_of_its_rows(office: Office) -> None:
    row = (await rows_of(office, await opened(office)))["decree-172-2025-several-violations"]

    assert row == {
        "rule_id": "decree-172-2025-several-violations",
        "instrument": "Decree 172/2025/NĐ-CP",
        "article": "2(2)",
        "confidence": "verified",
        "activated_from": None,
    }


async def test_who_answers_for_a_row_and_why_is_kept(office: Office) -> None:
    row_id = "decree-172-2025-limitation-reprimand"
    await office.done(ADMINISTRATOR, f"/law/{row_id}/activate", BODY)
    await withdrawn(office, row_id)
    history = await office.get(AUDITOR, f"/law/{row_id}")

    assert history["row"]["active"] is False
    (one,) = history["activations"]
    assert (one["by"], one["reasons"]) == (str(ADMINISTRATOR.person_id), BODY["reasons"])
    assert (one["withdrawn_by"], one["withdrawn_because"]) == (str(ADMINISTRATOR.person_id), "Thử xong.")
    assert one["until"] is not None


@pytest.mark.parametrize(
    ("row_id", "body", "status", "code"),
    [
        ("decree-1", {}, 404, "law-row-unknown"),
        ("decree-172-2025-processing", {}, 409, "law-row-ships-active"),
        ("complaint-resolution-first", {"number": 30, "day_kind": "calendar"}, 422, "law-row-unsound"),
        ("decree-172-2025-limitation-other", {"number": 90}, 422, "law-term-beyond-calendar"),
        ("decree-172-2025-transition", {"words": ["by-feeling"]}, 422, "law-word-not-obeyed"),
    ],
)
async def test_what_cannot_be_activated_is_answered_with_the_mend(
    office: Office, row_id: str, body: dict[str, Any], status: int, code: str
) -> None:
    answer = await office.send(ADMINISTRATOR, f"/law/{row_id}/activate", {**body, **BODY}, vi=True)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "Hãy" in answer.text or "Không cần" in answer.text


async def test_an_activation_without_source_or_reasons_is_refused(office: Office) -> None:
    for missing in BODY:
        body = {name: text for name, text in BODY.items() if name != missing}
        answer = await office.send(ADMINISTRATOR, f"/law/{LIKELY}/activate", body)
        assert answer.status_code == 422
        assert missing in answer.text


async def test_where_the_rows_leave_it_open_both_regimes_stand_side_by_side_until_an_opinion_settles_it(
    office: Office,
) -> None:
    case = await opened(office, fact=date(2025, 6, 10))
    seen = await office.get(CHAIR, case)

    by_fact, by_step = seen["law"]["regimes"]
    assert (by_fact["by"], by_fact["day"]) == ("fact", "2025-06-10")
    assert (by_step["by"], by_step["day"]) == ("step", "2026-03-02")
    assert "demotion" in [form["name"] for form in by_fact["forms"]]
    assert "demotion" not in [form["name"] for form in by_step["forms"]]
    assert (seen["law"]["chosen"], seen["law"]["opinion_missing"]) == (None, True)

    opinion = {"side": "fact", "opinion": "Áp dụng quy định tại thời điểm vi phạm."}
    await office.done(CHAIR, f"{case}/legal-opinion", opinion, seen=seen["review"]["version"])
    settled = (await office.get(AUDITOR, case))["law"]
    assert (settled["chosen"], settled["opinion_missing"]) == ("fact", False)


async def test_where_one_regime_holds_it_alone_is_shown_and_an_opinion_is_refused(office: Office) -> None:
    case = await opened(office)
    seen = await office.get(CHAIR, case)

    assert [regime["by"] for regime in seen["law"]["regimes"]] == ["fact"]
    assert seen["law"]["opinion_missing"] is False
    opinion = {"side": "fact", "opinion": "Áp dụng quy định tại thời điểm vi phạm."}
    refused = await office.send(CHAIR, f"{case}/legal-opinion", opinion, seen=seen["review"]["version"])
    assert (refused.status_code, refused.json()["code"]) == (409, "one-regime-holds")


async def test_a_transitional_row_that_was_activated_decides_between_the_regimes(office: Office) -> None:
    transition = "decree-172-2025-transition"
    await office.done(ADMINISTRATOR, f"/law/{transition}/activate", {"words": ["by-date-of-fact"], **BODY})
    shown = (await office.get(AUDITOR, await opened(office, fact=date(2025, 6, 10))))["law"]
    await withdrawn(office, transition)

    assert [regime["by"] for regime in shown["regimes"]] == ["fact"]
    assert shown["transition"]["rule_id"] == transition


def test_no_command_is_judged_by_the_table_as_it_ships() -> None:
    """Whoever takes it from anywhere but `law_at` forgets what administrators activated."""
    shipped = {
        path.name
        for path in Path(discipline.__file__).parent.glob("*.py")
        if re.search(r"\blaw\.shipped\(\)", path.read_text(encoding="utf-8"))
    }

    assert shipped == {"law_scope.py", "law_rows.py", "review_case.py"}


async def opened(office: Office, fact: date = date(2026, 2, 2)) -> str:
    """A review that the chair opens; its path."""
    path = f"/reviews/{await propose_review(office.context, person_id=uuid4(), fact_date=fact)}"
    await office.done(CHAIR, f"{path}/open", {}, seen=1)
    return path


async def rows_of(office: Office, path: str) -> dict[str, Any]:
    return {row["rule_id"]: row for row in (await office.get(AUDITOR, path))["rows"]}
