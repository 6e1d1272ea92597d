"""What relays and workers tell Prometheus; contexts are told apart by label, streams, keys and people never appear."""

from prometheus_client import Counter, Gauge, Histogram

RELAY_PUBLISHED = Counter(
    "kycuong_relay_published", "Positions of the store that the broker has acknowledged.", ["context"]
)
RELAY_LAG = Gauge("kycuong_relay_lag_events", "Events stored and not yet acknowledged by the broker.", ["context"])
RELAY_BEHIND = Gauge(
    "kycuong_relay_behind_seconds", "How long the relay has not caught up with its store.", ["context"]
)
RELAY_LEADS = Gauge(
    "kycuong_relay_leads", "1 where this process is the context's relay, 0 while it stands by.", ["context"]
)
RELAY_FAILURES = Counter("kycuong_relay_failures", "Times that the relay had to begin anew.", ["context"])
WATERMARK = Gauge(
    "kycuong_relay_watermark_seconds", "The last promised moment, in domain time since 1970.", ["context"]
)
CHECKPOINTS = Counter("kycuong_relay_checkpoints", "Checkpoints published.", ["context"])

WORKER_BATCH = Histogram(
    "kycuong_worker_batch_messages",
    "Messages that shared a transaction.",
    ["context"],
    buckets=(1, 2, 5, 10, 20, 50, 100, 200, 500, 1000),
)
WORKER_SECONDS = Histogram(
    "kycuong_worker_batch_seconds",
    "From taking a batch to its commit.",
    ["context"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10),
)
WORKER_MESSAGES = Counter("kycuong_worker_messages", "Messages by what became of them.", ["context", "outcome"])
WORKER_REDONE = Counter(
    "kycuong_worker_batches_redone", "Batches that were tried again, by cause.", ["context", "cause"]
)
CONSUMER_LAG = Gauge("kycuong_consumer_lag_messages", "Messages not yet applied.", ["context", "topic", "partition"])
PARKED = Gauge("kycuong_parked_messages", "Parked messages by state.", ["context", "state"])
