"""`kycuong init`: what a deployment begins with."""

import datetime as dt
import os
import ssl
import stat
from pathlib import Path

import pytest
import yaml
from cryptography import x509

from services.entrypoints.certificates import self_signed
from services.entrypoints.deployment import AUTHORITY_KEY, BROKERS, GROUP, UNUSED, Choices, NotRoot, lay_out

DEPLOY = Path(__file__).parents[2] / "deploy"
TRIAL = Choices(["kycuong.example", "127.0.0.1"], issuer=None)
CLUSTER = Choices(["kycuong.example"], issuer=None, cluster=True)
NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


@pytest.fixture
def as_root(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, int]]:
    """Whoever runs the tests counts as root; who is given what is noted instead of done."""
    given: list[tuple[Path, int]] = []
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    monkeypatch.setattr(os, "chown", lambda path, _owner, group: given.append((Path(path), group)))
    return given


def test_every_secret_is_readable_by_the_containers_group_alone(
    tmp_path: Path, as_root: list[tuple[Path, int]]
) -> None:
    lay_out(tmp_path, TRIAL)
    secrets = list((tmp_path / "secrets").iterdir())
    assert {stat.S_IMODE(path.stat().st_mode) for path in secrets} == {0o440}
    assert {group for path, group in as_root if path.parent.name == "secrets"} == {GROUP}
    assert stat.S_IMODE((tmp_path / "secrets").stat().st_mode) == 0o700


def test_no_two_secrets_are_the_same_and_unused_ones_are_empty(tmp_path: Path, as_root: list[tuple[Path, int]]) -> None:
    lay_out(tmp_path, TRIAL)
    held = {path.name: path.read_text().strip() for path in (tmp_path / "secrets").iterdir()}
    used = [secret for secret in held.values() if secret]
    assert len(set(used)) == len(used)
    assert {name for name, secret in held.items() if not secret} == set(UNUSED)


def test_no_secret_stands_in_the_settings(tmp_path: Path, as_root: list[tuple[Path, int]]) -> None:
    lay_out(tmp_path, TRIAL)
    settings = (tmp_path / ".env").read_text()
    held = [path.read_text().strip() for path in (tmp_path / "secrets").iterdir()]
    assert [secret for secret in held if secret and secret in settings] == []


def test_a_second_time_changes_nothing(tmp_path: Path, as_root: list[tuple[Path, int]]) -> None:
    assert lay_out(tmp_path, TRIAL)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    assert lay_out(tmp_path, Choices(["other.example"], "https://id.example", publish="8443")) == ()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_with_an_issuer_it_is_production(tmp_path: Path, as_root: list[tuple[Path, int]]) -> None:
    lay_out(tmp_path, Choices(["kycuong.example"], "https://id.example/realms/kycuong"))
    settings = (tmp_path / ".env").read_text().splitlines()
    assert "KYCUONG_ENVIRONMENT=production" in settings
    assert "KYCUONG_ISSUER=https://id.example/realms/kycuong" in settings


def test_somebody_else_than_root_is_refused_before_anything_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(NotRoot):
        lay_out(tmp_path, TRIAL)
    assert list(tmp_path.iterdir()) == []


def test_the_first_certificate_is_for_the_names_and_addresses_of_the_site(tmp_path: Path) -> None:
    pem = tmp_path / "both.pem"
    pem.write_text(self_signed(["kycuong.example", "10.1.2.3"], now=NOW))
    ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(pem)
    names = x509.load_pem_x509_certificate(pem.read_bytes()[pem.read_bytes().index(b"-----BEGIN CERT") :])
    found = names.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert found.get_values_for_type(x509.DNSName) == ["kycuong.example"]
    assert [str(address) for address in found.get_values_for_type(x509.IPAddress)] == ["10.1.2.3"]


# -- a cluster's brokers ---------------------------------------------------------------------------------------------


def certificate(pem: bytes) -> x509.Certificate:
    return x509.load_pem_x509_certificate(pem[pem.index(b"-----BEGIN CERT") :])


def test_each_broker_has_a_certificate_of_the_authority_for_its_own_name(
    tmp_path: Path, as_root: list[tuple[Path, int]]
) -> None:
    lay_out(tmp_path, CLUSTER)
    kept = tmp_path / "secrets"
    above = certificate((kept / "kafka-authority").read_bytes())
    for secret, host in BROKERS.items():
        own = certificate((kept / secret).read_bytes())
        own.verify_directly_issued_by(above)
        names = own.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
        assert names.get_values_for_type(x509.DNSName) == [host]


def test_no_container_is_given_the_key_of_the_authority(tmp_path: Path, as_root: list[tuple[Path, int]]) -> None:
    lay_out(tmp_path, CLUSTER)
    assert "PRIVATE KEY" in (tmp_path / "secrets" / AUTHORITY_KEY).read_text()
    assert "PRIVATE KEY" not in (tmp_path / "secrets" / "kafka-authority").read_text()
    files = [DEPLOY / "compose.yaml", DEPLOY / "compose.cluster.yaml"]
    assert AUTHORITY_KEY not in {name for file in files for name in yaml.safe_load(file.read_text())["secrets"]}


def test_every_secret_that_the_cluster_asks_for_is_made(tmp_path: Path, as_root: list[tuple[Path, int]]) -> None:
    lay_out(tmp_path, CLUSTER)
    asked = set(yaml.safe_load((DEPLOY / "compose.cluster.yaml").read_text())["secrets"])
    made = {path.name for path in (tmp_path / "secrets").iterdir()}
    assert asked == {name for name in made if name.startswith("kafka-")} - {AUTHORITY_KEY}


def test_a_certificate_that_was_removed_is_made_anew_and_the_others_stay(
    tmp_path: Path, as_root: list[tuple[Path, int]]
) -> None:
    lay_out(tmp_path, CLUSTER)
    before = {path.name: path.read_bytes() for path in (tmp_path / "secrets").iterdir()}
    (tmp_path / "secrets" / "kafka-broker-2").unlink()
    assert lay_out(tmp_path, TRIAL) == ("kafka-broker-2",)
    after = {path.name: path.read_bytes() for path in (tmp_path / "secrets").iterdir()}
    assert {name for name in after if after[name] != before[name]} == {"kafka-broker-2"}


def test_one_broker_does_not_become_three_by_asking_again(tmp_path: Path, as_root: list[tuple[Path, int]]) -> None:
    lay_out(tmp_path, TRIAL)
    assert lay_out(tmp_path, CLUSTER) == ()
