"""What is sealed opens only with its own key, under its own id; the wrapping key can change."""

import base64
import os
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.adapters.registry.crypto import (
    Unreadable,
    WrappedKey,
    WrappingKeyInvalid,
    WrappingKeys,
    new_data_key,
    new_salt,
    proof,
    seal,
    unseal,
)

ID = UUID("8c0b4b7e-3a3b-4b57-8d9a-0d6b8a6f2a11")
OTHER = UUID("8c0b4b7e-3a3b-4b57-8d9a-0d6b8a6f2a12")


def written_key() -> str:
    return base64.b64encode(os.urandom(32)).decode()


@given(content=st.binary(max_size=500))
def test_what_was_sealed_is_unsealed(content: bytes) -> None:
    key = new_data_key()
    assert unseal(key, "document", ID, 3, seal(key, "document", ID, 3, content)) == content


@given(place=st.integers(min_value=0), bit=st.integers(0, 7))
def test_any_changed_bit_is_noticed(place: int, bit: int) -> None:
    key = new_data_key()
    sealed = bytearray(seal(key, "person", ID, 1, b"Nguy\xe1\xbb\x85n"))
    sealed[place % len(sealed)] ^= 1 << bit
    with pytest.raises(Unreadable):
        unseal(key, "person", ID, 1, bytes(sealed))


def test_a_content_opens_only_where_it_stands() -> None:
    """Somebody who can write to the table cannot pass one document off as another, or as another version."""
    key = new_data_key()
    sealed = seal(key, "document", ID, 1, b"text")
    for kind, id_, version in (("person", ID, 1), ("document", OTHER, 1), ("document", ID, 2)):
        with pytest.raises(Unreadable):
            unseal(key, kind, id_, version, sealed)  # type: ignore[arg-type]  # kinds from a tuple


def test_the_same_content_is_never_sealed_alike() -> None:
    key = new_data_key()
    assert seal(key, "document", ID, 1, b"text") != seal(key, "document", ID, 1, b"text")


def test_an_earlier_wrapping_key_opens_what_it_wrapped_and_the_current_takes_it_over() -> None:
    old, new = written_key(), written_key()
    data_key = new_data_key()
    before = WrappingKeys(old).wrap(data_key)
    both = WrappingKeys(new, [old])
    after = both.rewrap(before)
    assert both.unwrap(before) == data_key
    assert WrappingKeys(new).unwrap(after) == data_key
    assert after.wrapping_key == WrappingKeys(new).current


def test_a_wrapping_key_that_is_not_here_opens_nothing() -> None:
    wrapped = WrappingKeys(written_key()).wrap(new_data_key())
    with pytest.raises(Unreadable):
        WrappingKeys(written_key()).unwrap(wrapped)


def test_a_tampered_data_key_is_noticed() -> None:
    keys = WrappingKeys(written_key())
    wrapped = keys.wrap(new_data_key())
    with pytest.raises(Unreadable):
        keys.unwrap(WrappedKey(wrapped.wrapping_key, bytes([wrapped.wrapped[0] ^ 1]) + wrapped.wrapped[1:]))


@pytest.mark.parametrize("written", ["", "not base64!", base64.b64encode(b"short").decode()])
def test_a_secret_file_without_32_bytes_is_refused(written: str) -> None:
    with pytest.raises(WrappingKeyInvalid):
        WrappingKeys(written)


def test_the_proof_depends_on_salt_and_text() -> None:
    salt = new_salt()
    proofs = {proof(salt, b"a"), proof(salt, b"b"), proof(new_salt(), b"a")}
    assert len(proofs) == 3
    assert proof(salt, b"a") in proofs
