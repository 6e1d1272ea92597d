"""`make bench`: every figure beside its ceiling in the same run, as a table and as `build/bench.json`."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.bench.environment import environment
from tests.bench.figure import Figure

MODULES = ("store", "review", "succession", "notifier", "http", "kafka", "latency")
RESULT = Path("build/bench.json")


def main() -> None:
    """Run the named modules (all by default), print the table, write the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("modules", nargs="*", default=MODULES, help=f"of {', '.join(MODULES)}")
    asked = parser.parse_args().modules
    figures: list[Figure] = []
    try:
        with environment() as env:
            for name in asked:
                figures += import_module(f"tests.bench.{name}").measure(env)
    finally:  # what was measured before something failed took minutes
        write(figures)
        Console(width=150).print(table(figures))


def write(figures: list[Figure]) -> None:
    """Write the file; the aims stay in the table."""
    RESULT.parent.mkdir(exist_ok=True)
    entries = [{key: value for key, value in asdict(figure).items() if key != "aim"} for figure in figures]
    RESULT.write_text(json.dumps(entries, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def table(figures: list[Figure]) -> Table:
    """Lay the figures out, each with its ratios."""
    laid_out = Table(title="Kỷ Cương, measured in one run")
    for heading in ("name", "value", "unit", "ceiling", "÷ ceiling", "peer", "÷ peer", "aim", "note"):
        laid_out.add_column(heading, justify="left" if heading in {"name", "unit", "aim", "note"} else "right")
    for figure in figures:
        laid_out.add_row(
            figure.name,
            f"{figure.value:,.1f}",
            figure.unit,
            _number(figure.ceiling),
            _ratio(figure.value, figure.ceiling),
            _number(figure.peer),
            _ratio(figure.value, figure.peer),
            figure.aim,
            figure.note,
        )
    return laid_out


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:,.1f}"


def _ratio(value: float, other: float | None) -> str:
    return "" if not other else f"{value / other:.2f}"


if __name__ == "__main__":
    main()
