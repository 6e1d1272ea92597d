"""What the store tells Prometheus; contexts are told apart by label, streams and people never appear."""

from prometheus_client import Counter, Gauge, Histogram

APPEND_SECONDS = Histogram(
    "kycuong_append_seconds",
    "From a command's append to its outcome; of the command in each batch that waited longest.",
    ["context"],
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
BATCH_COMMANDS = Histogram(
    "kycuong_append_batch_commands",
    "Commands that shared a transaction.",
    ["context"],
    buckets=(1, 2, 4, 8, 16, 32, 64, 128, 256),
)
OUTCOMES = Counter("kycuong_append_outcomes", "Appends by outcome.", ["context", "outcome"])
POOL_CONNECTIONS = Gauge("kycuong_database_connections", "Connections that the process holds open.", ["context"])
POOL_IDLE = Gauge("kycuong_database_connections_idle", "Connections that nobody uses now.", ["context"])
