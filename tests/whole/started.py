"""A suite as `kycuong up --sample --demo-clock` starts it, with settings that it has no option for.

`python -m tests.whole.started DATA READY_FILE SETTINGS`, the settings as a JSON object of names without prefix.
"""

import json
import sys
from pathlib import Path

from services.entrypoints import logging
from services.entrypoints.processes import SAMPLE
from services.entrypoints.settings import Settings
from services.entrypoints.suite import Plan
from services.entrypoints.up import run

if __name__ == "__main__":
    data, ready, settings = sys.argv[1:]
    logging.configure(Settings(environment="development", process="supervisor", log_level="info"))
    plan = Plan(
        data=Path(data),
        port=0,
        demo_clock=True,
        ready_file=Path(ready),
        settings=json.loads(settings),
        errands=(SAMPLE,),
    )
    run(plan, on_ready=lambda *_: None)
