"""Another site that says who somebody is: OpenID Connect, the code flow with PKCE.

The libraries are an extra, `freckle[oidc]`. All calls are blocking.
"""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from freckle.errors import OutputError
from freckle.server.problems import WebError
from freckle.server.settings import LOOPBACK, ProviderSettings

TIMEOUT_S: Final = 10
KEPT_S: Final = 3600
"""What a provider says about itself is asked again after so long."""
LEEWAY_S: Final = 60
ALGORITHMS: Final = ["RS256", "PS256", "ES256", "ES384", "EdDSA"]


@dataclass(frozen=True, slots=True)
class Person:
    """Whom a provider knows; the subject stays the same for ever."""

    issuer: str
    subject: str
    name: str


class Provider:
    """One provider, and what it has said about itself."""

    def __init__(self, settings: ProviderSettings) -> None:
        """Prepare. Raises `OutputError` without the libraries, or without encryption."""
        try:
            import authlib.integrations.requests_client  # noqa: F401, PLC0415 - an extra
        except ModuleNotFoundError as error:
            raise OutputError(
                f"What OpenID Connect needs is not installed: {error.name}.",
                "Install it with `pip install 'freckle[oidc]'`, or leave --oidc-issuer out.",
            ) from error
        address = urlsplit(settings.issuer)
        if address.scheme != "https" and address.hostname not in LOOPBACK:
            raise OutputError(
                "A provider's address begins with https://.", "Correct --oidc-issuer."
            )
        self._settings = settings
        self._described: tuple[float, Mapping[str, Any]] | None = None

    def begin(self, back: str) -> tuple[str, dict[str, str]]:
        """Return where to send the browser, and what `finish` needs. Raises `bad_request`."""
        kept = {"nonce": secrets.token_urlsafe(24), "verifier": secrets.token_urlsafe(48)}
        with self._session(back) as session:
            place, state = session.create_authorization_url(
                self._description()["authorization_endpoint"],
                code_verifier=kept["verifier"],
                nonce=kept["nonce"],
            )
        return str(place), {**kept, "state": str(state)}

    def finish(self, back: str, kept: Mapping[str, str], query: str) -> Person:
        """Return who came back with an address's query. Raises `unauthorized`, `bad_request`."""
        told = parse_qs(query)
        if told.get("state") != [kept["state"]] or "code" not in told:
            raise _unknown()
        import requests  # noqa: PLC0415 - an extra
        from authlib.common.errors import AuthlibBaseError  # noqa: PLC0415

        try:
            with self._session(back) as session:
                tokens = session.fetch_token(
                    self._description()["token_endpoint"],
                    grant_type="authorization_code",
                    code=told["code"][0],
                    code_verifier=kept["verifier"],
                    timeout=TIMEOUT_S,
                )
        except (AuthlibBaseError, requests.RequestException, ValueError):
            raise _unknown() from None
        claims = self._claims(str(tokens.get("id_token", "")), kept["nonce"])
        name = claims.get("name") or claims.get("preferred_username") or claims.get("email") or ""
        return Person(str(claims["iss"]), str(claims["sub"])[:255], str(name)[:120])

    def _claims(self, token: str, nonce: str) -> Mapping[str, Any]:
        """Check an ID token (OpenID Connect Core 1.0, 3.1.3.7). Raises `unauthorized`."""
        from joserfc import jwt  # noqa: PLC0415 - an extra
        from joserfc.errors import JoseError  # noqa: PLC0415
        from joserfc.jwk import KeySet  # noqa: PLC0415

        registry = jwt.JWTClaimsRegistry(
            leeway=LEEWAY_S,
            iss={"essential": True, "value": self._description()["issuer"]},
            aud={"essential": True, "value": self._settings.client},
            nonce={"essential": True, "value": nonce},
            sub={"essential": True},
            exp={"essential": True},
        )
        try:
            keys = KeySet.import_key_set(self._get(self._description()["jwks_uri"]))  # type: ignore[arg-type]
            decoded = jwt.decode(token, keys, algorithms=ALGORITHMS)
            registry.validate(decoded.claims)
        except (JoseError, ValueError, KeyError):
            raise _unknown() from None
        return decoded.claims

    def _description(self) -> Mapping[str, Any]:
        now = time.monotonic()
        if self._described is None or now - self._described[0] > KEPT_S:
            issuer = self._settings.issuer.rstrip("/")
            told = self._get(f"{issuer}/.well-known/openid-configuration")
            if str(told.get("issuer", "")).rstrip("/") != issuer:
                raise _away()
            self._described = now, told
        return self._described[1]

    def _get(self, address: str) -> Mapping[str, Any]:
        import requests  # noqa: PLC0415 - an extra

        try:
            answer = requests.get(address, timeout=TIMEOUT_S)
            answer.raise_for_status()
            told: Mapping[str, Any] = answer.json()
        except (requests.RequestException, ValueError):
            raise _away() from None
        return told

    def _session(self, back: str) -> Any:
        from authlib.integrations.requests_client import OAuth2Session  # noqa: PLC0415 - an extra

        return OAuth2Session(
            self._settings.client,
            self._settings.secret,
            redirect_uri=back,
            scope="openid profile email",
            code_challenge_method="S256",
        )


def _unknown() -> WebError:
    return WebError(
        "unauthorized", "The other site did not say who you are.", "Try to sign in again."
    )


def _away() -> WebError:
    return WebError(
        "bad_request", "The other site does not answer.", "Try again later, or sign in otherwise."
    )
