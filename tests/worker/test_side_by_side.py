"""A worker with a fold that the one beside it, of the release before, does not know: it misses nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from services.adapters.embedded.ports import free_port
from services.adapters.kafka.handling import Handling
from services.adapters.kafka.parking import Tables
from services.adapters.kafka.retrying import Retrying
from services.adapters.kafka.topics import create_topics
from services.entrypoints.status import is_ready
from tests.kafka.conftest import eventually
from tests.kafka.processes import Processes, processes
from tests.worker import counting, hearing
from tests.worker.counting import NOTHING, OWN, SHARED, TOPIC, Finding, again
from tests.worker.hearing import POINTS, heard
from tests.worker.test_worker import has_seen, publish

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from services.adapters.postgres.store import PostgresStore
    from tests.parts import Broker, Database

OLD, NEW = "tests.worker.process", "tests.worker.hearing"
KILLED = -9


class Upgrade:
    """Findings that flow while workers come and go."""

    def __init__(self, suite: Processes) -> None:
        self.suite = suite
        self.findings = [Finding() for _ in range(20)]
        self.sent = 0

    def more(self) -> None:
        """An event of each finding."""
        publish(self.suite.broker, [[(finding, NOTHING) for finding in self.findings]])
        self.sent += len(self.findings)

    def taken(self) -> None:
        """Somebody has handled everything."""
        eventually(lambda: has_seen(self.suite.database, self.sent))

    def said(self, event: str) -> int:
        """How often the newer worker has said that."""
        log = self.suite.folder / "hearing.log"
        return log.read_text().count(event) if log.exists() else 0

    def everything_heard(self) -> None:
        """Each event of each finding once, in its order."""
        wanted = {finding.stream: (finding.version, finding.version) for finding in self.findings}
        eventually(lambda: heard(self.suite.database) == wanted)


@pytest.fixture
def upgrade(database: Database, broker: Broker, tmp_path: Path) -> Iterator[Upgrade]:
    """An older release has worked for a while."""
    create_topics(broker.brokers, prefix=broker.prefix, partitions=4, replication=1)
    database.execute(counting.SEEN)
    database.execute(hearing.HEARD)
    with processes(database, broker, tmp_path) as suite:
        yield Upgrade(suite)


def test_what_the_old_one_takes_after_the_lesson_is_heard(upgrade: Upgrade, tmp_path: Path) -> None:
    suite, hold, probe = upgrade.suite, tmp_path / "hold", free_port()
    old = suite.start(OLD, process="old")
    upgrade.more()
    upgrade.taken()
    new = suite.start(NEW, process="new", HOLD=str(hold), probe_port=str(probe))
    eventually(lambda: upgrade.said("lesson_learned") > 0)
    upgrade.more()
    upgrade.taken()
    hold.touch()
    eventually(lambda: is_ready(probe))
    upgrade.more()
    upgrade.taken()
    assert suite.stop(old) == 0

    upgrade.everything_heard()
    assert suite.stop(new) == 0


def test_killed_between_any_two_steps_of_its_lesson_it_misses_nothing(upgrade: Upgrade) -> None:
    suite = upgrade.suite
    old = suite.start(OLD, process="old")
    upgrade.more()
    upgrade.taken()
    for point in POINTS:
        assert suite.ended(suite.start(NEW, process="new", CRASH_POINT=point, CRASH_CHANCE="1")) == KILLED, point
        upgrade.more()
        upgrade.taken()
    joined = upgrade.said("worker_assigned")
    new = suite.start(NEW, process="new", CRASH_POINT="before_ack", CRASH_CHANCE="1")
    eventually(lambda: upgrade.said("worker_assigned") > joined)
    upgrade.more()
    assert suite.ended(new) == KILLED
    upgrade.taken()
    new = suite.start(NEW, process="new")
    assert suite.stop(old) == 0
    upgrade.more()

    upgrade.everything_heard()
    assert suite.stop(new) == 0


@pytest.fixture
async def hearer(store: PostgresStore, database: Database) -> Handling:
    """Handles messages as the newer worker does."""
    database.execute(hearing.HEARD)
    return Handling(store, hearing.SPEC, Tables("discipline-worker"), first_pause=0.0)


@pytest.mark.parametrize("broken", [(), (SHARED,)], ids=["together", "one by one"])
async def test_what_the_old_one_took_and_did_not_acknowledge_is_heard_before_what_follows(
    handling: Handling, hearer: Handling, database: Database, broken: Sequence[str]
) -> None:
    finding, other = Finding(), Finding()
    taken = [finding.next(), finding.next()]
    await handling.carry_out(taken)

    counting.BROKEN.update(dict.fromkeys(broken, "effect"))  # another finding's fault, which sets the batch apart
    third = finding.next()
    batch = [*map(again, taken), third, again(third), finding.next(), again(third), other.next(SHARED)]
    await hearer.carry_out(batch)

    assert heard(database)[finding.stream] == (4, 4)


async def test_what_the_new_one_parks_is_not_handled_by_the_old_one(
    handling: Handling, hearer: Handling, database: Database
) -> None:
    finding = Finding()
    counting.BROKEN[OWN] = "effect"
    message = finding.next()
    await hearer.carry_out([message])
    counting.BROKEN.clear()

    elsewhere = [(TOPIC, message.partition + 1)]
    assert await Retrying(handling, pauses=(0.0,), held=lambda: elsewhere).run_due() == 0
    assert await Retrying(hearer, pauses=(0.0,), held=lambda: [(TOPIC, message.partition)]).run_due() == 1

    assert heard(database) == {finding.stream: (1, 1)}
