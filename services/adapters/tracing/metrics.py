"""What a process tells Prometheus of its spans."""

from prometheus_client import Counter

SPANS = Counter(
    "kycuong_spans", "Spans that ended, by what became of them: sent, failed (not taken), dropped.", ["outcome"]
)
