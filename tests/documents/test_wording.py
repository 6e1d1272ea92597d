"""The words of templates: which fields they name, what they may not ask for, and what they say with values."""

from typing import Any

import pytest

from discipline.documents.fields import FIELDS, names, obligatory
from discipline.documents.templates.decide import check
from discipline.documents.templates.refusals import TemplateFieldUnknown
from discipline.law.rows import LawRow
from notifier.rules.review_case import ends
from schemas.discipline.documents import DocumentKind, Wording
from services.adapters.catalogues import LANGUAGES
from services.adapters.documents.shipped import FOLDER, shipped, shipped_used
from services.adapters.documents.wording import TemplateUnreadable, composed, digest, filled, used
from services.adapters.law import shipped as law
from services.adapters.law_words import cited, ground
from tests.notifier import examples as ex

KINDS = pytest.mark.parametrize("kind", DocumentKind)


def wording(*body: str, **more: Any) -> Wording:
    told: dict[str, Any] = {
        "symbol": "QĐ",
        "title": "Quyết định",
        "subject": "Về việc",
        "place": None,
        "authority_line": None,
        "bases": (),
        "body": body,
        "recipients": (),
        "signature": ("Giám đốc",),
        "countersignature": (),
    }
    return Wording(**{**told, **more})


@KINDS
def test_the_shipped_words_say_what_their_kind_must_and_nothing_that_it_cannot(kind: DocumentKind) -> None:
    check(kind, used(shipped(kind)))


def test_there_are_shipped_words_for_each_kind_and_no_others() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(DocumentKind) == set(FIELDS)


@KINDS
def test_a_document_names_the_shipped_words_by_their_hash(kind: DocumentKind) -> None:
    assert shipped_used(kind).sha256 == digest(shipped(kind))


def test_a_publication_has_no_field_for_what_must_not_be_published() -> None:
    closed = {"findings", "conclusions", "calculations", "legal_bases", "reasons", "statement", "votes", "attended"}
    assert not closed & names(DocumentKind.PUBLICATION)


@KINDS
def test_whom_it_is_about_stands_in_every_document(kind: DocumentKind) -> None:
    assert "subject_name" in obligatory(kind)


def test_fields_are_found_in_every_part_with_the_parts_of_items() -> None:
    told = wording(
        "{% for one in findings %}{{ loop.index }}. {{ one.fact_date }}{% endfor %}",
        "{% for clock in calculations %}{% for line in clock.lines %}{{ line }}{% endfor %}{% endfor %}",
        "{% if deviates and not form %}{{ content | upper }}{% endif %}",
        symbol="QĐ-{{ issuer_abbreviation }}",
        signature=("{{ signer_title }}",),
    )
    assert used(told) == {
        "findings", "findings.fact_date", "calculations", "calculations.lines", "deviates", "form", "content",
        "issuer_abbreviation", "signer_title",
    }  # fmt: skip


@pytest.mark.parametrize(
    "asked",
    [
        "{{ ''.__class__ }}",
        "{{ form() }}",
        "{{ form['x'] }}",
        "{{ range(9) }}",
        "{{ 2 ** 9 }}",
        "{{ 'x' * 9 }}",
        "{{ form | attr('x') }}",
        "{{ form | upper | replace('a', 'b') }}",
        "{% set x = 1 %}",
        "{% include 'x' %}",
        "{% import 'x' as y %}",
        "{% macro x() %}{% endmacro %}",
        "{% for a, b in findings %}{% endfor %}",
        "{% for a in findings if a %}{% endfor %}",
        "{% for a in findings() %}{% endfor %}",
        "{% for a in findings recursive %}{% endfor %}",
    ],
)
def test_words_that_ask_for_more_are_refused_by_part_and_line(asked: str) -> None:
    with pytest.raises(TemplateUnreadable) as caught:
        check(DocumentKind.DECISION, used(wording("Lời mở đầu", f"Dòng một\n{asked}")))
    assert (caught.value.part, caught.value.line) == ("body 2", 2)


def test_what_stands_behind_a_value_is_no_field() -> None:
    with pytest.raises(TemplateFieldUnknown) as caught:
        check(DocumentKind.DECISION, used(wording("{{ form.__class__ }}")))
    assert caught.value.unknown == "form.__class__"


def test_words_that_cannot_be_read_are_refused_with_the_problem() -> None:
    with pytest.raises(TemplateUnreadable) as caught:
        used(wording("{% for one in findings %}", title="{{ form"))
    assert (caught.value.part, caught.value.problem, caught.value.found) == ("title", "syntax", "{{ form")


def test_values_take_the_place_of_fields_and_a_line_break_begins_a_paragraph() -> None:
    told = wording("{% for one in findings %}\n{{ loop.index }}. {{ one.violation }};\n{% endfor %}", "{{ content }}")
    said = filled(told, {"findings": [{"violation": "Trễ hẹn"}, {"violation": "Đùn đẩy"}], "content": "Một\n\nHai"})
    assert said.body == ("1. Trễ hẹn;", "2. Đùn đẩy;", "Một", "Hai")


def test_a_value_is_not_read_as_words_of_the_template() -> None:
    said = filled(wording("{{ content }}"), {"content": "{{ form }} {% if %}"})
    assert said.body == ("{{ form }} {% if %}",)


def test_what_has_no_value_leaves_no_empty_paragraph() -> None:
    said = filled(wording("{% if form %}Hình thức: {{ form }}{% endif %}", "Hết"), {"form": None})
    assert said.body == ("Hết",)


def test_a_name_keeps_its_capitals_at_the_beginning_of_a_sentence() -> None:
    said = filled(wording("{{ subject_name | first_upper }} dự họp."), {"subject_name": "ông (bà) Nguyễn Văn Ẩn"})
    assert said.body == ("Ông (bà) Nguyễn Văn Ẩn dự họp.",)


def test_words_are_composed_and_their_hash_tells_them_apart() -> None:
    apart = wording("Quye\u0302\u0301t đi\u0323nh")
    assert composed(apart).body == ("Quyết định",)
    assert digest(composed(apart)) == digest(wording("Quyết định")) != digest(wording("Quyết định."))


ITEMS = {
    DocumentKind.REVIEW_OPENING: ("findings", [{"violation": "trễ hẹn", "fact_date": "01/07/2025"}] * 2),
    DocumentKind.DECISION: (
        "conclusions",
        [{"violation": "trễ hẹn", "fact_date": "01/07/2025", "form": "cảnh cáo"}] * 2,
    ),
    DocumentKind.MINUTES: ("votes", [{"choice": "cảnh cáo", "count": 3}, {"choice": "khiển trách", "count": 2}]),
    DocumentKind.RECOMMENDATION: ("votes", [{"choice": "cảnh cáo", "count": 3}, {"choice": "khiển trách", "count": 2}]),
}


@pytest.mark.parametrize("kind", ITEMS)
def test_the_last_of_a_list_ends_with_a_full_stop_and_those_before_it_with_a_semicolon(kind: DocumentKind) -> None:
    field, items = ITEMS[kind]
    empty = {one.name: [] if one.parts else "x" for one in FIELDS[kind]} | {"legal_bases": [], "absent": []}

    without = filled(shipped(kind), empty).body
    said = filled(shipped(kind), {**empty, field: items}).body

    ends = [line[-1] for line in said if line not in without and not line.endswith(":")]
    assert ends == [";", "."]


@pytest.mark.parametrize(
    ("article", "vi", "en"),
    [
        ("16", "Điều 16 Luật Khiếu nại", "Complaints Law, art. 16"),
        ("2(10)", "khoản 10 Điều 2 Luật Khiếu nại", "Complaints Law, art. 2(10)"),
        ("2(10)(a)", "điểm a khoản 10 Điều 2 Luật Khiếu nại", "Complaints Law, art. 2(10)(a)"),
        (None, "Luật Khiếu nại", "Complaints Law"),
    ],
)
def test_a_provision_is_cited_from_its_point_to_its_instrument(article: str | None, vi: str, en: str) -> None:
    assert (cited("vi", "Complaints Law", article), cited("en", "Complaints Law", article)) == (vi, en)


@pytest.mark.parametrize("row", law().rows, ids=lambda row: row.row_id)
def test_a_wait_that_rests_on_a_row_cites_it(row: LawRow) -> None:
    """The notifier, which knows no catalogue, keeps what it rests on as one text."""
    clock = ex.clock(ex.day(9)).model_copy(update={"instrument": row.instrument, "article": row.article})
    kept = ends(clock, ex.mark("opening", ex.day(0))).provision

    for language in LANGUAGES:
        assert ground(language, kept) == cited(language, row.instrument, row.article)


@pytest.mark.parametrize(
    "said", ["Đoạn 8", "Mục II, điểm 3", "Mặc định của bộ phần mềm, không phải quy định của pháp luật"]
)
def test_a_wait_that_rests_on_a_directive_says_it_in_the_directives_words(said: str) -> None:
    assert ground("vi", said) == ground("en", said) == said
