"""The table of the law: every row of the law sheet, and a loader that says what is wrong where."""

import ast
import json
from pathlib import Path

import jsonschema
import pytest
import yaml

import discipline
from discipline.law.rows import Confidence, Rule
from inspection.directives.problems import PackError, PackProblem
from schemas.values import SubjectKind
from services.adapters import law
from services.adapters.catalogues import LANGUAGES, has

SOUND = """\
rows:
  - row_id: one
    instrument: Decree 1
    rule: limitation
    value: 5
    unit: years
    starts_on: violation
    rolls: true
    source: An example.
    confidence: verified
    active: true
"""


def read(tmp_path: Path, content: str) -> tuple[PackProblem, ...]:
    path = tmp_path / "law.yaml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        law.read([path])
    return caught.value.problems


def test_nothing_unverified_ships_active() -> None:
    unverified = [row for row in law.shipped().rows if row.confidence is Confidence.UNVERIFIED]

    assert unverified
    assert not any(row.active for row in unverified)


def test_every_rule_has_a_row() -> None:
    assert {row.rule for row in law.shipped().rows} == set(Rule)


def test_the_forms_of_a_regime_hold_until_the_reform_and_from_it_on() -> None:
    forms = {
        row.row_id: row.in_force(row.effective_from or row.effective_to)  # type: ignore[arg-type]  # one of both is set
        for row in law.shipped().rows
        if row.rule is Rule.FORMS and row.concerns(SubjectKind.CIVIL_SERVANT)
    }

    assert forms == {
        "decree-112-2020-forms-not-leading": False,
        "decree-112-2020-forms-leading": False,
        "decree-172-2025-forms-civil-servant-not-leading": True,
        "decree-172-2025-forms-civil-servant-leading": True,
    }


@pytest.mark.parametrize(
    ("line", "instead", "at", "where", "code"),
    [
        ("    unit: years\n", "", 2, "rows[0].unit", "pack-field-missing"),
        ("    unit: years\n", "    unit: fortnights\n", 6, "rows[0].unit", "pack-value-unknown"),
        ("    rolls: true\n", "    rolls: true\n    colour: red\n", 9, "rows[0].colour", "pack-field-unknown"),
        ("    active: true\n", "    active: true\n    active: true\n", 12, "active", "pack-key-twice"),
        ("    confidence: verified\n", "    confidence: unverified\n", 11, "rows[0].active", "law-unverified-active"),
        ("    value: 5\n", "", 2, "rows[0].value", "law-value-missing"),
        ("    value: 5\n", "    value: five\n", 5, "rows[0].value", "law-value-of-other-unit"),
        ("    unit: years\n", "    unit: days\n", 2, "rows[0].day_kind", "law-day-kind-missing"),
        ("    starts_on: violation\n", "", 2, "rows[0].starts_on", "law-term-incomplete"),
        (
            "    rolls: true\n",
            "    rolls: true\n    effective_from: 2025-07-01\n    effective_to: 2025-07-01\n",
            10,
            "rows[0].effective_to",
            "law-ends-before-it-begins",
        ),
    ],
)
def test_a_wrong_row_is_named_by_file_line_and_column(
    tmp_path: Path, line: str, instead: str, at: int, where: str, code: str
) -> None:
    (problem,) = read(tmp_path, SOUND.replace(line, instead))

    assert (problem.file, problem.line, problem.where, problem.code) == (str(tmp_path / "law.yaml"), at, where, code)


def test_a_word_that_the_suite_cannot_act_on_is_refused(tmp_path: Path) -> None:
    content = SOUND.replace("rule: limitation", "rule: transition").replace("value: 5", "value: by-feeling")
    (problem,) = read(tmp_path, content.replace("unit: years", "unit: code"))

    assert (problem.where, problem.code) == ("rows[0].value", "law-word-not-obeyed")
    assert problem.facts == {"word": "by-feeling", "known": "by-date-of-fact, by-date-of-step"}


def test_an_id_stands_once_in_the_whole_table(tmp_path: Path) -> None:
    (problem,) = read(tmp_path, SOUND + SOUND.removeprefix("rows:\n"))

    assert (problem.line, problem.code, problem.facts) == (12, "law-row-twice", {"id": "one"})


@pytest.mark.parametrize(
    "code",
    [
        "law-unverified-active",
        "law-value-missing",
        "law-value-of-other-unit",
        "law-ends-before-it-begins",
        "law-day-kind-missing",
        "law-term-incomplete",
        "law-word-not-obeyed",
    ],
)
def test_what_is_wrong_is_said_with_its_mend_in_both_languages(code: str) -> None:
    for language in LANGUAGES:
        assert has(language, f"{code}.mend")
        assert has(language, code)


@pytest.mark.parametrize("path", sorted(law.FOLDER.glob("*.yaml")), ids=lambda path: path.name)
def test_every_file_keeps_the_schema_that_editors_check_it_against(path: Path) -> None:
    schema = json.loads((law.FOLDER / "law.schema.json").read_text(encoding="utf-8"))
    content = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.BaseLoader)
    for row in content["rows"]:
        row.update(
            {
                name: yaml.safe_load(row[name])
                for name in ("value", "rolls", "active")
                if name in row and isinstance(row[name], str)
            }
        )

    jsonschema.validate(content, schema, format_checker=jsonschema.FormatChecker())


def test_no_form_of_discipline_stands_in_code() -> None:
    """What may be imposed, complained against or taken to court is for rows to say."""
    forms = {form for row in law.shipped().rows if row.rule is Rule.FORMS for form in row.codes}
    rooms = Path(discipline.__file__).parents[1]
    written = {
        f"{path.relative_to(rooms)}:{node.lineno}: {node.value}"
        for room in ("discipline", "notifier", "services/application", "services/adapters")
        for path in (rooms / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in forms
    }

    assert written == set()


SHORTEST = "discipline/law/activation/decide.py"
NO_LIMITS = {
    ("discipline/clocks.py", 12),
    ("discipline/ballots/outcome.py", 3),
    ("discipline/law/rows.py", 4),
    (SHORTEST, 28),
    (SHORTEST, 365),
}
"""Months of a year, voters below whom a count gives them away, kinds of subject, days that a month and a year have at
least: none of them is the law's."""


def test_no_number_of_days_stands_in_code() -> None:
    """How long anything takes is for rows and directives to say; nought and one say first, none and next."""
    rooms = Path(discipline.__file__).parents[1]
    written = {
        (str(path.relative_to(rooms)), node.value)
        for path in (rooms / "discipline").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and type(node.value) is int and node.value not in {0, 1}
    }

    assert written == NO_LIMITS
