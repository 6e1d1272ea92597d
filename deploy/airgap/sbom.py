"""What is in the bundle, as a CycloneDX bill of materials."""

import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from cyclonedx.model import HashAlgorithm, HashType
from cyclonedx.model.bom import Bom
from cyclonedx.model.component import Component, ComponentType
from cyclonedx.output.json import JsonV1Dot6
from packageurl import PackageURL
from packaging.utils import parse_wheel_filename

from deploy.airgap.debian import Package
from services.adapters.embedded.jars import Jar


def bill(version: str, suite: str, packages: Sequence[Package], jars: Sequence[Jar], wheels: Sequence[Path]) -> str:
    """The bill of materials as JSON, the same for the same bundle but for its serial number and time."""
    bom = Bom()
    whole = Component(name="kycuong", version=version, type=ComponentType.APPLICATION, bom_ref="kycuong")
    parts = (*map(_wheel, wheels), *map(_jar, jars), *_debs(suite, packages))
    bom.metadata.component = whole
    bom.components.update(parts)
    bom.register_dependency(whole, parts)
    return str(JsonV1Dot6(bom).output_as_string(indent=1))


def _wheel(path: Path) -> Component:
    name, version, *_ = parse_wheel_filename(path.name)
    return _component(PackageURL("pypi", None, name, str(version)), _sha256(path))


def _jar(jar: Jar) -> Component:
    group, artifact, version = jar.coordinate.split(":")
    return _component(PackageURL("maven", group, artifact, version), jar.sha256)


def _debs(suite: str, packages: Sequence[Package]) -> Iterator[Component]:
    for package in packages:
        qualifiers = {"arch": package.field("Architecture"), "distro": suite}
        url = PackageURL("deb", "debian", package.field("Package"), package.field("Version"), qualifiers)
        yield _component(url, _sha256(package.path))


def _component(url: PackageURL, sha256: str) -> Component:
    return Component(
        name=url.name,
        group=url.namespace,
        version=url.version,
        type=ComponentType.LIBRARY,
        purl=url,
        bom_ref=url.to_string(),
        hashes=[HashType(alg=HashAlgorithm.SHA_256, content=sha256)],
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
