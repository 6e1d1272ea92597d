"""Debian packages as a small repository of their own, which debootstrap installs from without any network."""

import gzip
import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

BASE = ("apt", "usr-is-merged", "python3", "ca-certificates")
"""What every image stands on, besides Debian's required packages."""
PROXY = ("haproxy",)
OBSERVABILITY = ("prometheus",)
BUILDER = ("debootstrap",)
"""Unpacked, not installed, where a machine without internet lacks it."""


class NoDebian(Exception):
    """This machine's packages are not Debian's; the message says what it is."""


@dataclass(frozen=True, slots=True)
class Package:
    """A package file."""

    path: Path
    control: str

    def field(self, name: str) -> str:
        """A field of its description; empty where it has none."""
        found = re.search(rf"^{name}: (.*)$", self.control, re.MULTILINE)
        return found[1] if found else ""


def codename() -> str:
    """The release of this machine, which the images will be of.

    Raises:
        NoDebian: it is not Debian.
    """
    release = dict(
        line.partition("=")[::2] for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines() if line
    )
    if release.get("ID") != "debian":
        raise NoDebian(release.get("PRETTY_NAME", "?"))
    return release["VERSION_CODENAME"]


def gather(folder: Path, archives: Path) -> list[Package]:
    """Download the packages with all they depend on, as apt finds and proves them on this machine.

    apt is told of an empty system, so that nothing is left out because it is installed here.

    Args:
        folder: of the repository that is made; anew each time.
        archives: what apt has downloaded already.
    """
    (archives / "partial").mkdir(parents=True, exist_ok=True)
    nothing = archives / "partial" / "nothing"
    nothing.touch()
    options = {
        "Dir::State::status": nothing,
        "Dir::Cache::archives": archives,
        "Debug::NoLocking": "true",
        "APT::Install-Recommends": "false",
        "APT::Keep-Downloaded-Packages": "true",
        "APT::Sandbox::User": "root",
    }
    command = ["apt-get", "--yes", "--quiet", *(f"-o{k}={v}" for k, v in options.items())]
    wanted = ["install", "--download-only", *_required(), *BASE, *PROXY, *OBSERVABILITY, *BUILDER]
    for action in (wanted, ["autoclean"]):  # a version that is no longer current would be a second one of its name
        subprocess.run([*command, *action], check=True, stdout=subprocess.DEVNULL)
    return [Package(path, _control(path)) for path in sorted(_pooled(archives, folder / "pool"))]


def _pooled(archives: Path, pool: Path) -> Iterator[Path]:
    """Copy what apt keeps under names that debootstrap finds: it takes the %3a of an epoch for an escaped colon."""
    shutil.rmtree(pool, ignore_errors=True)
    pool.mkdir(parents=True)
    for path in archives.glob("*.deb"):
        yield Path(shutil.copy2(path, pool / re.sub(r"_\d+%3a", "_", path.name)))


def write_index(folder: Path, suite: str, packages: Sequence[Package]) -> None:
    """Describe the packages as debootstrap reads it: one suite, one component, this machine's architecture."""
    architecture = _architecture()
    listed = "".join(_entry(folder, package) + "\n" for package in packages)  # an empty line ends the last one too
    place = folder / "dists" / suite / "main" / f"binary-{architecture}"
    place.mkdir(parents=True, exist_ok=True)
    written = gzip.compress(listed.encode(), mtime=0)
    (place / "Packages.gz").write_bytes(written)
    plain = listed.encode()
    (place / "Packages").write_bytes(plain)
    where = f"main/binary-{architecture}/Packages"
    sums = "\n".join(
        f" {hashlib.sha256(content).hexdigest()} {len(content)} {name}"
        for name, content in ((where, plain), (f"{where}.gz", written))
    )
    release = f"Suite: {suite}\nCodename: {suite}\nComponents: main\nArchitectures: {architecture}\nSHA256:\n{sums}\n"
    (folder / "dists" / suite / "Release").write_text(release)


def python_version(packages: Sequence[Package]) -> str:
    """The Python of these packages, such as 3.11."""
    version = next(package.field("Version") for package in packages if package.field("Package") == "python3")
    return ".".join(version.split(".")[:2])


def _required() -> Iterator[str]:
    """Names of Debian's required packages, which debootstrap installs whatever it is asked for."""
    listed = subprocess.run(["apt-cache", "dumpavail"], check=True, capture_output=True, text=True).stdout
    for description in listed.split("\n\n"):
        if re.search(r"^(Priority: required|Essential: yes)$", description, re.MULTILINE):
            name = re.search(r"^Package: (.*)$", description, re.MULTILINE)
            architecture = re.search(r"^Architecture: (.*)$", description, re.MULTILINE)
            if name and architecture and architecture[1] in {"all", _architecture()}:
                yield name[1]


def _entry(folder: Path, package: Package) -> str:
    with package.path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    added = {
        "Filename": os.fspath(package.path.relative_to(folder)),
        "Size": package.path.stat().st_size,
        "SHA256": digest,
    }
    return package.control.rstrip() + "\n" + "".join(f"{name}: {value}\n" for name, value in added.items())


def _control(path: Path) -> str:
    return subprocess.run(["dpkg-deb", "--field", path], check=True, capture_output=True, text=True).stdout


def _architecture() -> str:
    asked = subprocess.run(["dpkg", "--print-architecture"], check=True, capture_output=True, text=True)
    return asked.stdout.strip()
