"""A process like the suite's own, but tiny: settings, a probe, a metric, an orderly end."""

import signal
import sys
from threading import Event

from prometheus_client import Counter

from services.entrypoints.probe import Probe
from services.entrypoints.settings import Settings

if "once" in sys.argv:
    sys.stdout.write("migrated\n")
    sys.exit(3 if "fails" in sys.argv else 0)

settings = Settings()
asked = Event()
signal.signal(signal.SIGTERM, lambda *_: asked.set())
Counter("stand_in_starts", "Starts.").inc()
with Probe(lambda: {"itself": "unready" not in sys.argv}, host=settings.probe_host, port=settings.probe_port):
    asked.wait()
    if "stubborn" in sys.argv:
        Event().wait()
    sys.stdout.write("finished\n")
