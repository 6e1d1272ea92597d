"""Certificates that a deployment begins with: the proxy's own, and those of an authority for its brokers."""

import datetime as dt
from collections.abc import Sequence
from ipaddress import ip_address

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

CERTIFICATE_DAYS = 825
"""The longest that common clients accept."""
AUTHORITY_DAYS = 3_650
"""Of the brokers' own authority, which nobody else trusts."""
BEGINNING = "-----BEGIN CERTIFICATE-----"


def self_signed(hosts: Sequence[str], *, now: dt.datetime) -> str:
    """A private key and a certificate for these names, as one PEM: until the site puts its own in its place."""
    key = ec.generate_private_key(ec.SECP256R1())
    drafted = _drafted(hosts[0], key.public_key(), now=now, days=CERTIFICATE_DAYS)
    drafted = drafted.issuer_name(_named(hosts[0])).add_extension(_alternatives(hosts), critical=False)
    drafted = drafted.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    return _pem(key, drafted.sign(key, hashes.SHA256()))


def authority(name: str, *, now: dt.datetime) -> str:
    """A new authority's private key and certificate, as one PEM."""
    key = ec.generate_private_key(ec.SECP256R1())
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    drafted = _drafted(name, key.public_key(), now=now, days=AUTHORITY_DAYS).issuer_name(_named(name))
    drafted = drafted.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    drafted = drafted.add_extension(_signs_certificates(), critical=True).add_extension(identifier, critical=False)
    return _pem(key, drafted.sign(key, hashes.SHA256()))


def issued(by: str, name: str, hosts: Sequence[str], *, now: dt.datetime) -> str:
    """A private key and a certificate of an authority, as one PEM.

    Args:
        by: the authority's PEM, with its key.
        name: whose it is.
        hosts: names and addresses under which it serves; none for one who only calls.
        now: when it begins to hold.
    """
    key = ec.generate_private_key(ec.SECP256R1())
    signer = serialization.load_pem_private_key(by.encode(), None)
    assert isinstance(signer, ec.EllipticCurvePrivateKey)  # noqa: S101 - `authority` made it
    above = x509.load_pem_x509_certificate(certificate_alone(by).encode())
    drafted = _drafted(name, key.public_key(), now=now, days=CERTIFICATE_DAYS).issuer_name(above.subject)
    drafted = drafted.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key())
    drafted = drafted.add_extension(identifier, critical=False)
    if hosts:
        drafted = drafted.add_extension(_alternatives(hosts), critical=False)
    return _pem(key, drafted.sign(signer, hashes.SHA256()))


def certificate_alone(pem: str) -> str:
    """What others may see of a PEM with a private key."""
    return pem[pem.index(BEGINNING) :]


def _drafted(name: str, key: ec.EllipticCurvePublicKey, *, now: dt.datetime, days: int) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(_named(name))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(days=days))
    )


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _alternatives(hosts: Sequence[str]) -> x509.SubjectAlternativeName:
    return x509.SubjectAlternativeName([_general_name(host) for host in hosts])


def _general_name(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ip_address(host))
    except ValueError:
        return x509.DNSName(host)


def _signs_certificates() -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=False,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=True,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(key: ec.EllipticCurvePrivateKey, certificate: x509.Certificate) -> str:
    plain = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return (plain + certificate.public_bytes(serialization.Encoding.PEM)).decode()
