"""What the notifier tells Prometheus. Confidential cases are in none of these numbers (domain.md)."""

from prometheus_client import Counter, Gauge, Histogram

FIRED = Counter("kycuong_alerts_fired", "What was due and was done, by what it did.", ["kind"])
ROUND_SECONDS = Histogram(
    "kycuong_clock_round_seconds",
    "A round of the clock that had something to do.",
    buckets=(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
DUE = Gauge("kycuong_alerts_due", "What is due and not done yet.")
WAITING = Gauge(
    "kycuong_alerts_waiting_for_watermark", "What is due, but not everything recorded before it has arrived."
)
APPLIED_LAG = Gauge(
    "kycuong_notifier_applied_lag_seconds", "How far what has been applied lies behind the suite's time; -1 before any."
)
STANDS_STILL = Gauge("kycuong_notifier_stands_still", "1 while the watchdog says so of the subject.", ["subject"])
DELIVERIES = Counter("kycuong_deliveries", "Attempts at deliveries, by outcome.", ["channel", "outcome"])
UNDELIVERED = Gauge("kycuong_deliveries_waiting", "Deliveries that still wait for a courier.", ["channel"])
