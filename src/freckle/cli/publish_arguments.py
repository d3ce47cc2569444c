"""The arguments of `freckle publish`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from freckle.cli import values

PUBLISH: Final = """Send a picture to where people look at it: a Mastodon- or Bluesky-speaking
server, a WordPress site, a signed webhook, a folder, a bucket. It goes as JPEG without location, in
the size of a preset of `freckle export --list`, with an alternative text written from what is in it
and a line on what was done. The secret comes from the environment (FRECKLE_MASTODON_TOKEN,
FRECKLE_BLUESKY_PASSWORD, FRECKLE_WORDPRESS_PASSWORD, FRECKLE_WEBHOOK_SECRET) or from a file that
only you can read. With --dry-run nothing is sent.
With --save the account is kept for the editor."""
PLACES: Final = ("mastodon", "bluesky", "wordpress", "webhook", "folder", "s3")


def publish_arguments(parser: ArgumentParser, setting: Any) -> None:
    """Add them; `setting` is the action that keeps a `--set`."""
    parser.add_argument("input", metavar="IN", type=Path, nargs="?", help="the photo; only read")
    parser.add_argument("--to", choices=PLACES)
    parser.add_argument(
        "--at", metavar="PLACE", help="URL of the server or webhook; folder; s3://bucket/folder"
    )
    parser.add_argument("--user", metavar="NAME", help="bluesky: handle; wordpress: user")
    parser.add_argument("--secret-file", metavar="FILE", type=Path, help="mode 600, one line")
    words = parser.add_argument_group("words")
    words.add_argument("--caption", metavar="TEXT", default="")
    words.add_argument("--alt", metavar="TEXT", help="in place of the one that is written")
    words.add_argument("--no-label", action="store_true", help="do not say what was done")
    picture = parser.add_argument_group("picture")
    picture.add_argument(
        "--preset", metavar="NAME", dest="exports", default="web", help="default: web"
    )
    picture.add_argument("--recipe", metavar="FILE", type=Path, help="retouched so before")
    picture.add_argument(
        "--set", metavar="OP.PARAM=VALUE", action=setting, default=(), dest="settings"
    )
    how = parser.add_argument_group("how")
    how.add_argument(
        "--visibility",
        choices=("public", "unlisted", "private", "direct"),
        default="public",
        help="mastodon: who sees it",
    )
    how.add_argument("--live", action="store_true", help="wordpress: publish; default: a draft")
    how.add_argument("--patience", metavar="S", type=values.patience, default=60, help="seconds")
    how.add_argument("--dry-run", action="store_true", help="say what would be sent, and end")
    kept = parser.add_argument_group("accounts for the editor")
    kept.add_argument("--save", metavar="NAME", dest="keep", help="keep this account by a name")
    kept.add_argument("--forget", metavar="NAME", help="forget an account")
    parser.add_argument("-q", "--quiet", action="store_true", help="do not say where it is")
    parser.set_defaults(person=None)
