"""Packs in files: those that the suite ships, and an authority's own."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import inspection.directives
from inspection.directives.packs import load, load_defaults
from inspection.directives.problems import PackError, PackProblem

if TYPE_CHECKING:
    from inspection.directives.source import Defaults
    from schemas.inspection.directives import Pack

FOLDER = Path(inspection.directives.__file__).parent
DEFAULTS = FOLDER / "defaults.yaml"


@cache
def defaults() -> Defaults:
    """Return what holds where a directive gives no number.

    Raises:
        PackError: naming everything that is wrong with the file.
    """
    return load_defaults(_text(DEFAULTS), file=str(DEFAULTS))


def shipped() -> tuple[Path, ...]:
    """Return the files of the five directives' packs."""
    return tuple(path for path in sorted(FOLDER.glob("*.yaml")) if path != DEFAULTS)


def read(path: Path) -> Pack:
    """Return the pack in a file.

    Raises:
        PackError: naming everything that is wrong, with file, line and mend.
    """
    return load(_text(path), file=str(path), defaults=defaults())


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise PackError([PackProblem(str(path), line, "", "pack-file-not-utf8")]) from error
    except OSError as error:
        reason = {"detail": error.strerror or str(error)}
        raise PackError([PackProblem(str(path), 1, "", "pack-file-unreadable", {**reason})]) from error
