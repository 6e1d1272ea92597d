"""Fixtures for everybody: PostgreSQL and Kafka are real, started once for the run (`tests/servers.py`)."""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, is_hypothesis_test, settings

from services.adapters.embedded.kafka import Kafka
from services.adapters.embedded.postgres import Postgres
from tests import servers
from tests.compose.selection import Selection
from tests.parts import Broker, Database, Databases
from tests.servers import SharedServers

HERE = Path(__file__).parent
LONGEST = (
    "compose/test_deployment.py",
    "compose/test_cluster.py",
    "whole/test_chaos.py",
    "worker/test_worker.py",
    "whole/test_outage.py",
    "whole/test_succession.py",
    "whole/test_readme.py",
    "identity/test_keycloak.py",
    "embedded/test_suite.py",
    "api/test_process.py",
    "api/test_access.py",
    "embedded/test_kafka.py",
    "kafka/test_relay_crashes.py",
    "kafka/test_relay.py",
    "api/test_review_before_board.py",
)
"""Begun first, so that no process is left with one of them when the others have nothing more to do."""
SHARED = pytest.StashKey[SharedServers]()
WORDS = "servers"

SHRUNK_IN = 600
"""Seconds for a test that draws its examples. One that failed is shrunk for up to five minutes, and cut off before
that, it would report a strategy that behaves differently each time instead of what it has found."""

settings.register_profile(
    "suite",
    deadline=None,  # a slow machine is no failure
    # Before Python 3.12 an explanation is drawn from a trace of every line, which makes shrinking ten times slower.
    phases=[phase for phase in Phase if phase is not Phase.explain],
)
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """Start the servers where this process hands the tests out to others; learn of them where it is one of those."""
    config.pluginmanager.register(Selection())
    for name in ("COLUMNS", "LINES"):  # readline, which pytest-xdist imports, writes the terminal's size there for good
        os.environ.pop(name, None)
    if told := getattr(config, "workerinput", {}).get(WORDS):
        config.stash[SHARED] = SharedServers.told(told)
    elif config.getoption("numprocesses", None) and not config.option.collectonly:
        config.stash[SHARED] = shared = SharedServers.new()
        config.add_cleanup(shared.stop)
        shared.start()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first, and leave tests that draw their examples the time to say what they found."""
    rank = {HERE / name: number for number, name in enumerate(LONGEST)}
    items.sort(key=lambda item: rank.get(item.path, len(rank)))
    for item in items:
        if _draws(item) and item.get_closest_marker("timeout") is None:
            item.add_marker(pytest.mark.timeout(SHRUNK_IN))


def _draws(item: pytest.Item) -> bool:
    """Whether Hypothesis draws its examples."""
    return isinstance(item, pytest.Function) and is_hypothesis_test(item.obj)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """pytest-xdist: tell a process that is to run tests where the servers are."""
    node.workerinput[WORDS] = node.config.stash[SHARED].words


@pytest.fixture(scope="session")
def shared_servers(pytestconfig: pytest.Config) -> SharedServers | None:
    """The servers that another process started for several; None where this one runs all tests."""
    return pytestconfig.stash.get(SHARED, None)


@pytest.fixture(scope="session")
def runtime_folder() -> Iterator[Path]:
    """A folder for servers' data, which the database's system user can reach (pytest's own are closed to it)."""
    with servers.runtime_folder() as folder:
        yield folder


@pytest.fixture(scope="session")
def databases(shared_servers: SharedServers | None, runtime_folder: Path) -> Iterator[Databases]:
    """Databases of the run's PostgreSQL by the piece, for tests that need several."""
    if shared_servers is not None:
        yield shared_servers.databases()
        return
    password = secrets.token_urlsafe(24)
    with Postgres(runtime_folder / "database", password=password, settings=servers.QUICK) as server:
        yield servers.templated(server, servers.new_passwords())


@pytest.fixture
def database(databases: Databases) -> Iterator[Database]:
    """A fresh, migrated database for this test."""
    with databases.fresh() as fresh:
        yield fresh


@pytest.fixture(scope="module")
def module_database(databases: Databases) -> Iterator[Database]:
    """A fresh, migrated database for this module, where rebuilding for each test would only cost time."""
    with databases.fresh() as fresh:
        yield fresh


@pytest.fixture(scope="session")
def kafka_server(shared_servers: SharedServers | None, runtime_folder: Path) -> Iterator[Kafka]:
    """The Kafka of the run."""
    if shared_servers is not None:
        yield shared_servers.broker()
        return
    servers.fetch_jars()
    with Kafka(runtime_folder / "broker") as server:
        yield server


@pytest.fixture
def broker(kafka_server: Kafka) -> Broker:
    """The broker, with a topic prefix of this test's own."""
    return Broker(kafka_server)


@pytest.fixture(scope="module")
def module_broker(kafka_server: Kafka) -> Broker:
    """The broker, with a topic prefix of this module's own."""
    return Broker(kafka_server)
