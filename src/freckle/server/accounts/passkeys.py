"""Routes: passkeys (WebAuthn level 3), as a way in of their own: the device asks who it is."""

import base64
import binascii
import json
from typing import Any, Final
from urllib.parse import urlsplit

from anyio import to_thread
from fastapi import APIRouter, Request, Response
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from freckle.server.accounts.here import People, signed_in
from freckle.server.accounts.wire import PasskeyEntry, PasskeyOptions, PasskeyRequest
from freckle.server.gate import Me
from freckle.server.house import House
from freckle.server.problems import WebError
from freckle.server.users import User
from freckle.server.wire import SessionAnswer, moment

SIGNING: Final = APIRouter(prefix="/api/sign-in/passkey", tags=["entering"])
ROUTES: Final = APIRouter(prefix="/api/account/passkeys", tags=["account"])
TIMEOUT_MS: Final = 120_000


@SIGNING.post("/options")
async def sign_in_options(here: People, request: Request) -> PasskeyOptions:
    """Ask the browser for any passkey of this server."""
    name, _ = _origin(request)
    challenge = await here.stored(here.store.challenge, "sign-in", {})
    options = generate_authentication_options(
        rp_id=name,
        challenge=base64url_to_bytes(challenge),
        timeout=TIMEOUT_MS,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return PasskeyOptions(options=json.loads(options_to_json(options)))


@SIGNING.post("")
async def sign_in(
    asked: PasskeyRequest, here: People, request: Request, response: Response
) -> SessionAnswer:
    """Sign in with what a passkey said."""
    challenge = _challenge(asked.credential)
    await here.stored(here.store.answered, "sign-in", challenge)
    known = await here.stored(here.store.passkey, str(asked.credential.get("id", "")))
    if known is None:
        raise _refused()
    name, origin = _origin(request)

    def verified() -> int:
        return verify_authentication_response(
            credential=asked.credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=name,
            expected_origin=origin,
            credential_public_key=base64url_to_bytes(known.key),
            credential_current_sign_count=known.count,
            require_user_verification=True,
        ).new_sign_count

    count = await _sound(verified)
    user = await here.stored(here.store.member, known.user)
    if user is None:
        raise _refused()
    await here.stored(here.store.use_passkey, known.id, count)
    return await signed_in(here, user, request, response)


@ROUTES.get("")
async def list_all(me: Me, here: People) -> list[PasskeyEntry]:
    """List one's passkeys."""
    return [
        PasskeyEntry(id=each.id, name=each.name, created=moment(each.created))
        for each in await here.stored(here.store.passkeys, me.id)
    ]


@ROUTES.post("/options")
async def add_options(me: Me, here: People, request: Request) -> PasskeyOptions:
    """Ask the browser for a new passkey."""
    name, _ = _origin(request)
    account = await here.stored(here.store.account, me.id)
    known = await here.stored(here.store.passkeys, me.id)
    challenge = await here.stored(here.store.challenge, "passkey", {"user": me.id})
    options = generate_registration_options(
        rp_id=name,
        rp_name="freckle",
        user_id=me.id.encode(),
        user_name=account.login or account.name,
        user_display_name=account.name,
        challenge=base64url_to_bytes(challenge),
        timeout=TIMEOUT_MS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[
            PublicKeyCredentialDescriptor(id=base64url_to_bytes(each.credential)) for each in known
        ],
    )
    return PasskeyOptions(options=json.loads(options_to_json(options)))


@ROUTES.post("", status_code=204)
async def add(asked: PasskeyRequest, me: Me, here: People, request: Request) -> None:
    """Let a new passkey sign in."""
    challenge = _challenge(asked.credential)
    await _asked_of(here, me, challenge)
    name, origin = _origin(request)

    def verified() -> Any:
        return verify_registration_response(
            credential=asked.credential,
            expected_challenge=base64url_to_bytes(challenge),
            expected_rp_id=name,
            expected_origin=origin,
            require_user_verification=True,
        )

    made = await _sound(verified)
    credential, key = map(bytes_to_base64url, (made.credential_id, made.credential_public_key))
    await here.stored(here.store.add_passkey, me, asked.name, credential, key, made.sign_count)


@ROUTES.delete("/{passkey}", status_code=204)
async def remove(passkey: str, me: Me, here: People) -> None:
    """Forget a passkey."""
    await here.stored(here.store.remove_passkey, me, passkey)


async def _asked_of(here: House, user: User, challenge: str) -> None:
    content = await here.stored(here.store.answered, "passkey", challenge)
    if content.get("user") != user.id:
        raise _refused()


def _origin(request: Request) -> tuple[str, str]:
    """Return the host's name and the page's origin; the gate has compared it with our own.

    Raises `bad_request` for pages of bare numbers, which passkeys do not know.
    """
    origin = request.headers.get("origin", "")
    name = urlsplit(origin).hostname or ""
    if not name or ":" in name or name.replace(".", "").isdigit():
        raise WebError(
            "bad_request",
            "Passkeys need an address with a name.",
            "Open the page by its name: on this machine, `localhost`.",
        )
    return name, origin


def _challenge(credential: dict[str, Any]) -> str:
    """Return which challenge a browser answers. Raises `unauthorized` for no answer at all."""
    try:
        packed = str(credential["response"]["clientDataJSON"])
        told = json.loads(base64.urlsafe_b64decode(packed + "=" * (-len(packed) % 4)))
        return str(told["challenge"])
    except (KeyError, TypeError, ValueError, binascii.Error):
        raise _refused() from None


async def _sound(verified: Any) -> Any:
    """Return what a check found. Raises `unauthorized` when it does not hold."""
    try:
        return await to_thread.run_sync(verified)
    except (WebAuthnException, ValueError, KeyError, TypeError):
        raise _refused() from None


def _refused() -> WebError:
    return WebError(
        "unauthorized", "This passkey does not open this server.", "Try another way to sign in."
    )
