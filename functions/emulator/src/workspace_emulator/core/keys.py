"""The one key that signs here, for every service account and for Google itself; and what shows who signed."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from google.auth import crypt, jwt


@cache
def generated_key() -> str:
    """Return one RSA key for the whole process: making one takes longer than most tests."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ).decode()


def signed(private: str, claims: Mapping[str, Any]) -> str:
    """Return a JSON web token."""
    return str(jwt.encode(_signer(private), dict(claims)).decode())


def signature(private: str, content: bytes) -> bytes:
    return bytes(_signer(private).sign(content))


def claims_of(private: str, token: str, audience: str | list[str] | None = None) -> Mapping[str, Any]:
    """Return what a token says that was signed with the key.

    Raises:
        ValueError: It wasn't, or it is out of date, or meant for somebody else.
    """
    claims: Mapping[str, Any] = jwt.decode(
        token, certs={key_id(private): _public(private)}, audience=audience
    )
    return claims


@cache
def key_id(private: str) -> str:
    return sha256(_public(private)).hexdigest()[:40]


@cache
def certificate(private: str) -> str:
    """Return an X.509 certificate of the key, as ``oauth2/v1/certs`` gives it."""
    key = _loaded(private)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "workspace-emulator")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC))
        .not_valid_after(datetime(2100, 1, 1, tzinfo=UTC))
        .sign(key, hashes.SHA256())
    )
    return made.public_bytes(serialization.Encoding.PEM).decode()


def web_key(private: str) -> dict[str, str]:
    """Return the key as ``oauth2/v3/certs`` gives it (RFC 7517)."""
    numbers = _loaded(private).public_key().public_numbers()
    shown = {"kid": key_id(private), "kty": "RSA", "alg": "RS256", "use": "sig"}
    return {**shown, "n": _in_base64(numbers.n), "e": _in_base64(numbers.e)}


def _in_base64(number: int) -> str:
    content = number.to_bytes((number.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def _loaded(private: str) -> rsa.RSAPrivateKey:
    key = serialization.load_pem_private_key(private.encode(), password=None)
    assert isinstance(key, rsa.RSAPrivateKey)
    return key


@cache
def _public(private: str) -> bytes:
    return (
        _loaded(private)
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


@cache
def _signer(private: str) -> Any:
    """Return what signs with a key; reading the key takes longer than signing."""
    return crypt.RSASigner.from_string(private, key_id(private))
