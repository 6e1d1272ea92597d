"""`python -m services.entrypoints.api`: the API's process."""

import uvloop

from services.entrypoints import logging, tracing
from services.entrypoints.api.process import run
from services.entrypoints.settings import Settings


def main() -> None:
    """Run the process."""
    settings = Settings()
    logging.configure(settings)
    with tracing.sent(settings):
        uvloop.run(run(settings))


if __name__ == "__main__":
    main()
