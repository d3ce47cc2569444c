"""`freckle ops`: the catalogue of tools."""

import json
from typing import Any

from freckle.cli.exits import OK
from freckle.cli.parser import Arguments
from freckle.cli.terminal import table
from freckle.ops.catalogue import CATALOGUE, describe


def run(arguments: Arguments) -> int:
    """Print every tool with its sliders; with `--json` as the JSON Schemas of the recipe's steps."""
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
        rows += [_row(op, name, field) for name, field in op["schema"]["properties"].items()
                 if name not in ("op", "version")]
    return f"{table(rows)}\n\n{_areas(described)}"


def _row(op: dict[str, Any], name: str, field: dict[str, Any]) -> tuple[str, ...]:
    meaning = " ".join(str(field.get("description", "")).split())
    switch = field.get("type") == "boolean"
    span = "on, off" if switch else f"{field.get('minimum', '')}..{field.get('maximum', '')}"
    natural = ("on" if field.get("default") else "off") if switch else f"{field.get('natural', 0):g}"
    return f"{op['op']}.{name}", span, natural, _stop(field), meaning


def _stop(field: dict[str, Any]) -> str:
    """Say where the natural lock stops a slider, where that is inside its range."""
    low, high = field.get("minimum", 0), field.get("maximum", 0)
    floor, cap = field.get("floor", low), field.get("cap", high)
    stops = [f"{floor:g}"] * (floor > low) + [f"{cap:g}"] * (cap < high)
    return ", ".join(stops)


def _areas(described: list[dict[str, Any]]) -> str:
    wide = [op["op"] for op in described if len(op["areas"]) > 1]
    return f"Also for neck and body (neck.{wide[0]}.amount=20): {', '.join(wide)}." if wide else ""
