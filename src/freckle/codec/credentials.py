"""Content Credentials: say in a signed manifest what was done to a photo (C2PA 2.2).

The extra `signing` brings the library; certificate and key are the user's own.
"""

import importlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from freckle.codec import gain_map
from freckle.codec.files import read_file
from freckle.errors import OutputError, Refusal
from freckle.photo import Format

MEDIA: Final[Mapping[Format, str]] = {
    "jpeg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "tiff": "image/tiff",
    "avif": "image/avif",
    "heic": "image/heic",
}
PARENT: Final = "original"
SETTINGS: Final = {"builder": {"thumbnail": {"enabled": False}}}
"""No small copy of the photo as it was before the retouch."""
CURVES: Final = {"secp256r1": b"es256", "secp384r1": b"es384", "secp521r1": b"es512"}


@dataclass(frozen=True, slots=True)
class Signing:
    """A certificate with those that vouch for it (PEM, its own first), and its private key."""

    chain: bytes
    key: bytes

    @classmethod
    def of(cls, chain: Path, key: Path) -> "Signing":
        """Read both files. Raises `OutputError` for what is no certificate, or no key."""
        _library()
        try:
            found = cls(read_file(chain), read_file(key))
        except Refusal as error:
            raise OutputError(error.message, error.remedy) from error
        if b"-----BEGIN CERTIFICATE-----" not in found.chain:
            raise OutputError(f"{chain.name!r} holds no certificate.", "Give it as PEM.")
        _algorithm(found.key)
        return found

    @property
    def name(self) -> str:
        """Who the certificate says signs: a name, or an organization.

        Raises `OutputError` for what is no certificate.
        """
        x509 = importlib.import_module("cryptography.x509")
        try:
            subject = x509.load_pem_x509_certificate(self.chain).subject
        except ValueError as error:
            raise OutputError("The certificate cannot be read.", "Give it as PEM.") from error
        oid = x509.NameOID
        for kind in (oid.COMMON_NAME, oid.ORGANIZATION_NAME):
            for each in subject.get_attributes_for_oid(kind):
                return str(each.value)
        return str(subject.rfc4514_string())


@dataclass(frozen=True, slots=True)
class Story:
    """What a manifest tells."""

    title: str
    original: bytes | None
    """The file that was retouched, if it is there; its own manifest comes along."""
    original_format: Format
    panels: Mapping[str, Sequence[str]]
    """Tools that worked, by panel."""
    version: str

    @property
    def parent(self) -> bytes | None:
        """The original, where it is of a kind that can be told of."""
        return self.original if self.original_format in MEDIA else None


def signed(data: bytes, target: Format, story: Story, signing: Signing) -> bytes:
    """Return a file with its manifest. Raises `OutputError` where it cannot be signed."""
    done = _signed(data, target, story, signing)
    if target != "jpeg":
        return done
    # a gain map lies behind the picture that the manifest makes longer, and an index says where
    longer = gain_map.lengthened(data, len(done) - len(data))
    return done if longer is None else _signed(longer, target, story, signing)


def _signed(data: bytes, target: Format, story: Story, signing: Signing) -> bytes:
    c2pa = _library()
    if target not in MEDIA:
        raise OutputError(
            f"{target.upper()} files cannot be signed.",
            f"Choose one of: {', '.join(MEDIA)}.",
        )
    out = io.BytesIO()
    info = c2pa.C2paSignerInfo(_algorithm(signing.key), signing.chain, signing.key, None)
    try:
        settings = c2pa.Settings.from_dict(SETTINGS)
        context = c2pa.Context(settings)
        with c2pa.Builder(json.dumps(_manifest(target, story)), context) as builder:
            if story.parent is not None:
                parent = {"title": story.title, "relationship": "parentOf", "label": PARENT}
                media = MEDIA[story.original_format]
                builder.add_ingredient(json.dumps(parent), media, io.BytesIO(story.parent))
            with c2pa.Signer.from_info(info) as signer:
                builder.sign(signer, MEDIA[target], io.BytesIO(data), out)
    except c2pa.C2paError as error:
        raise OutputError(
            f"The file cannot be signed ({str(error)[:120]}).",
            "Check the certificate: it must allow signing of documents and fit the key.",
        ) from error
    return out.getvalue()


def _manifest(target: Format, story: Story) -> dict[str, Any]:
    actions: list[dict[str, Any]] = []
    if story.parent is not None:
        actions.append({"action": "c2pa.opened", "parameters": {"ingredientIds": [PARENT]}})
    for panel, tools in story.panels.items():
        actions.append(
            {
                "action": "c2pa.edited",
                "description": f"{panel}: {', '.join(tools)}",
            }
        )
    return {
        "claim_generator_info": [{"name": "freckle", "version": story.version}],
        "title": story.title,
        "format": MEDIA[target],
        "assertions": [{"label": "c2pa.actions.v2", "data": {"actions": actions}}],
    }


def _algorithm(key: bytes) -> bytes:
    """Name the kind of a private key. Raises `OutputError` for what is none."""
    load = importlib.import_module("cryptography.hazmat.primitives.serialization")
    try:
        found = load.load_pem_private_key(key, None)
    except (ValueError, TypeError) as error:
        raise OutputError(
            "The key cannot be read.", "Give it as PEM without a password."
        ) from error
    curve = getattr(getattr(found, "curve", None), "name", None)
    if curve in CURVES:
        return CURVES[curve]
    return b"ps256" if hasattr(found, "key_size") else b"ed25519"


def _library() -> Any:  # the package is optional: it has no types to name here
    try:
        return importlib.import_module("c2pa")
    except ImportError as error:
        raise OutputError(
            "Signing needs the optional part 'signing'.",
            "Install it with: pip install 'freckle[signing]'.",
        ) from error
