"""The processes of the suite, as data: what `kycuong up` starts, and what a container image is run as."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Process:
    """A process: `python -m MODULE ARGUMENT…`, with its settings in `KYCUONG_…` variables.

    One that does not need the broker is started while the broker still starts.
    """

    name: str
    module: str
    arguments: tuple[str, ...] = ()
    needs_broker: bool = True
    after: str | None = None
    """The process that has to be ready first; heard of errands."""


PRELOAD = ("services.entrypoints.preloaded",)
"""What the fork server imports before it forks them."""

PROCESSES = (
    Process("registry", "services.entrypoints.registry", needs_broker=False),
    Process("api", "services.entrypoints.api", needs_broker=False),
    Process("relay", "services.entrypoints.relay"),
    Process("worker-inspection", "services.entrypoints.worker", ("inspection",)),
    Process("worker-discipline", "services.entrypoints.worker", ("discipline",)),
    Process("worker-notifier", "services.entrypoints.worker", ("notifier",)),
    Process("clock", "services.entrypoints.clock", needs_broker=False),
    Process("courier", "services.entrypoints.courier", needs_broker=False),
)

MIGRATE = Process("migrate", "services.entrypoints.migrate", needs_broker=False)
"""Run once before the others; it makes logins and schemas and brings them up to date."""

TOPICS = Process("topics", "services.entrypoints.topics")
"""Run once before whoever needs the broker; it makes the topics that are missing."""

SAMPLE = Process("sample", "services.entrypoints.sample", after="registry")
"""Run once, beside the start of whoever needs the broker, where a sample province is asked for; it does nothing that is
done already."""
