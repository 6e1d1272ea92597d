"""A pack holds what its directive says; a wrong one names file, line and mend."""

from collections.abc import Callable
from datetime import date

import pytest

from inspection.directives.packs import load, load_defaults
from inspection.directives.problems import PackError, PackProblem
from schemas.inspection.directives import DutyRow, IndicatorRow, Origin, Pack, ReportRow, ReviewRules, ViolationType
from schemas.values import Answerable, DayKind
from services.adapters import catalogues, packs
from services.adapters.packs import DEFAULTS, FOLDER

NAMES = ("vinh_long_968", "lai_chau_16", "da_nang_2090", "ha_tinh_2023", "quang_xuong_06")
SOUND = """\
directive_id: tried
version: 1
number: 01/CT-UBND
name: {vi: Chỉ thị thử, en: Directive on trial}
issuer: {vi: UBND tỉnh, en: The province}
issued_on: 2023-06-05
source: Công báo
addressees: [department, commune]
contest: {origin: default}
max_extensions: {origin: default}
max_hand_overs: {origin: text, times: 0}
ladder: {origin: default}
stall: {origin: default}
review: {origin: default, provision: Điểm 4}
consultation: null
shirking_type: shirking
violation_types:
  - violation_type: shirking
    name:
      vi: Đùn đẩy trách nhiệm
      en: Shirking
    provision: Điểm 1
    remediation: {origin: default, pace: ordinary}
    demands_review: true
    answerable: [collective]
  - violation_type: delay
    name:
      vi: Chậm trễ
      en: Delay
    provision: Điểm 2
    remediation: {origin: default, pace: prompt}
duties:
  - duty_id: head-signs
    name: {vi: Người đứng đầu ký, en: The head signs}
    provision: Điểm 3
    owner: addressees
    frequency: {origin: default}
  - duty_id: office-watches
    name: {vi: Văn phòng theo dõi, en: The office watches}
    provision: Điểm 3
    owner: office
    frequency: {origin: text, every: continuous}
reports: []
indicators: []
"""


@pytest.fixture(params=NAMES)
def pack(request: pytest.FixtureRequest) -> Pack:
    return packs.read(FOLDER / f"{request.param}.yaml")


def test_the_suite_ships_the_five_directives() -> None:
    assert {path.stem for path in packs.shipped()} == set(NAMES)


def test_a_pack_is_named_like_its_file() -> None:
    assert {path.stem: packs.read(path).directive_id.replace("-", "_") for path in packs.shipped()} == {
        name: name for name in NAMES
    }


def test_every_row_names_its_provision(pack: Pack) -> None:
    rows: list[ViolationType | DutyRow | ReportRow | IndicatorRow | ReviewRules] = [pack.review]
    rows += [*pack.violation_types, *pack.duties, *pack.reports, *pack.indicators]
    assert all(row.provision.startswith(("Phần", "Điểm", "Đoạn", "Nội dung")) for row in rows)


def test_every_pack_makes_its_directive_known_and_reports_the_coverage(pack: Pack) -> None:
    assert "disseminate" in {duty.duty_id for duty in pack.duties}
    assert "dissemination-coverage" in {report.report_id for report in pack.reports}


def test_every_pack_can_draft_a_finding_of_shirking(pack: Pack) -> None:
    assert pack.shirking_type in {kind.violation_type for kind in pack.violation_types}


def test_a_number_that_the_text_does_not_give_is_the_default_and_says_so(pack: Pack) -> None:
    """None of the five texts gives days to mend, to contest, or a ladder."""
    origins = {kind.remediation_origin for kind in pack.violation_types}
    assert origins | {pack.contest_origin, pack.ladder_origin, pack.stall_origin, pack.review.origin} == {
        Origin.DEFAULT
    }
    assert pack.contest == packs.defaults().contest
    assert pack.ladder == packs.defaults().ladder


def test_vinh_long_sets_the_shares_of_procedures_to_simplify_by_day() -> None:
    pack = packs.read(FOLDER / "vinh_long_968.yaml")
    dated = {duty.duty_id: (duty.due, duty.target_percent, duty.owner) for duty in pack.duties if duty.due}
    assert dated == {
        "publish-internal-procedures": (date(2023, 12, 31), 100, "addressees"),
        "simplify-half": (date(2023, 12, 31), 50, "department"),
        "simplify-all": (date(2024, 12, 31), 100, "department"),
    }


def test_vinh_long_passes_a_matter_up_once() -> None:
    pack = packs.read(FOLDER / "vinh_long_968.yaml")
    assert (pack.max_hand_overs, pack.hand_overs_origin) == (1, Origin.TEXT)


def test_lai_chau_is_summed_up_every_half_year_and_every_year() -> None:
    pack = packs.read(FOLDER / "lai_chau_16.yaml")
    summaries = [report for report in pack.reports if report.owner == "home_affairs"]
    assert {(report.frequency.value, report.origin) for report in summaries} == {
        ("half_yearly", Origin.TEXT),
        ("yearly", Origin.TEXT),
    }


def test_lai_chau_gives_duties_to_named_departments() -> None:
    pack = packs.read(FOLDER / "lai_chau_16.yaml")
    assert {duty.owner for duty in pack.duties if duty.owner.startswith("agency:")} == {
        "agency:so-tu-phap",
        "agency:so-thong-tin-truyen-thong",
        "agency:so-khoa-hoc-cong-nghe",
        "agency:so-tai-chinh",
    }


def test_da_nang_holds_the_head_and_the_chain_above_answerable_for_ten_kinds_of_conduct() -> None:
    pack = packs.read(FOLDER / "da_nang_2090.yaml")
    up_the_chain = (Answerable.HEAD, Answerable.HEAD_ABOVE)
    assert {kind.violation_type for kind in pack.violation_types if kind.answerable == up_the_chain} == {
        "misconduct",
        "papers-beyond-rules",
        "inconsistent-supplements",
        "deliberate-delay",
        "late-without-reason",
        "no-appointment-slip",
        "soliciting-and-harassment",
        "improper-attitude",
        "indifference",
        "nobody-on-duty",
    }


def test_ha_tinh_deals_with_heads_whose_staff_are_corrupt_overbearing_or_harassing() -> None:
    pack = packs.read(FOLDER / "ha_tinh_2023.yaml")
    demanded = {kind.violation_type: kind.answerable for kind in pack.violation_types if kind.demands_review}
    assert set(demanded) == {"corruption", "overbearing", "harassment"}
    assert all(Answerable.HEAD in answerable for answerable in demanded.values())


def test_ha_tinh_has_satisfaction_dti_and_rates_measured() -> None:
    pack = packs.read(FOLDER / "ha_tinh_2023.yaml")
    assert {row.indicator_id for row in pack.indicators} >= {
        "satisfaction-administration",
        "satisfaction-education",
        "satisfaction-health",
        "par-index",
        "dti",
        "on-time-rate",
        "online-rate",
    }


def test_quang_xuong_takes_silence_as_consent_that_is_answered_for_personally() -> None:
    pack = packs.read(FOLDER / "quang_xuong_06.yaml")
    assert pack.consultation is not None
    assert pack.consultation.deemed_consent
    assert pack.consultation.answers_personally
    assert pack.consultation.reconcile_first
    assert pack.max_hand_overs == 0


def test_a_number_of_the_text_replaces_the_default_and_says_so() -> None:
    given = "{origin: text, days: 3, day_kind: calendar}"
    pack = _load(SOUND.replace("contest: {origin: default}", f"contest: {given}"))
    assert (pack.contest.days, pack.contest.day_kind, pack.contest_origin) == (3, DayKind.CALENDAR, Origin.TEXT)


def test_a_ladder_of_the_text_replaces_the_default() -> None:
    given = "{origin: text, steps: [{recipient: head, after_working_days: 0}]}"
    pack = _load(SOUND.replace("ladder: {origin: default}", f"ladder: {given}"))
    assert [step.recipient.value for step in pack.ladder.steps] == ["head"]
    assert pack.ladder_origin is Origin.TEXT


Breaks = Callable[[str], str]


def _with(old: str, new: str, count: int = 1) -> Breaks:
    def breaks(text: str) -> str:
        assert old in text
        return text.replace(old, new, count)

    return breaks


BROKEN: dict[str, tuple[Breaks, str]] = {
    # what the author did → which text says so
    "tab": (_with("version: 1", "version: 1\n\tx: 2"), "yaml-broken"),
    "anchor": (_with("number: 01", "number: &n 01"), "yaml-anchor"),
    "key twice": (_with("number:", "version: 2\nnumber:"), "key-twice"),
    "field unknown": (_with("number:", "nummer: 2\nnumber:"), "field-unknown"),
    "origin missing": (_with("contest: {origin: default}", "contest: {days: 5}"), "origin-missing"),
    "origin unknown": (_with("contest: {origin: default}", "contest: {origin: custom}"), "value-unknown"),
    "default with a number": (
        _with("contest: {origin: default}", "contest: {origin: default, days: 5}"),
        "field-unknown",
    ),
    "kind unknown": (_with("[department, commune]", "[department, comune]"), "value-unknown"),
    "addressees none": (_with("[department, commune]", "[]"), "list-too-short"),
    "addressees no list": (_with("[department, commune]", "commune"), "list-expected"),
    "addressees too many": (_with("[department, commune]", f"[{', '.join(['commune'] * 11)}]"), "list-too-long"),
    "number no text": (_with("number: 01/CT-UBND", "number: 1"), "text-expected"),
    "version no number": (_with("version: 1", 'version: "1"'), "number-expected"),
    "version a fraction": (_with("version: 1", "version: 1.5"), "number-expected"),
    "version zero": (_with("version: 1", "version: 0"), "number-too-small"),
    "times too many": (_with("times: 0", "times: 99"), "number-too-large"),
    "day that is none": (_with("2023-06-05", "2023-06-31"), "date-expected"),
    "day in words": (_with("2023-06-05", "năm ngoái"), "date-expected"),
    "neither yes nor no": (_with("demands_review: true", "demands_review: có lẽ"), "yes-no-expected"),
    "id with diacritics": (_with("violation_type: delay", "violation_type: chậm"), "id-malformed"),
    "owner misspelt": (_with("owner: addressees", "owner: adressees"), "owner-unknown"),
    "provision empty": (_with("provision: Điểm 1", 'provision: ""'), "text-empty"),
    "provision blank": (_with("provision: Điểm 1", 'provision: " "'), "text-empty"),
    "name too long": (_with("vi: Chậm trễ", f"vi: {'ạ' * 2_001}"), "text-too-long"),
    "name without diacritics": (_with("vi: Chậm trễ", "vi: Cham tre"), "vietnamese-untoned"),
    "name no fields": (_with("name: {vi: Người đứng đầu ký, en: The head signs}", "name: Ký"), "fields-expected"),
    "type twice": (_with("violation_type: delay", "violation_type: shirking"), "id-twice"),
    "duty twice": (_with("duty_id: office-watches", "duty_id: head-signs"), "id-twice"),
    "shirking unknown": (_with("shirking_type: shirking", "shirking_type: shirkin"), "type-unknown"),
    "target without day": (_with("duties:\n  - ", "duties:\n  - target_percent: 50\n    "), "target-without-day"),
    "due before issue": (_with("duties:\n  - ", "duties:\n  - due: 2022-12-31\n    "), "due-before-issue"),
    "threshold alone": (
        _with("{origin: default, provision", "{origin: text, on_last_step: no, threshold: 3, period_days:, provision"),
        "threshold-without-period",
    ),
    "ladder starts late": (
        _with("ladder: {origin: default}", "ladder: {origin: text, steps: [{recipient: head, after_working_days: 2}]}"),
        "ladder-starts-late",
    ),
    "ladder tells twice": (
        _with(
            "ladder: {origin: default}",
            "ladder: {origin: text, steps: ["
            "{recipient: head, after_working_days: 0}, {recipient: head, after_working_days: 2}]}",
        ),
        "ladder-tells-twice",
    ),
}


@pytest.mark.parametrize(("breaks", "code"), BROKEN.values(), ids=BROKEN)
def test_a_broken_pack_names_file_line_what_is_wrong_and_how_to_mend_it(breaks: Breaks, code: str) -> None:
    broken = breaks(SOUND)
    with pytest.raises(PackError) as caught:
        _load(broken)
    assert (_first_difference(broken), f"pack-{code}") in {(found.line, found.code) for found in caught.value.problems}
    assert {found.file for found in caught.value.problems} == {"tried.yaml"}
    assert all(_has_words_and_mend(found) for found in caught.value.problems)


def test_a_bracket_left_open_is_named_where_the_reading_stopped() -> None:
    with pytest.raises(PackError, match=r"tried.yaml:9: pack: pack-yaml-broken"):
        _load(_with("[department, commune]", "[department, commune")(SOUND))


def test_a_missing_field_is_named_where_its_row_begins() -> None:
    with pytest.raises(PackError, match=r"tried.yaml:26: violation_types\[1\].provision: pack-field-missing"):
        _load(_with("    provision: Điểm 2\n", "")(SOUND))


def test_a_demanded_review_needs_somebody_who_answers() -> None:
    with pytest.raises(PackError, match=r"tried.yaml:24: violation_types\[0\].demands_review: pack-review-of-nobody"):
        _load(_with("answerable: [collective]", "answerable: []")(SOUND))


def _first_difference(broken: str) -> int:
    pairs = zip(SOUND.splitlines(), broken.splitlines(), strict=False)
    return next(number for number, (sound, tried) in enumerate(pairs, 1) if sound != tried)


def _has_words_and_mend(problem: PackProblem) -> bool:
    facts = {name: str(fact) for name, fact in problem.facts.items()}
    ids = (problem.code, f"{problem.code}.mend")
    return all(catalogues.text(language, id_, facts) for language in catalogues.LANGUAGES for id_ in ids)


def test_an_empty_pack_is_told_so() -> None:
    with pytest.raises(PackError, match=r"tried\.yaml:1: pack: pack-empty"):
        _load("# nothing but a comment\n")


def test_all_that_is_wrong_is_named_at_once_in_the_order_of_the_lines() -> None:
    broken = SOUND
    for breaks in (
        _with("version: 1", "version: one"),
        _with("shirking_type: shirking", "shirking_type: none-such"),
        _with("pace: ordinary", "pace: orderly"),
        _with("owner: office", "owner: offices"),
    ):
        broken = breaks(broken)
    with pytest.raises(PackError) as caught:
        _load(broken)
    assert [problem.where for problem in caught.value.problems] == [
        "version",
        "shirking_type",
        "violation_types[0].remediation.pace",
        "duties[1].owner",
    ]


def test_a_misspelt_field_suggests_what_was_meant() -> None:
    with pytest.raises(PackError) as caught:
        _load(_with("pace: ordinary", "pase: ordinary")(SOUND))
    facts = {problem.code: problem.facts for problem in caught.value.problems}
    assert facts["pack-field-unknown"]["nearest"] == "pace"
    assert facts["pack-field-unknown"]["known"] == "origin, pace"


def test_broken_defaults_are_named_too() -> None:
    text = DEFAULTS.read_text(encoding="utf-8").replace("max_extensions: 1", "max_extensions: many")
    with pytest.raises(PackError, match=r"defaults.yaml:13: max_extensions: pack-number-expected"):
        load_defaults(text, file="defaults.yaml")


def _load(text: str) -> Pack:
    return load(text, file="tried.yaml", defaults=packs.defaults())
