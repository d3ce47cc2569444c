"""`freckle serve`: the editor in the browser."""

import os
from functools import partial
from urllib.parse import urlsplit

from freckle.cli.channels import place as channels_place
from freckle.cli.exits import OK
from freckle.cli.export_arguments import signing_of
from freckle.cli.generate import place
from freckle.cli.matting import take_matting_model
from freckle.cli.parser import Arguments, UsageError
from freckle.cli.quota import limits_of
from freckle.cli.sample import sample
from freckle.generate.choosing import Choice, load_choice
from freckle.publish.channels import Channel, load_channels
from freckle.server.serve import serve
from freckle.server.settings import ProviderSettings, Settings, default_folder


def run(arguments: Arguments) -> int:
    """Serve until interrupted.

    Raises `OutputError` for a certificate or key that is none, `RecipeError` for a matting model
    that is of no use, `UsageError` or `GeneratorError` for other wrong settings.
    """
    take_matting_model(arguments)
    settings = Settings(
        folder=arguments.data or default_folder(),
        database=arguments.database,
        host=arguments.host,
        port=arguments.port,
        public_url=arguments.public_url,
        trusted=tuple(arguments.trusted),
        quota=limits_of(arguments),
        accounts=arguments.accounts,
        shared=_shared(arguments),
        provider=_provider(arguments),
        sample=sample() if arguments.sample else None,
        generator=_generator(arguments),
        channels=_channels(arguments),
        signing=signing_of(arguments),
    )
    serve(
        settings,
        open_browser=not arguments.no_browser,
        announce=partial(print, flush=True),
    )
    return OK


def _generator(arguments: Arguments) -> Choice | None:
    """Return the generator named; without one its owner's own, where nobody else comes in."""
    if arguments.generator is None:
        return None if arguments.accounts else load_choice(place())
    found = load_choice(arguments.generator)
    if found is None:
        raise UsageError(f"There is no file {arguments.generator}.")
    return found


def _channels(arguments: Arguments) -> tuple[Channel, ...]:
    """Return the accounts to post with; its owner's own where nobody else comes in.

    Raises `UsageError`, `PublishError` for those that cannot be used.
    """
    if arguments.channels is None:
        return () if arguments.accounts else load_channels(channels_place())
    if not arguments.channels.exists():
        raise UsageError(f"There is no file {arguments.channels}.")
    found = load_channels(arguments.channels)
    for channel in found:
        channel.opened()  # its secret is there
        if arguments.accounts and not channel.workspaces:
            raise UsageError(
                f"The account {channel.name!r} names no workspaces.",
                "Say whose editors may post with it; `freckle quota DATA` lists workspaces.",
            )
    return found


def _shared(arguments: Arguments) -> bool:
    """Return whether servers may run beside this one. Raises `UsageError` without accounts."""
    if arguments.shared and not arguments.accounts:
        raise UsageError(
            "--shared needs --accounts: the start token opens one server only.",
            "Add --accounts, or serve each folder by one server.",
        )
    return bool(arguments.shared)


def _provider(arguments: Arguments) -> ProviderSettings | None:
    """Return the other site to sign in with. Raises `UsageError` when something is missing."""
    if arguments.oidc_issuer is None:
        return None
    secret = os.environ.get("FRECKLE_OIDC_SECRET", "")
    if not (arguments.accounts and arguments.oidc_client and secret):
        raise UsageError(
            "--oidc-issuer needs --accounts, --oidc-client and a secret.",
            "Set the secret as FRECKLE_OIDC_SECRET in the environment.",
        )
    return ProviderSettings(
        issuer=arguments.oidc_issuer,
        client=arguments.oidc_client,
        secret=secret,
        name=arguments.oidc_name or urlsplit(arguments.oidc_issuer).hostname or "OpenID Connect",
    )
