"""A whole deployment on the Docker engine of this machine, from images of this source."""

import os
import secrets
import subprocess
import sys
from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from pytest_docker.plugin import Services, get_docker_services

from services.adapters.embedded.ports import free_port
from services.entrypoints.deployment import CLUSTER
from services.entrypoints.settings import Settings
from tests.compose import engine
from tests.compose.deployment import Deployment, Operator

IMAGES = "KYCUONG_IMAGES"
"""`present`: the images were built from this source just before."""
LINES = 60
"""Of each container's log that a failure shows."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Function, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show with a failure what the containers said last: they are gone when somebody asks."""
    report = yield
    suite = item.funcargs.get("deployment")
    if report.failed and call.when == "call" and isinstance(suite, Deployment):
        for container in suite.all():
            said = engine.docker("logs", f"--tail={LINES}", container)
            report.sections.append((engine.inspect(container, "{{.Name}}"), said.stdout + said.stderr))
    return report


@pytest.fixture(scope="session")
def images() -> None:
    """The images of this source: by the air-gapped path on Debian as root, by `compose build` elsewhere."""
    if os.environ.get(IMAGES) == "present":
        return
    if os.geteuid() == 0 and Path("/etc/debian_version").exists():
        bundle = engine.ROOT / "build" / "airgap" / "bundle"
        subprocess.run([sys.executable, "-m", "deploy.airgap.gather", bundle], cwd=engine.ROOT, check=True)
        subprocess.run([bundle / "build"], check=True)
    else:
        command = [*engine.compose().split(), "--file", str(engine.ROOT / "deploy" / "compose.yaml"), "build"]
        subprocess.run(command, env={**os.environ, "KYCUONG_CLUSTER_ID": "unused"}, check=True)


@pytest.fixture(scope="module")
def operator(images: None, request: pytest.FixtureRequest) -> Iterator[Operator]:
    """Who has made a deployment by `kycuong init`: for a trial, with a clock that may be moved.

    A module's `INIT` holds what else it is told; where it has `NOT_ROOT`, that is not whoever runs the tests.
    """
    with TemporaryDirectory(prefix="kycuong-deployment-") as folder:
        apart = getattr(request.module, "NOT_ROOT", False)
        who = Operator.apart(Path(folder)) if apart else Operator(Path(folder))
        names = ("--publish", f"127.0.0.1:{free_port()}", "--host", "localhost", "--host", "127.0.0.1")
        who.did("init", "--trial", "--demo-clock", *names, *getattr(request.module, "INIT", ()), seconds=120)
        settings = who.home / ".env"
        project = f"COMPOSE_PROJECT_NAME=kycuong-test-{secrets.token_hex(3)}\n"
        settings.write_text(settings.read_text().replace("COMPOSE_PROJECT_NAME=kycuong\n", project))
        yield who


@pytest.fixture(scope="module")
def docker_services(operator: Operator) -> Iterator[Services]:
    """pytest-docker's own, for this deployment; what is started is removed also when it does not get far."""
    home = operator.home
    files = f'KYCUONG_SECRETS_FOLDER="{home}/secrets" KYCUONG_BACKUPS_FOLDER="{home}/backups"'
    command = f'{files} {engine.compose()} --project-directory "{operator.deploy}" --env-file "{home}/.env"'
    files_read = [str(path) for path in operator.files]
    clean = ["down --volumes --remove-orphans --timeout 5"]
    try:
        with get_docker_services(command, files_read, project_of(home), ["up -d"], clean) as services:
            yield services
    except BaseException:
        with (
            suppress(Exception),  # the first failure is the one to be told
            get_docker_services(command, files_read, project_of(home), [], clean),
        ):
            raise
        raise


@pytest.fixture(scope="module")
def deployment(operator: Operator, docker_services: Services) -> Iterator[Deployment]:
    """The deployment, healthy, with the sample province in it."""
    home = operator.home
    port = docker_services.port_for("proxy", 8443)
    settings = Settings(secrets=home / "secrets", kafka="broker:9092")
    if CLUSTER in (home / ".env").read_text():
        settings = Settings(secrets=home / "secrets", kafka="broker:9092,broker-2:9092", kafka_login="operator")
    suite = Deployment(home, None, settings, f"https://localhost:{port}", operator=operator, project=project_of(home))  # type: ignore[arg-type]  # no supervisor: Docker is it
    suite.wait_healthy()
    suite.kycuong("start")
    yield suite
    suite.client.close()


def project_of(home: Path) -> str:
    """The project's name in a deployment's settings."""
    lines = (home / ".env").read_text().splitlines()
    return next(line.partition("=")[2] for line in lines if line.startswith("COMPOSE_PROJECT_NAME="))
