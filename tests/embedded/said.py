"""A process that says what it was started with."""

import os
import sys
import time

if "sleep" in sys.argv:
    time.sleep(600)
own_group = os.getpgid(0) == os.getpid()
sys.stdout.write(f"{sys.argv[1:]} {sorted(os.environ)} {'alone' if own_group else 'in company'}\n")
sys.exit(5)
