"""The arguments of `freckle serve` about people who sign in."""

from argparse import ArgumentParser


def account_arguments(parser: ArgumentParser) -> None:
    """Add them to a parser."""
    people = parser.add_argument_group("accounts")
    people.add_argument("--accounts", action="store_true", help="people sign in; docs/accounts.md")
    people.add_argument("--oidc-issuer", metavar="URL", help="sign in with another site's account")
    people.add_argument("--oidc-client", metavar="ID", help="as registered there")
    people.add_argument("--oidc-name", metavar="NAME", help="what the button says")
