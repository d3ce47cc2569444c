"""A certificate to sign files with, made for a test run and by nobody known."""

import datetime as dt
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from freckle.codec.credentials import Signing

PEM = serialization.Encoding.PEM


def certificate(subject: str, key: Any, issuer: str, by: Any) -> Any:
    """Return a certificate of a key; one by itself may vouch for others."""
    now, own = dt.datetime.now(dt.UTC), key is by
    names = [
        x509.Name([x509.NameAttribute(x509.NameOID.ORGANIZATION_NAME, each)])
        for each in (subject, issuer)
    ]
    made = (
        x509.CertificateBuilder(*reversed(names), key.public_key(), x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=9))
        .add_extension(x509.BasicConstraints(own, None), True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), False)
        .add_extension(
            x509.KeyUsage(not own, False, False, False, False, own, own, False, False), True
        )
    )
    if not own:
        mail = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.EMAIL_PROTECTION])
        made = made.add_extension(mail, False)
    return made.sign(by, hashes.SHA256())


def made(folder: Path) -> tuple[Path, Path]:
    """Write a chain and its key into a folder; return both paths. Anna signs."""
    root, own = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
    chain = [certificate("Anna", own, "Root", root), certificate("Root", root, "Root", root)]
    paths = folder / "chain.pem", folder / "key.pem"
    paths[0].write_bytes(b"".join(each.public_bytes(PEM) for each in chain))
    kind = serialization.PrivateFormat.PKCS8
    paths[1].write_bytes(own.private_bytes(PEM, kind, serialization.NoEncryption()))
    return paths


def signing_of(folder: Path) -> Signing | None:
    """Return Anna as a server signs; None where the library for it is not installed."""
    return Signing.of(*made(folder)) if find_spec("c2pa") else None
