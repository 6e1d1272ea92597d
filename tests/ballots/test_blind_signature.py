"""Blind signatures as RFC 9474 says, and blind: every request fits every token."""

import json
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from services.adapters.ballots import blind_signature as scheme
from services.adapters.ballots.blind_signature import Unreadable

VECTOR = json.loads((Path(__file__).parent / "rfc9474.json").read_text(encoding="utf-8"))
NUMBER = {name: int(VECTOR[name], 16) for name in ("p", "q", "n", "e", "d", "inv")}
BYTES = {name: bytes.fromhex(VECTOR[name]) for name in ("input_msg", "salt", "blinded_msg", "blind_sig", "sig")}


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return scheme.new_key()


def keys_of_the_rfc() -> rsa.RSAPrivateKey:
    p, q, d, n = (NUMBER[name] for name in ("p", "q", "d", "n"))
    public = rsa.RSAPublicNumbers(NUMBER["e"], n)
    return rsa.RSAPrivateNumbers(p, q, d, d % (p - 1), d % (q - 1), pow(q, -1, p), public).private_key()


def test_every_step_gives_what_the_rfc_prints() -> None:
    """RFC 9474, appendix A.1."""
    private = keys_of_the_rfc()
    public = private.public_key()

    asked = scheme.blind(public, BYTES["input_msg"], BYTES["salt"], pow(NUMBER["inv"], -1, NUMBER["n"]))
    assert asked.blinded == BYTES["blinded_msg"]
    assert scheme.sign(private, asked.blinded) == BYTES["blind_sig"]
    assert scheme.finalize(public, asked, BYTES["blind_sig"]) == BYTES["sig"]
    assert scheme.verifies(public, BYTES["input_msg"], BYTES["sig"])


def test_a_paper_is_good_for_its_token_under_its_key_alone(key: rsa.RSAPrivateKey) -> None:
    public = key.public_key()
    asked, other = scheme.request(public), scheme.request(public)
    signature = scheme.finalize(public, asked, scheme.sign(key, asked.blinded))

    assert scheme.verifies(public, asked.prepared, signature)
    assert not scheme.verifies(public, other.prepared, signature)
    assert not scheme.verifies(scheme.new_key().public_key(), asked.prepared, signature)


def test_the_same_request_gets_the_same_signature(key: rsa.RSAPrivateKey) -> None:
    asked = scheme.request(key.public_key())

    assert scheme.sign(key, asked.blinded) == scheme.sign(key, asked.blinded)


def test_every_request_on_the_roll_fits_every_ballot_in_the_box(key: rsa.RSAPrivateKey) -> None:
    """Whoever has the private key, all requests and all papers still finds a blinding factor for every pair."""
    public, n, d = key.public_key(), key.public_key().public_numbers().n, key.private_numbers().d
    asked = [scheme.request(public) for _ in range(3)]
    papers = [(one.prepared, scheme.finalize(public, one, scheme.sign(key, one.blinded))) for one in asked]

    for one in asked:
        for prepared, signature in papers:
            factor = pow(int.from_bytes(one.blinded), d, n) * pow(int.from_bytes(signature), -1, n) % n
            fitting = scheme.Request(prepared, one.blinded, pow(factor, -1, n))
            assert scheme.finalize(public, fitting, scheme.sign(key, one.blinded)) == signature


def test_a_voter_notices_a_signature_that_is_none(key: rsa.RSAPrivateKey) -> None:
    public = key.public_key()
    asked, other = scheme.request(public), scheme.request(public)

    for wrong in (scheme.sign(key, other.blinded), b"short", scheme.sign(scheme.new_key(), bytes(255) + b"\x02")):
        with pytest.raises(Unreadable):
            scheme.finalize(public, asked, wrong)


@pytest.mark.parametrize("request_", [b"", bytes(256), b"\xff" * 256, b"\x01" * 255])
def test_nothing_is_signed_that_is_no_request(request_: bytes, key: rsa.RSAPrivateKey) -> None:
    with pytest.raises(Unreadable):
        scheme.sign(key, request_)


def test_a_voter_takes_no_key_under_which_a_blinding_would_hide_nothing(key: rsa.RSAPrivateKey) -> None:
    curve = ec.generate_private_key(ec.SECP256R1()).public_key()
    n = key.public_key().public_numbers().n
    exponent_three = rsa.RSAPublicNumbers(3, n).public_key()

    assert scheme.read(scheme.written(key.public_key())).public_numbers().n == n
    spoilt = [scheme.written(exponent_three), "AQAB", "?", ""]
    spoilt.append(scheme.encoded(curve.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)))
    for wrong in spoilt:
        with pytest.raises(Unreadable):
            scheme.read(wrong)
