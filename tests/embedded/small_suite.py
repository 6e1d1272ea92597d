"""A suite of stand-ins on a real broker and database, run as a program so that tests can kill it."""

import sys
from pathlib import Path

from services.entrypoints import logging
from services.entrypoints.console import failures_said
from services.entrypoints.processes import Process
from services.entrypoints.settings import Settings
from services.entrypoints.suite import Plan
from services.entrypoints.up import run

STAND_IN = "tests.embedded.stand_in"

if __name__ == "__main__":
    data, ready_file, *words = sys.argv[1:]
    logging.configure(Settings(environment="production", process="supervisor"))
    plan = Plan(
        data=Path(data),
        port=0,
        ready_file=Path(ready_file),
        processes=(
            Process("early", STAND_IN, tuple(words), needs_broker=False),
            Process("late", STAND_IN),
        ),
        preload=("services.entrypoints.probe", "services.entrypoints.settings"),
        with_database=(Process("newer-version", STAND_IN, ("once", *words), needs_broker=False),),
        with_broker=(),
        errands=(
            Process("errand", STAND_IN, ("once", *(["fails"] if "errand-fails" in words else [])), after="early"),
        ),
    )
    with failures_said():
        run(plan, on_ready=lambda suite, seconds: None)
