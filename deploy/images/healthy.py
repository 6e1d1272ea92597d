"""A container's health check: 0 when the process's probe says that it is ready. Quick: the standard library alone."""

import http.client
import os
import sys

SECONDS = 4.0


def main() -> int:
    """Ask the probe of this container once."""
    connection = http.client.HTTPConnection("127.0.0.1", int(os.environ["KYCUONG_PROBE_PORT"]), timeout=SECONDS)
    try:
        connection.request("GET", "/health/ready")
        answer = connection.getresponse()
        sys.stdout.write(answer.read().decode(errors="replace"))
    except OSError as failure:
        sys.stdout.write(f"{failure}\n")
        return 1
    return 0 if answer.status == http.client.OK else 1


if __name__ == "__main__":
    sys.exit(main())
