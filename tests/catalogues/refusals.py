"""Every refusal of the suite, and the page that lists them: `make tables` writes docs/refusals.md."""

from __future__ import annotations

import importlib
import pkgutil
from itertools import groupby
from pathlib import Path

import discipline
import inspection
import notifier
import services
from schemas.refusal import Refusal
from services.adapters.catalogues import LANGUAGES
from services.entrypoints.api.problems import every_refusal, explained, register

PAGE = Path(__file__).parents[2] / "docs" / "refusals.md"

HEADING = """# Refusals

What the suite does not do, what it answers then, and what to do about it; in the language asked for, with the same code
in both (RFC 9457). `…` stands for what the case fills in: the rule's row, the dates as they were calculated, names.
`make tables` writes this page from the code and the message catalogues; a test holds it to them.
"""

AREAS = {
    "inspection.organisation": "Organisation",
    "inspection.directives": "Directives",
    "inspection.inspections": "Inspections",
    "inspection.findings": "Findings",
    "inspection": "Inspection",
    "discipline.follow_ups": "Follow-ups",
    "discipline.reviews": "Accountability reviews: opening and life",
    "discipline.reviews.procedure": "Accountability reviews: procedure",
    "discipline.reviews.incidents": "Accountability reviews: what comes in between",
    "discipline.reviews.decision": "Accountability reviews: decision",
    "discipline.reviews.complaints": "Accountability reviews: complaints",
    "discipline.consultations": "Consultations",
    "discipline.boards": "Disciplinary boards",
    "discipline.ballots": "Secret ballots",
    "discipline.law": "Law as data",
    "discipline": "Discipline",
    "notifier": "Alerts",
    "services.entrypoints.api": "Requests",
    "services": "Identity, registry and store",
}
"""Where refusals are defined, and what that part is called on the page; the longest name that fits counts."""


def import_everything() -> None:
    """Import every module, so that every refusal is known."""
    for package in (inspection, discipline, notifier, services):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)


import_everything()
for context in ("inspection", "discipline", "notifier"):
    # An application does so when it is made; without it every refusal of a context would be a 409 here.
    register(importlib.import_module(f"services.entrypoints.api.{context}").API.status)
REFUSALS = [kind for kind in every_refusal() if not kind.__module__.startswith("tests")]


def page() -> str:
    """The page as it has to be."""
    areas = list(AREAS.values())
    kinds = sorted(REFUSALS, key=lambda kind: (areas.index(_area(kind)), _code(kind), kind.__module__))
    sections = [
        f"\n## {area}\n\n| code, status | Tiếng Việt | English |\n|---|---|---|\n{_rows(list(found))}"
        for area, found in groupby(kinds, key=_area)
    ]
    return HEADING + "".join(sections)


def _rows(kinds: list[type[Refusal]]) -> str:
    by_code = {_code(kind): kind for kind in kinds}
    return "".join(f"| `{code}` {_said(kind)} |\n" for code, kind in by_code.items())


def _said(kind: type[Refusal]) -> str:
    told = {language: explained(kind, language) for language in LANGUAGES}
    return f"{told['vi']['status']} | {_cell(told['vi'])} | {_cell(told['en'])}"


def _cell(told: dict[str, str]) -> str:
    """What is wrong, and the mend, on one line of Markdown."""
    words = f"{told['detail']} *{told['mend']}*"
    return " ".join(words.split()).replace("|", "\\|")


def _area(kind: type[Refusal]) -> str:
    """Raises `ValueError` for a refusal of a part that has no heading."""
    fitting = [name for name in AREAS if f"{kind.__module__}.".startswith(f"{name}.")]
    if not fitting:
        raise ValueError(f"{kind.__module__} has no heading in AREAS")
    return AREAS[max(fitting, key=len)]


def _code(kind: type[Refusal]) -> str:
    return kind.__new__(kind).code


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
