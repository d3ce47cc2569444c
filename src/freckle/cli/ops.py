"""`freckle ops`: the catalogue of tools."""

import json
from typing import Any, Final

from freckle.cli.exits import OK
from freckle.cli.parser import Arguments
from freckle.cli.terminal import table
from freckle.ops.catalogue import CATALOGUE, describe

LOCKS: Final = """Guards: lock.natural=off lets sliders go on where they stop; lock.skin_tone=off
lets the mean skin color move. amount.face=50 fades a whole panel: face, makeup, reshape, adjust,
background, brush."""

FORMATS: Final = {
    "color": "#rrggbb",
    "curve": "x:y,x:y,…",
    "ratio": "W:H, original, free",
    "picture": "a file in base64",
    "table": "learnt from a reference",
}


def run(arguments: Arguments) -> int:
    """Print every tool with its sliders; `--json` gives the JSON Schemas of a recipe's steps."""
    described = [describe(op) for op in CATALOGUE]
    if arguments.json:
        print(json.dumps(described, indent=1, ensure_ascii=False))
    else:
        print(readable(described))
    return OK


def readable(described: list[dict[str, Any]]) -> str:
    """Return the catalogue as a table, one line a slider, under the headings of the editor."""
    rows: list[tuple[str, ...]] = [("setting", "range", "natural", "stops at", "meaning")]
    for op in described:
        rows += [
            _row(op, name, field)
            for name, field in op["schema"]["properties"].items()
            if name not in ("op", "version")
        ]
    return "\n".join([table(rows), "", *_areas(described), LOCKS])


def _row(op: dict[str, Any], name: str, field: dict[str, Any]) -> tuple[str, ...]:
    meaning = " ".join(str(field.get("description", "")).split())
    return f"{op['op']}.{name}", _span(field), _start(field), _stop(field), meaning


def _span(field: dict[str, Any]) -> str:
    """Say which values a setting takes."""
    if field.get("type") == "boolean":
        return "on, off"
    if "enum" in field:
        return ", ".join(field["enum"])
    if field.get("format") in FORMATS:
        return FORMATS[field["format"]]
    return f"{field.get('minimum', '')}..{field.get('maximum', '')}"


def _start(field: dict[str, Any]) -> str:
    """Say what the Natural preset takes, or what a setting is at opening."""
    default = field.get("default")
    if isinstance(default, bool):
        return "on" if default else "off"
    if isinstance(default, list):
        return ",".join(f"{x:g}:{y:g}" for x, y in default)
    if isinstance(default, str) or "natural" not in field:
        return str(default)
    return f"{field['natural']:g}"


def _stop(field: dict[str, Any]) -> str:
    """Say where the natural lock stops a slider, where that is inside its range."""
    low, high = field.get("minimum", 0), field.get("maximum", 0)
    floor, cap = field.get("floor", low), field.get("cap", high)
    stops = [f"{floor:g}"] * (floor > low) + [f"{cap:g}"] * (cap < high)
    return ", ".join(stops)


def _areas(described: list[dict[str, Any]]) -> list[str]:
    wide = [op["op"] for op in described if len(op["areas"]) > 1]
    if not wide:
        return []
    return [f"Also for neck and body, as in neck.{wide[0]}.amount=20: {', '.join(wide)}."]
