"""The broker's jars: fetched by coordinate with `jgo`, kept in a cache, used only with the pinned SHA-256."""

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import jgo
import platformdirs
import requests
from jgo.maven import MavenContext, PythonResolver

from services.adapters.embedded.failure import EmbeddedFailure

ENDPOINT = "org.apache.kafka:kafka_2.13:4.1.1+org.apache.kafka:kafka-tools:4.1.1"
"""What the manifest is resolved from; `kycuong jars pin` does it again after a change."""
LOG_BINDING = "org.apache.logging.log4j:log4j-slf4j-impl:2.24.3"
"""Without it Kafka's log goes nowhere. Not resolved with the rest: its parent manages versions of Kafka's own jars."""

CACHE_VARIABLE = "KYCUONG_JARS"
REPOSITORY_VARIABLE = "KYCUONG_MAVEN_REPOSITORY"
"""A repository inside the network, for machines that cannot reach Maven Central."""
DOWNLOADS = 8
TRIES = 3

Advance = Callable[[int], None]
"""Told the number of bytes that have just arrived."""


@dataclass(frozen=True, slots=True, order=True)
class Jar:
    """One pinned artifact: `group:artifact:version`, its SHA-256 in hex and its size in bytes."""

    coordinate: str
    sha256: str
    size: int

    @property
    def file_name(self) -> str:
        """Its name in the cache."""
        _, artifact, version = self.coordinate.split(":")
        return f"{artifact}-{version}.jar"


def manifest() -> tuple[Jar, ...]:
    """The pinned jars, in class path order."""
    lines = (files("deploy.broker") / "jars.lock").read_text().splitlines()
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
    with ThreadPoolExecutor(DOWNLOADS) as pool:
        return list(pool.map(lambda jar: _proved(jar, cache / jar.file_name), jars))


def fetch(jars: Sequence[Jar], cache: Path, advance: Advance) -> None:
    """Download what is missing; a jar enters the cache only whole and proved, so a killed download leaves nothing.

    Raises:
        EmbeddedFailure: `jar-not-fetched` (no repository answers) or `jar-differs` (another file came).
    """
    cache.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=cache, prefix=".fetch-") as folder:
        context = _context(Path(folder), advance)
        with ThreadPoolExecutor(DOWNLOADS) as pool:
            for jar, path in zip(jars, pool.map(lambda jar: _download(jar, context), jars), strict=True):
                _proved(jar, path).replace(cache / jar.file_name)


def pin(advance: Advance) -> list[Jar]:
    """Resolve ENDPOINT anew and say what its manifest would be."""
    with tempfile.TemporaryDirectory() as folder:
        context = _context(Path(folder), advance)
        resolved = [f"{one.groupId}:{one.artifactId}:{one.version}" for one in jgo.resolve(ENDPOINT)]
        unpinned = [Jar(coordinate, "", 0) for coordinate in sorted([*resolved, LOG_BINDING])]
        with ThreadPoolExecutor(DOWNLOADS) as pool:
            paths = list(pool.map(lambda jar: _download(jar, context), unpinned))
        return [
            Jar(jar.coordinate, _sha256(path), path.stat().st_size) for jar, path in zip(unpinned, paths, strict=True)
        ]


def _context(folder: Path, advance: Advance) -> MavenContext:
    @contextmanager
    def report(_name: str, _size: int) -> Iterator[Advance]:
        yield advance

    repository = os.environ.get(REPOSITORY_VARIABLE)
    return MavenContext(
        resolver=PythonResolver(progress_callback=report),
        repo_cache=folder,
        remote_repos={"chosen": repository} if repository else None,
    )


def _download(jar: Jar, context: MavenContext) -> Path:
    group, artifact, version = jar.coordinate.split(":")
    wanted = context.project(group, artifact).at_version(version).artifact()
    reason = ""
    for _ in range(TRIES):
        try:
            return wanted.resolve()
        except (requests.RequestException, RuntimeError) as error:  # jgo says "not found" by RuntimeError
            reason = str(error)
            if wanted.cached_path:
                wanted.cached_path.unlink(missing_ok=True)
    raise EmbeddedFailure("jar-not-fetched", coordinate=jar.coordinate, reason=reason[:200])


def _proved(jar: Jar, path: Path) -> Path:
    try:
        found = _sha256(path)
    except FileNotFoundError:
        raise EmbeddedFailure("jar-missing", coordinate=jar.coordinate, path=str(path)) from None
    if found != jar.sha256:
        raise EmbeddedFailure(
            "jar-differs", coordinate=jar.coordinate, path=str(path), expected=jar.sha256, found=found
        )
    return path


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
