"""The bundle for data centres without internet: what it says of itself."""

import hashlib
import json
from pathlib import Path

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator

from deploy.airgap.debian import Package, write_index
from deploy.airgap.sbom import bill
from services.adapters.embedded.jars import manifest

SUITE = "bookworm"
DESCRIBED = "Package: haproxy\nVersion: 2.6.12-1\nArchitecture: amd64\n"


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def deb(folder: Path) -> Package:
    """A package's file in the pool of a repository in this folder."""
    path = folder / "pool" / "haproxy_2.6.12-1_amd64.deb"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"of Debian")
    return Package(path, DESCRIBED)


def test_the_bill_of_materials_names_each_wheel_jar_and_package_with_its_hash(tmp_path: Path) -> None:
    wheel = tmp_path / "some_part-1.0-py3-none-any.whl"
    wheel.write_bytes(b"a wheel")
    package, jars = deb(tmp_path), manifest()
    said = bill("1a2b3c", SUITE, [package], jars, [wheel])

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(said) is None
    listed = json.loads(said)
    assert listed["metadata"]["component"]["version"] == "1a2b3c"
    hashes = {one["purl"].partition("?")[0]: one["hashes"][0]["content"] for one in listed["components"]}
    assert hashes.pop("pkg:pypi/some-part@1.0") == sha256(wheel)
    assert hashes.pop("pkg:deb/debian/haproxy@2.6.12-1") == sha256(package.path)
    assert sorted(hashes.values()) == sorted(jar.sha256 for jar in jars)


def test_debootstrap_is_told_of_each_package_where_it_lies_and_by_which_hash(tmp_path: Path) -> None:
    package = deb(tmp_path)
    write_index(tmp_path, SUITE, [package])
    [index] = tmp_path.glob(f"dists/{SUITE}/main/binary-*/Packages")
    assert index.read_text() == (
        f"{DESCRIBED}Filename: pool/{package.path.name}\nSize: {package.path.stat().st_size}\n"
        f"SHA256: {sha256(package.path)}\n\n"
    )
    release = (tmp_path / "dists" / SUITE / "Release").read_text()
    assert f" {sha256(index)} {index.stat().st_size} {index.relative_to(tmp_path / 'dists' / SUITE)}" in release
