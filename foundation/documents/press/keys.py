"""The center's seal: a P-256 key, its certificate, and the authority that vouches for it, as PEM files in one folder.

The folder belongs to the installation and is never part of the project or of a backup of its data (promise E7).
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

KEY_FILE, CERTIFICATE_FILE = "seal.key.pem", "seal.pem"
AUTHORITY_KEY_FILE, AUTHORITY_FILE = "authority.key.pem", "authority.pem"
AUTHORITY_YEARS, SEAL_YEARS = 10, 3
CLOCK_SLACK = timedelta(days=1)


class SealUnusable(Exception):
    """The folder holds no seal that may be used; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What signs: the key never shows in a log. `authority` may be empty when the certificate is self-standing."""

    key: ec.EllipticCurvePrivateKey = field(repr=False)
    certificate: x509.Certificate
    authority: tuple[x509.Certificate, ...]

    @property
    def fingerprint(self) -> str:
        """Hex SHA-256 of the certificate, as `SignatureFacts.signer_sha256` reports it."""
        return self.certificate.fingerprint(hashes.SHA256()).hex()

    def valid_at(self, moment: datetime) -> bool:
        return self.certificate.not_valid_before_utc <= moment <= self.certificate.not_valid_after_utc


def create_demo_seal(folder: Path, name: str, at: datetime) -> Seal:
    """A new authority and a seal it vouches for, valid from `at`; raises SealUnusable when the folder is not empty.

    For demonstrations only: nobody outside trusts this authority. `name` is who signs, e.g. the head of the center.
    The folder appears complete or not at all.
    """
    authority_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    authority = _authority(authority_key, at)
    certificate = _seal_certificate(key, name, authority, authority_key, at)
    folder.parent.mkdir(parents=True, exist_ok=True)
    half = Path(tempfile.mkdtemp(prefix=".seal-", dir=folder.parent))
    _keep(half / AUTHORITY_KEY_FILE, _private(authority_key))
    _keep(half / AUTHORITY_FILE, authority.public_bytes(Encoding.PEM))
    _keep(half / CERTIFICATE_FILE, certificate.public_bytes(Encoding.PEM))
    _keep(half / KEY_FILE, _private(key))
    try:
        half.rename(folder)
    except OSError as failure:
        shutil.rmtree(half)
        raise SealUnusable(f"no seal was made: the folder {folder.name} is not empty") from failure
    return Seal(key, certificate, (authority,))


def load_seal(folder: Path) -> Seal:
    """The seal in a folder; raises SealUnusable when it is missing, open to others, or its parts do not match."""
    key_file = folder / KEY_FILE
    try:
        if key_file.stat().st_mode & 0o077:
            raise SealUnusable(f"{KEY_FILE} must be readable by its owner only")
        key = load_pem_private_key(key_file.read_bytes(), password=None)
        certificate = x509.load_pem_x509_certificate((folder / CERTIFICATE_FILE).read_bytes())
        authority = folder / AUTHORITY_FILE
        chain = x509.load_pem_x509_certificates(authority.read_bytes()) if authority.exists() else []
    except (OSError, ValueError) as failure:
        raise SealUnusable(f"the seal in {folder.name} cannot be read: {failure}") from failure
    if not isinstance(key, ec.EllipticCurvePrivateKey) or key.public_key() != certificate.public_key():
        raise SealUnusable(f"{KEY_FILE} is no elliptic-curve key of {CERTIFICATE_FILE}")
    return Seal(key, certificate, tuple(chain))


def _authority(key: ec.EllipticCurvePrivateKey, at: datetime) -> x509.Certificate:
    name = _name("이음 시연용 인증기관")
    years = timedelta(days=365 * AUTHORITY_YEARS)
    return (
        _certificate(name, name, key.public_key(), at, years)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(key, hashes.SHA256())
    )


def _seal_certificate(
    key: ec.EllipticCurvePrivateKey,
    name: str,
    authority: x509.Certificate,
    authority_key: ec.EllipticCurvePrivateKey,
    at: datetime,
) -> x509.Certificate:
    issuer = x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key())
    return (
        _certificate(_name(name), authority.subject, key.public_key(), at, timedelta(days=365 * SEAL_YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(issuer, critical=False)
        .sign(authority_key, hashes.SHA256())
    )


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, at: datetime, lasts: timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - CLOCK_SLACK)
        .not_valid_after(at + lasts)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(**granted: bool) -> x509.KeyUsage:
    make: Callable[..., x509.KeyUsage] = x509.KeyUsage
    every = (
        "digital_signature",
        "content_commitment",
        "key_encipherment",
        "data_encipherment",
        "key_agreement",
        "key_cert_sign",
        "crl_sign",
        "encipher_only",
        "decipher_only",
    )
    return make(**{use: granted.get(use, False) for use in every})


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "KR"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name[:64]),
        ]
    )


def _private(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _keep(path: Path, content: bytes) -> None:
    """Write a new file that only its owner may read."""
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
