"""`make airgap`: gathers wheels, jars, Debian packages and the source into one bundle, on a connected Debian machine.

Run again it downloads only what is missing. What is in the bundle is proved here, by apt's signatures, the locks'
hashes and the jars' manifest; `SHA256SUMS` carries that proof to the place where the images are built.
"""

import argparse
import hashlib
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from deploy.airgap import debian, sbom, wheels
from services.adapters.embedded import jars, maven
from services.adapters.embedded.failure import EmbeddedFailure
from services.adapters.embedded.jars import Jar

ROOT = Path(__file__).parents[2]


def gather(bundle: Path) -> Path:
    """Fill the bundle's folder, and return the one file that is carried into the data centre."""
    bundle.mkdir(parents=True, exist_ok=True)
    suite = debian.codename()
    with ThreadPoolExecutor(1) as beside:  # each waits for the network
        _say("Jars, Debian packages, wheels")
        manifest = beside.submit(_jars, bundle / "jars")
        packages = debian.gather(bundle / "debian", bundle.parent / "archives")
        debian.write_index(bundle / "debian", suite, packages)
        (bundle / "debian" / "suite").write_text(suite + "\n")
        wheels.gather(ROOT / "requirements", bundle / "wheels", bundle / "locks", debian.python_version(packages))
    _say("Source")
    version = _source(bundle / "source")
    named = sorted((bundle / "wheels").glob("*.whl"))
    (bundle / "sbom.cdx.json").write_text(sbom.bill(version, suite, packages, manifest.result(), named))
    shutil.copy2(ROOT / "deploy" / "airgap" / "build", bundle / "build")
    _checksums(bundle)
    return _packed(bundle, version)


def _jars(folder: Path) -> Sequence[Jar]:
    """Fetch the jars that are missing, prove all, and return the manifest."""
    manifest = jars.manifest()
    maven.fetch(jars.missing(manifest, folder), folder, advance=lambda _: None)
    jars.class_path(manifest, folder)
    return manifest


def _source(folder: Path) -> str:
    """Copy what git knows, and return the version."""
    shutil.rmtree(folder, ignore_errors=True)
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True).stdout
    for name in filter(None, os.fsdecode(listed).split("\0")):
        if (ROOT / name).exists():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, check=True, capture_output=True, text=True
    )
    (folder / "REVISION").write_text(described.stdout)
    return described.stdout.strip()


def _checksums(bundle: Path) -> None:
    files = sorted(path for path in bundle.rglob("*") if path.is_file() and path.name != "SHA256SUMS")
    lines = []
    for path in files:
        with path.open("rb") as file:
            lines.append(f"{hashlib.file_digest(file, 'sha256').hexdigest()}  {path.relative_to(bundle)}\n")
    (bundle / "SHA256SUMS").write_text("".join(lines))


def _packed(bundle: Path, version: str) -> Path:
    archive = bundle.with_name(f"kycuong-{version}-{platform.machine()}.tar")
    subprocess.run(["tar", "--create", f"--file={archive}", f"--directory={bundle.parent}", bundle.name], check=True)
    return archive


def _say(what: str) -> None:
    sys.stdout.write(f"{what} …\n")
    sys.stdout.flush()


def main() -> None:
    """Gather into the folder that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("bundle", type=Path, help="folder of the bundle")
    try:
        archive = gather(parser.parse_args().bundle.resolve())
    except debian.NoDebian as other:
        sys.exit(f"The bundle holds Debian packages and is gathered on Debian 12 or newer; this is {other}.")
    except subprocess.CalledProcessError as failure:
        sys.exit(f"{failure.cmd[0]} ended with {failure.returncode}; its own words stand above. Run it again: what is "
                 "there is not downloaded twice.")  # fmt: skip
    except EmbeddedFailure as failure:
        sys.exit(f"A jar could not be had: {failure.facts}")
    sys.stdout.write(f"Carry {archive} to the other side, unpack it there, and run the bundle's own ./build.\n")


if __name__ == "__main__":
    main()
