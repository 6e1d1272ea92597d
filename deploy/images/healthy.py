"""A container's health check: 0 when the process's probe says that it is ready, or what it still has to do first.

With the word `ready`, 0 only when it is ready. Quick: the standard library alone.
"""

import http.client
import json
import os
import sys

SECONDS = 4.0


def main(arguments: list[str]) -> int:
    """Ask the probe of this container once."""
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ["KYCUONG_PROBE_PORT"]), timeout=SECONDS)
    try:
        connection.request("GET", "/health/ready")
        answer = connection.getresponse()
        said = answer.read()
    except OSError as failure:
        sys.stdout.write(f"{failure}\n")
        return 1
    sys.stdout.write(said.decode(errors="replace"))
    if answer.status == http.client.OK:
        return 0
    # One that learns lives: to restart it would only have it begin again.
    return 1 if "ready" in arguments or not json.loads(said).get("under_way") else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
