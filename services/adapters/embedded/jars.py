"""What comes from Maven: pinned by coordinate and SHA-256, kept in a cache, refused when it differs."""

import hashlib
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import platformdirs

from services.adapters.embedded.failure import EmbeddedFailure

CACHE_VARIABLE = "KYCUONG_JARS"
READERS = 4


@dataclass(frozen=True, slots=True, order=True)
class Jar:
    """One pinned artifact: `group:artifact[:packaging]:version`, its SHA-256 in hex and its size in bytes."""

    coordinate: str
    sha256: str
    size: int

    @property
    def file_name(self) -> str:
        """Its name in the cache."""
        _, artifact, packaging, version = self.parts
        return f"{artifact}-{version}.{packaging}"

    @property
    def parts(self) -> tuple[str, str, str, str]:
        """Group, artifact, packaging (a jar where the coordinate says nothing else) and version."""
        group, artifact, *packaging, version = self.coordinate.split(":")
        return group, artifact, *(packaging or ["jar"]), version  # type: ignore[return-value]  # one packaging at most


def manifest(lock: str = "broker/jars.lock") -> tuple[Jar, ...]:
    """What a lock below deploy/ pins, in its order: by default the broker's class path."""
    lines = files("deploy").joinpath(lock).read_text().splitlines()
    rows = (line.split() for line in lines if line and not line.startswith("#"))
    return tuple(Jar(coordinate, sha256, int(size)) for coordinate, sha256, size in rows)


def cache_folder() -> Path:
    """Where the jars are kept: KYCUONG_JARS, or the user's cache folder."""
    chosen = os.environ.get(CACHE_VARIABLE)
    return Path(chosen) if chosen else platformdirs.user_cache_path("kycuong") / "jars"


def missing(jars: Sequence[Jar], cache: Path) -> list[Jar]:
    """The jars that are not in the cache."""
    return [jar for jar in jars if not (cache / jar.file_name).exists()]


def class_path(jars: Sequence[Jar], cache: Path) -> list[Path]:
    """The jars' paths, each proved to be the pinned one.

    Raises:
        EmbeddedFailure: `jar-missing` or `jar-differs`, naming the jar.
    """
    with ThreadPoolExecutor(READERS) as pool:
        return list(pool.map(lambda jar: proved(jar, cache / jar.file_name), jars))


def proved(jar: Jar, path: Path) -> Path:
    """The path, when the file there is the pinned one.

    Raises:
        EmbeddedFailure: `jar-missing` or `jar-differs`.
    """
    try:
        found = sha256_of(path)
    except FileNotFoundError:
        raise EmbeddedFailure("jar-missing", coordinate=jar.coordinate, path=str(path)) from None
    if found != jar.sha256:
        raise EmbeddedFailure(
            "jar-differs", coordinate=jar.coordinate, path=str(path), expected=jar.sha256, found=found
        )
    return path


def sha256_of(path: Path) -> str:
    """A file's SHA-256 in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
