"""Fetching the broker's jars with `jgo`, which needs neither Maven nor a Java of its own."""

import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import jgo
import requests
from jgo.maven import MavenContext, PythonResolver

from services.adapters.embedded.failure import EmbeddedFailure
from services.adapters.embedded.jars import Jar, proved, sha256_of

ENDPOINT = "org.apache.kafka:kafka_2.13:4.1.1+org.apache.kafka:kafka-tools:4.1.1"
"""What the manifest is resolved from; `kycuong jars pin` does it again after a change."""
LOG_BINDING = "org.apache.logging.log4j:log4j-slf4j-impl:2.24.3"
"""Without it Kafka's log goes nowhere. Not resolved with the rest: its parent manages versions of Kafka's own jars."""
REPOSITORY_VARIABLE = "KYCUONG_MAVEN_REPOSITORY"
"""A repository inside the network, for machines that cannot reach Maven Central."""
DOWNLOADS = 8
TRIES = 3

Advance = Callable[[int], None]
"""Told the number of bytes that have just arrived."""


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
                proved(jar, path).replace(cache / jar.file_name)


def pin(advance: Advance) -> list[Jar]:
    """Resolve ENDPOINT anew and say what its manifest would be."""
    with tempfile.TemporaryDirectory() as folder:
        context = _context(Path(folder), advance)
        resolved = [f"{one.groupId}:{one.artifactId}:{one.version}" for one in jgo.resolve(ENDPOINT)]
        unpinned = [Jar(coordinate, "", 0) for coordinate in sorted([*resolved, LOG_BINDING])]
        with ThreadPoolExecutor(DOWNLOADS) as pool:
            paths = list(pool.map(lambda jar: _download(jar, context), unpinned))
        return [
            Jar(jar.coordinate, sha256_of(path), path.stat().st_size) for jar, path in zip(unpinned, paths, strict=True)
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
    group, artifact, packaging, version = jar.parts
    wanted = context.project(group, artifact).at_version(version).artifact(packaging=packaging)
    reason = ""
    for _ in range(TRIES):
        try:
            return wanted.resolve()
        except (requests.RequestException, RuntimeError) as error:  # jgo says "not found" by RuntimeError
            reason = str(error)
            if wanted.cached_path:
                wanted.cached_path.unlink(missing_ok=True)
    raise EmbeddedFailure("jar-not-fetched", coordinate=jar.coordinate, reason=reason[:200])
