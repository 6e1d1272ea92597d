"""A broker that asks who comes, set up as those of deploy/compose.cluster.yaml are, on this machine alone."""

import datetime as dt
import re
from pathlib import Path

import yaml
from kafka import KafkaAdminClient
from kafka.errors import KafkaError

from services.adapters.embedded.kafka import Kafka
from services.adapters.embedded.ports import LOOPBACK, accepts, free_port
from services.adapters.kafka.brokers import Brokers, Certificate
from services.entrypoints.certificates import authority, certificate_alone, issued

COMPOSE = Path(__file__).parents[2] / "deploy" / "compose.cluster.yaml"
OF_SEVERAL = re.compile("HEAP_OPTS|QUORUM|REPLICATION_FACTOR|MIN_ISR|MIN_INSYNC|SSL_.*STORE_LOCATION")
"""What only three brokers can have, what lies elsewhere, and what is Java's."""


def property_of(variable: str) -> str:
    """The broker's property behind a variable, as the image reads it: `_` is a dot, `___` a hyphen."""
    return variable.removeprefix("KAFKA_").lower().replace("___", "-").replace("_", ".")


def shared_properties() -> dict[str, str]:
    """What the cluster's brokers are told beyond deploy/broker."""
    told: dict[str, str] = yaml.safe_load(COMPOSE.read_text())["x-guarded"]
    return {property_of(name): value for name, value in told.items() if not OF_SEVERAL.search(name)}


class GuardedKafka(Kafka):
    """Reached by logins at `port`, by certificates at `internal_port`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "broker")
        self.internal_port = free_port()
        self.secrets = folder / "secrets"
        self.secrets.mkdir()
        now = dt.datetime.now(dt.UTC)
        self.authority = authority("brokers of a test", now=now)
        self._keep("kafka-authority", certificate_alone(self.authority))
        self._keep("kafka-broker", issued(self.authority, "kycuong-broker", [LOOPBACK], now=now))
        self._keep("kafka-access", issued(self.authority, "kycuong-access", [], now=now))

    @property
    def internal(self) -> str:
        """Where those come who have a certificate."""
        return f"{LOOPBACK}:{self.internal_port}"

    @property
    def certified(self) -> Brokers:
        """The broker for whoever gives access."""
        return Brokers(self.internal, Certificate(self.secrets / "kafka-access", self.secrets / "kafka-authority"))

    def ready(self) -> bool:
        """Whether it answers requests now."""
        if not self.alive or not accepts(self.port) or not accepts(self.internal_port):
            return False
        try:
            KafkaAdminClient(**self.certified.options(), request_timeout_ms=2_000).close()
        except KafkaError:
            return False
        return True

    def _keep(self, name: str, pem: str) -> None:
        (self.secrets / name).write_text(pem)

    def _write_properties(self, topics: Path) -> Path:
        path = super()._write_properties(topics)
        own = {
            **shared_properties(),
            "listeners": f"SUITE://{self.bootstrap},INTERNAL://{self.internal},"
            f"CONTROLLER://{LOOPBACK}:{self.controller_port}",
            "advertised.listeners": f"SUITE://{self.bootstrap},INTERNAL://{self.internal}",
            "ssl.keystore.location": self.secrets / "kafka-broker",
            "ssl.truststore.location": self.secrets / "kafka-authority",
        }
        with path.open("a") as file:
            file.writelines(f"{name}={value}\n" for name, value in own.items())
        return path
