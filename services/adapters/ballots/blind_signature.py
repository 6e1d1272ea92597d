"""RSA blind signatures: RSABSSA-SHA384-PSS-Randomized of RFC 9474.

The server signs what it cannot read: for every request and every token there is exactly one blinding factor that
leads from one to the other, so the roll fits each ballot in the box equally well, whatever was recorded on the way and
however much somebody computes. The voter's half is here too; `kycuong ballot` runs it on the voter's computer.

`cryptography` has no raw RSA operation; arithmetic on integers is Python's own. Python's `pow` takes a time that
depends on its operands, so the signer blinds what it is asked to sign a second time.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import math
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa

KEY_BITS = 2048
"""A key lives for one vote, and only forging a paper while the roll is open would need it broken. That nobody can tell
who cast which ballot does not rest on it."""
EXPONENT = 65537
TOKEN_BYTES = 32
_PREFIX_BYTES = 32
"""RFC 9474, section 4.1: with a random prefix a key that was chosen badly on purpose gives no message away."""
PREPARED_BYTES = _PREFIX_BYTES + TOKEN_BYTES
_SALT_BYTES = 48
_HASH = hashlib.sha384
_PSS = padding.PSS(mgf=padding.MGF1(hashes.SHA384()), salt_length=_SALT_BYTES)


class Unreadable(ValueError):
    """What was sent is no key, request, token or signature of this scheme."""


@dataclass(frozen=True, slots=True)
class Request:
    """A voter's request. All but `blinded` stays with him."""

    prepared: bytes
    """The token with its prefix: what is put into the box."""
    blinded: bytes
    """What is sent under his name."""
    inverse: int
    """Undoes the blinding; whoever has it besides him can join the two."""


# -- keys -------------------------------------------------------------------------------------------------------------


def new_key() -> rsa.RSAPrivateKey:
    """A key for one ballot; takes a good part of a second."""
    return rsa.generate_private_key(EXPONENT, KEY_BITS)


def written(key: rsa.RSAPublicKey) -> str:
    """A public key as the ballot's event has it."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return encoded(key.public_bytes(serialization.Encoding.DER, form))


def read(key: str) -> rsa.RSAPublicKey:
    """A public key from its written form.

    Raises:
        Unreadable: it is none, or one under which a blinding would hide nothing or a signature be worth nothing.
    """
    try:
        public = serialization.load_der_public_key(decoded(key))
    except ValueError:
        raise Unreadable("no public key") from None
    if not isinstance(public, rsa.RSAPublicKey) or public.key_size != KEY_BITS or _numbers(public).e != EXPONENT:
        raise Unreadable("not an RSA key of this scheme")
    return public


def fingerprint(key: str) -> str:
    """Of a written public key, short enough to be read out: 80 bits of its SHA-256."""
    digest = hashlib.sha256(decoded(key)).hexdigest()
    return " ".join(digest[place : place + 4] for place in range(0, 20, 4))


def encoded(value: bytes) -> str:
    """Base64url without padding, as everything of a ballot is written."""
    return base64.urlsafe_b64encode(value).decode().rstrip("=")


def decoded(text: str) -> bytes:
    """The bytes. Raises `Unreadable`."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise Unreadable("not base64url") from None


# -- the voter --------------------------------------------------------------------------------------------------------


def request(key: rsa.RSAPublicKey) -> Request:
    """Make a token that nobody else knows, and blind it."""
    return blind(key, secrets.token_bytes(PREPARED_BYTES), secrets.token_bytes(_SALT_BYTES))


def blind(key: rsa.RSAPublicKey, prepared: bytes, salt: bytes, factor: int | None = None) -> Request:
    """RFC 9474, section 4.2. `salt` and `factor` are random; tests give those of the RFC."""
    n, e = _numbers(key).n, _numbers(key).e
    message = int.from_bytes(_encode(prepared, salt, n.bit_length() - 1))
    if math.gcd(message, n) != 1:
        raise Unreadable("a message that shares a factor with the key")  # as likely as guessing the private key
    r = factor or _unit(n)
    blinded = message * pow(r, e, n) % n
    return Request(prepared, blinded.to_bytes(_size(n)), pow(r, -1, n))


def finalize(key: rsa.RSAPublicKey, asked: Request, blind_signature: bytes) -> bytes:
    """The signature over the token (section 4.4).

    Raises:
        Unreadable: what came back is no signature over this request.
    """
    n = _numbers(key).n
    if len(blind_signature) != _size(n):
        raise Unreadable("a signature of another length")
    signature = (int.from_bytes(blind_signature) * asked.inverse % n).to_bytes(_size(n))
    if not verifies(key, asked.prepared, signature):
        raise Unreadable("not a signature over this request")
    return signature


# -- the signer -------------------------------------------------------------------------------------------------------


def sign(key: rsa.RSAPrivateKey, blinded: bytes) -> bytes:
    """Sign what cannot be read (section 4.3); the same request gives the same signature.

    Raises:
        Unreadable: it is no request under this key.
    """
    private = key.private_numbers()
    n, e = private.public_numbers.n, private.public_numbers.e
    asked = int.from_bytes(blinded)
    if len(blinded) != _size(n) or not 0 < asked < n or math.gcd(asked, n) != 1:
        raise Unreadable("no request under this key")
    mask = _unit(n)
    signed = pow(asked * pow(mask, e, n) % n, private.d, n) * pow(mask, -1, n) % n
    if pow(signed, e, n) != asked:
        raise ArithmeticError("a signature that does not verify would give the key away")
    return signed.to_bytes(_size(n))


def verifies(key: rsa.RSAPublicKey, prepared: bytes, signature: bytes) -> bool:
    """Whether somebody on the roll was given this token's signature; who, nobody can tell (section 4.5)."""
    try:
        key.verify(signature, prepared, _PSS, hashes.SHA384())
    except InvalidSignature:
        return False
    return True


# -- EMSA-PSS (RFC 8017, section 9.1.1) --------------------------------------------------------------------------------


def _encode(message: bytes, salt: bytes, bits: int) -> bytes:
    size = -(-bits // 8)
    digest = _HASH(bytes(8) + _HASH(message).digest() + salt).digest()
    block = bytes(size - len(salt) - len(digest) - 2) + b"\x01" + salt
    masked = bytearray(a ^ b for a, b in zip(block, _mask(digest, len(block)), strict=True))
    masked[0] &= 0xFF >> (8 * size - bits)
    return bytes(masked) + digest + b"\xbc"


def _mask(seed: bytes, length: int) -> bytes:
    blocks = -(-length // _HASH().digest_size)
    return b"".join(_HASH(seed + number.to_bytes(4)).digest() for number in range(blocks))[:length]


def _numbers(key: rsa.RSAPublicKey) -> rsa.RSAPublicNumbers:
    return key.public_numbers()


def _size(n: int) -> int:
    return -(-n.bit_length() // 8)


def _unit(n: int) -> int:
    """A random number that has an inverse; one that has none would factor the key, which nobody will ever see."""
    return secrets.randbelow(n - 1) + 1
