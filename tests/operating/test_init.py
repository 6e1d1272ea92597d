"""`kycuong init`: what a deployment begins with."""

import datetime as dt
import os
import ssl
import stat
from pathlib import Path

import pytest
from cryptography import x509

from services.entrypoints.deployment import GROUP, UNUSED, Choices, NotRoot, lay_out, self_signed

TRIAL = Choices(["kycuong.example", "127.0.0.1"], issuer=None)
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
