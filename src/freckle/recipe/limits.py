"""Where the natural lock stops sliders."""

from freckle.ops.op import Params


def capped(edit: Params) -> Params:
    """Return the sliders of an op held between their floor and cap."""
    changed = {}
    for name, limits in limits_of(type(edit)).items():
        value = float(getattr(edit, name))
        held = min(max(value, limits[0]), limits[1])
        if held != value:
            changed[name] = held
    return edit.model_copy(update=changed) if changed else edit


def limits_of(params: type[Params]) -> dict[str, tuple[float, float]]:
    """Return floor and cap of each slider of an op."""
    found = {}
    for name, field in params.model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and "cap" in extra:
            found[name] = (float(str(extra["floor"])), float(str(extra["cap"])))
    return found
