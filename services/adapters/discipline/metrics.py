"""What the clock of consultations tells Prometheus; no consultation appears in it."""

from prometheus_client import Gauge

SET_ASIDE = Gauge(
    "kycuong_consultations_set_aside", "Consultations that are due and fail, which this process tries again later."
)
