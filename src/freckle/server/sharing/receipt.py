"""The receipt of what a guest agreed to: one text, the same for both sides, sealed by its hash."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

from freckle.server.exports import maker
from freckle.server.problems import WebError
from freckle.server.rooms.room import now
from freckle.server.rooms.shares import Remark, Share, Shown
from freckle.server.sharing.terms import Terms
from freckle.server.wire import moment
from freckle.studio.recipes import opened

FORMAT: Final = 1
"""Rises when a field changes its name or meaning."""


def receipt_of(share: Share, shown: Sequence[Shown], remarks: Sequence[Remark], signed: str) -> str:
    """Return the receipt as JSON. Raises `WebError` where something is not decided yet."""
    terms = Terms.model_validate(share.terms)
    _check(terms, shown)
    said = {each.place: [r for r in remarks if r.place == each.place] for each in shown}
    content = {
        "receipt": "freckle",
        "format": FORMAT,
        "link": share.id,
        "guest": {"invited": share.guest, "signed": signed},
        "sender": share.author,
        "asked": terms.ask,
        "least": terms.least if terms.ask == "choose" else None,
        "most": terms.most if terms.ask == "choose" else None,
        "shared": moment(share.created).isoformat(),
        "confirmed": moment(now()).isoformat(),
        "pictures": [_picture(each, said[each.place]) for each in shown],
        "made_by": maker(),
    }
    return json.dumps({**content, "sha256": seal(content)}, indent=2, ensure_ascii=False)


def seal(content: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a receipt without its seal: JSON with sorted keys and no spaces."""
    plain = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(plain.encode()).hexdigest()


def _picture(shown: Shown, remarks: Sequence[Remark]) -> dict[str, Any]:
    recipe = dict(shown.recipe)
    steps = [step for step in opened(recipe).steps if not step.idle]
    return {
        "number": shown.place + 1,
        "name": shown.name,
        "decision": shown.decision,
        "original_sha256": shown.digest,
        "recipe_sha256": seal(recipe),
        "revision": shown.revision,
        "tools": sorted({step.edit.op for step in steps}),
        "comments": [
            {"by": each.author or "guest", "x": each.x, "y": each.y, "text": each.text}
            for each in remarks
        ],
    }


def _check(terms: Terms, shown: Sequence[Shown]) -> None:
    decided = sum(each.decision is not None for each in shown)
    if terms.ask == "look":
        raise WebError(
            "forbidden", "Nothing is asked for here.", "Look at the pictures, and comment."
        )
    if terms.ask == "approve" and decided < len(shown):
        raise WebError(
            "taken",
            f"{len(shown) - decided} pictures are not decided yet.",
            "Approve or reject each of them.",
        )
    most = len(shown) if terms.most is None else terms.most
    least = min(terms.least, len(shown))
    if terms.ask == "choose" and not least <= decided <= most:
        raise WebError(
            "taken",
            f"{decided} pictures are chosen; from {least} to {most} are asked for.",
            "Choose others, or give some back.",
        )
