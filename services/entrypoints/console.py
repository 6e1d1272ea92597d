"""What commands say to people: texts from the catalogues, in their language."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

from rich.console import Console

from services.adapters.catalogues import Language, text
from services.adapters.embedded.failure import EmbeddedFailure

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)

LANGUAGE_VARIABLES = ("KYCUONG_LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")


def language() -> Language:
    """English where the environment says so first, Vietnamese otherwise."""
    for name in LANGUAGE_VARIABLES:
        chosen = os.environ.get(name, "")
        if chosen.startswith(("vi", "en")):
            return "en" if chosen.startswith("en") else "vi"
    return "vi"


def words(text_id: str, **facts: object) -> str:
    """A text of the catalogues; numbers that are names (ports, pids) are given as str, or they get separators."""
    return text(language(), text_id, facts)


def say(text_id: str, **facts: object) -> None:
    """Print a text of the catalogues."""
    out.print(words(text_id, **facts), markup=False)


def failed(text_id: str, **facts: object) -> NoReturn:
    """Say what failed and how to mend it, and end the command with exit code 1."""
    err.print(words(text_id, **facts), style="red", markup=False)
    raise SystemExit(1)


@contextmanager
def failures_said() -> Iterator[None]:
    """End the command with exit code 1 and a sentence that says what to do, instead of a traceback."""
    try:
        yield
    except EmbeddedFailure as failure:
        facts = {name: str(value) for name, value in failure.facts.items()}
        err.print(words(f"embedded-{failure.name}", **facts), style="red", markup=False)
        sys.exit(1)
