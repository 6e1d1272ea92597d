"""The suite's image: what it says of itself, and what it does not hold. And the bundle that it was made of."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.compose import engine

pytestmark = [pytest.mark.timeout(900), pytest.mark.xdist_group("compose"), pytest.mark.usefixtures("images")]

IMAGE = "kycuong:0.1.0"
LISTED = "import importlib.metadata as m; print(*{one.metadata['Name'] for one in m.distributions()})"
TOOLS = ("pip", "pip3", "uv", "gcc", "cc", "c++", "cpp", "ld", "as", "make", "git", "curl", "wget")


def inside(*command: str) -> str:
    """What a program prints in a container of the image."""
    started = ("run", "--rm", "--network=none", "--read-only", f"--entrypoint={command[0]}", IMAGE)
    return engine.docker(*started, *command[1:]).stdout


def there() -> set[str]:
    """Every image of the engine, which lists those of one second in any order."""
    return set(engine.docker("images", "--quiet", "--no-trunc").stdout.split())


def test_the_image_says_what_it_is_and_what_of() -> None:
    described = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=engine.ROOT, check=True, capture_output=True, text=True
    )
    labels = {
        name: engine.docker(
            "inspect", "--format", f'{{{{index .Config.Labels "org.opencontainers.image.{name}"}}}}', IMAGE
        ).stdout.strip()
        for name in ("title", "description", "licenses", "version", "revision", "created")
    }
    assert labels["title"] == "Kỷ Cương"
    assert labels["licenses"] == "Apache-2.0"
    assert labels["version"] == IMAGE.partition(":")[2]
    assert described.stdout.strip() == labels["revision"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", labels["created"])


def test_the_image_has_the_locked_packages_and_no_others() -> None:
    lock = (engine.ROOT / "requirements" / "runtime.txt").read_text()
    pinned = [Requirement(line) for line in re.findall(r"^([\w.-]+==[^\\\n]*)", lock, re.MULTILINE)]
    there = {canonicalize_name(name) for name in inside("python", "-c", LISTED).split()} - {"kycuong"}
    assert there <= {canonicalize_name(one.name) for one in pinned}
    assert there >= {canonicalize_name(one.name) for one in pinned if one.marker is None}


def test_the_image_has_nothing_to_build_or_to_fetch_with() -> None:
    asked = "; ".join(f"command -v {tool}" for tool in TOOLS)
    assert inside("sh", "-c", f"{asked}; /usr/bin/env python3 -c 'import pip' 2>/dev/null && echo pip; true") == ""


def test_no_package_is_there_that_debian_sorts_under_development() -> None:
    sections = inside("dpkg-query", "--show", "--showformat=${Section} ${Package}\n").splitlines()
    assert [line for line in sections if line.split()[0].rpartition("/")[2] in {"devel", "libdevel", "vcs"}] == []


def test_every_byte_of_an_image_is_one_that_its_container_sees() -> None:
    """No layer keeps what a later one took away or made anew. What is there the other tests name."""
    ours = engine.docker("images", "--filter=label=kycuong.made-of", "--format={{.Repository}}:{{.Tag}}").stdout.split()
    for image in {IMAGE, *ours} - {"<none>:<none>"}:
        size = int(engine.docker("image", "inspect", "--format={{.Size}}", image).stdout)
        asked = ("--rm", "--network=none", "--read-only", "--user=0:0", "--entrypoint=du", image)
        seen = int(engine.docker("run", *asked, "--bytes", "--summarize", "--one-file-system", "/").stdout.split()[0])
        assert size <= seen, image


def test_a_bundle_that_was_changed_on_the_way_makes_no_image(tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    for name in ("debian/suite", "source/REVISION"):
        (bundle / name).parent.mkdir(parents=True)
        (bundle / name).write_text("as it was\n")
    shutil.copy2(engine.ROOT / "deploy" / "airgap" / "build", bundle)
    names = [str(path.relative_to(bundle)) for path in bundle.rglob("*") if path.is_file()]
    sums = subprocess.run(["sha256sum", *names], cwd=bundle, check=True, capture_output=True)
    (bundle / "SHA256SUMS").write_bytes(sums.stdout)
    (bundle / "source" / "REVISION").write_text("changed\n")

    before = there()
    done = subprocess.run([bundle / "build"], capture_output=True, text=True, check=False)
    assert done.returncode != 0
    assert "source/REVISION: FAILED" in done.stdout + done.stderr
    assert there() == before
