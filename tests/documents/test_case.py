"""How agencies and places are written, and which step a document is of."""

from typing import Any
from uuid import UUID

import pytest

from discipline.documents.steps import STEPS, DocumentStepNotThere, step_of
from schemas.discipline.documents import DocumentKind
from schemas.discipline.law import RowUsed
from schemas.discipline.review_procedure import ReviewSubjectSummoned
from schemas.discipline.reviews import ReviewRefused
from services.adapters.documents.case import abbreviation
from services.adapters.documents.values import bases
from tests.discipline import samples

SUMMONED: Any = {
    "review_id": UUID(int=1),
    "hearing_at": "2026-03-05T08:00:00+07:00",
    "document": samples.document("summons"),
    "summoned_by": UUID(int=2),
}
FIRST, SECOND = (ReviewSubjectSummoned(summons=number, **SUMMONED) for number in (1, 2))
OTHER = ReviewRefused(review_id=UUID(int=1), refused_by=UUID(int=2), reasons=samples.document("reasons"))


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("UBND tỉnh Bình Lâm", "UBND"),
        ("Ủy ban nhân dân xã Tân Phú", "UBND"),
        ("Sở Xây dựng", "SXD"),
        ("Sở Giáo dục và Đào tạo", "SGDĐT"),
        ("Thanh tra tỉnh Bình Lâm", "TT"),
        ("Văn phòng UBND tỉnh", "VPUBND"),
    ],
)
def test_an_agencys_name_is_abbreviated_without_its_place(name: str, short: str) -> None:
    assert abbreviation(name) == short


def test_a_document_is_of_the_latest_step_of_its_kind() -> None:
    assert step_of(DocumentKind.SUMMONS, [OTHER, FIRST, OTHER, SECOND, OTHER]) == 4


def test_an_earlier_step_is_asked_for_by_its_version() -> None:
    assert step_of(DocumentKind.SUMMONS, [OTHER, FIRST, OTHER, SECOND], 2) == 2


@pytest.mark.parametrize("version", [None, 1, 9])
def test_what_has_not_been_has_no_document(version: int | None) -> None:
    with pytest.raises(DocumentStepNotThere):
        step_of(DocumentKind.SUMMONS, [OTHER], version)


def test_each_kind_is_of_some_step_and_no_step_has_two_kinds() -> None:
    steps = [step for kind in DocumentKind for step in STEPS[kind]]
    assert len(steps) == len(set(steps))


def test_instruments_are_cited_once_with_their_articles_in_order() -> None:
    rows = [
        RowUsed(rule_id="a", instrument="Decree 172/2025/NĐ-CP", article="16"),
        RowUsed(rule_id="b", instrument="Decree 172/2025/NĐ-CP", article="2(10)"),
        RowUsed(rule_id="c", instrument="Complaints Law", article="48"),
        RowUsed(rule_id="d", instrument="Decree 172/2025/NĐ-CP", article=None),
        RowUsed(rule_id="e", instrument="Not named by the source", article=None),
    ]
    assert bases(rows) == ["khoản 10 Điều 2, Điều 16 Nghị định số 172/2025/NĐ-CP", "Điều 48 Luật Khiếu nại"]
