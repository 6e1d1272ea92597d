"""The Docker engine of this machine, and how compose is called on it."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
REQUIRED = "KYCUONG_COMPOSE"
"""`required`: a machine without an engine fails the run instead of leaving these tests out."""


@cache
def answers() -> bool:
    """Whether an engine and a compose command are there."""
    return shutil.which("docker") is not None and docker("info", check=False).returncode == 0 and bool(compose())


def required() -> bool:
    """Whether these tests must run."""
    return os.environ.get(REQUIRED) == "required"


@cache
def compose() -> str:
    """`docker compose` or `docker-compose`, whichever is there; empty where neither is."""
    if docker("compose", "version", check=False).returncode == 0:
        return "docker compose"
    return "docker-compose" if shutil.which("docker-compose") else ""


def group() -> int:
    """Whoever belongs to it may use the engine."""
    return Path(os.environ.get("DOCKER_HOST", "unix:///var/run/docker.sock").removeprefix("unix://")).stat().st_gid


def docker(
    *arguments: str, check: bool = True, stdin: str | None = None, seconds: float = 300
) -> subprocess.CompletedProcess[str]:
    """Run a docker command."""
    done = subprocess.run(
        ["docker", *arguments], capture_output=True, text=True, input=stdin, timeout=seconds, check=False
    )
    if check and done.returncode != 0:
        raise AssertionError(f"docker {' '.join(arguments)}: {done.stdout}\n{done.stderr}")
    return done


def inspect(container: str, template: str) -> str:
    """A field of a container."""
    return docker("inspect", "--format", template, container).stdout.strip()


def containers(project: str, service: str | None = None) -> Sequence[str]:
    """Ids of a project's containers that run, of one service or of all."""
    filters = [f"--filter=label=com.docker.compose.project={project}"]
    if service is not None:
        filters.append(f"--filter=label=com.docker.compose.service={service}")
    return docker("ps", "--quiet", *filters).stdout.split()


def address(container: str, network: str) -> str:
    """A container's address on a network."""
    return inspect(container, f'{{{{(index .NetworkSettings.Networks "{network}").IPAddress}}}}')
