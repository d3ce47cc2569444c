"""`--set`, presets and recipe files: understood, or refused with a sentence that helps."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from freckle.cli.main import main
from freckle.cli.settings import recipe_from, with_settings
from freckle.errors import RecipeError
from freckle.ops.catalogue import BY_NAME, CATALOGUE
from freckle.pixels.table import Table
from freckle.recipe.limits import limits_of
from freckle.recipe.merging import merged
from freckle.recipe.persons import steps_of
from freckle.recipe.presets import PRESETS, preset
from freckle.recipe.recipe import Recipe


def made(*words: str, base: str = "none") -> Recipe:
    return recipe_from([base], None, words)


def test_nothing_named_is_natural() -> None:
    assert recipe_from((), None, ()) == preset("natural").recipe
    assert recipe_from(["none"], None, ()) == Recipe()


def test_a_setting_changes_its_slider_and_nothing_else() -> None:
    before = preset("natural").recipe
    after = made("smooth.amount=12.5", base="natural")
    assert [s.edit.op for s in after.steps] == [s.edit.op for s in before.steps]
    changed = [s for s, t in zip(after.steps, before.steps, strict=True) if s != t]
    assert [(s.edit.op, s.edit.amount, s.edit.texture) for s in changed] == [("smooth", 12.5, 95)]


def test_settings_add_steps_at_their_place_whatever_their_order() -> None:
    recipe = made("warmth.amount=5", "blemishes.amount=40", "redness.amount=10")
    assert [step.edit.op for step in recipe.steps] == ["blemishes", "redness", "warmth"]


def test_areas_are_steps_of_their_own() -> None:
    recipe = made("smooth.amount=30", "neck.smooth.amount=20", "neck.smooth.scale=70")
    found = [(s.area, s.edit.amount, s.edit.scale) for s in recipe.steps]
    assert found == [("face", 30, 50), ("neck", 20, 70)]


def test_switches_locks_and_panels() -> None:
    recipe = made(
        "blemishes.keep_moles=off", "lock.natural=OFF", "lock.skin_tone=no", "amount.face=40"
    )
    assert recipe.steps[0].edit.keep_moles is False
    assert (recipe.locks.natural, recipe.locks.skin_tone) == (False, False)
    assert recipe.amounts == {"face": 40}


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("smoth.amount=30", "Did you mean smooth?"),
        ("qqqq.amount=30", "Tools: blemishes, "),
        ("smooth.amonut=30", "Did you mean amount?"),
        ("smooth.amount=130", "less than or equal to 100"),
        ("smooth.amount=-1", "greater than or equal to 0"),
        ("smooth.amount=nan", "finite"),
        ("smooth.amount=inf", "finite"),
        ("smooth.amount=much", "valid number"),
        ("smooth.amount=", "op.param=value"),
        ("smooth.amount", "op.param=value"),
        ("=30", "op.param=value"),
        ("smooth=30", "op.param"),
        ("a.b.c.d=3", "op.param"),
        ("smooth.op=pores", "has no slider 'op'"),
        ("smooth.version=2", "has no slider 'version'"),
        ("neck.blemishes.amount=30", "works on: face"),
        ("nek.smooth.amount=30", "face, neck or body"),
        ("blemishes.keep_moles=maybe", "on or off"),
        ("lock.naturl=off", "Did you mean natural?"),
        ("lock.natural=2", "on or off"),
        ("amount.face=200", "less than or equal to 100"),
        ("amount.fase=20", "Did you mean face?"),
    ],
)
def test_what_is_not_understood_is_said_with_a_remedy(setting: str, says: str) -> None:
    with pytest.raises(RecipeError, match=r"[.?]$") as caught:
        made(setting)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40))
def test_any_text_is_understood_or_refused(text: str) -> None:
    try:
        assert isinstance(made(text), Recipe)
    except RecipeError as error:
        assert error.remedy  # noqa: PT017 - either outcome is right


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(CATALOGUE), st.floats(allow_nan=True, allow_infinity=True))
def test_any_number_is_taken_within_its_range_or_refused(op, value: float) -> None:
    name = next(iter(limits_of(op.params)))
    field = op.params.model_fields[name]
    low = next(m.ge for m in field.metadata if hasattr(m, "ge"))
    if low <= value <= 100:
        (step,) = made(f"{op.name}.{name}={value!r}").steps
        assert getattr(step.edit, name) == value
    else:
        with pytest.raises(RecipeError):
            made(f"{op.name}.{name}={value!r}")


def test_every_setting_of_the_catalogue_can_be_made() -> None:
    for op in CATALOGUE:
        for name, field in op.params.model_json_schema()["properties"].items():
            if name in ("op", "version"):
                continue
            text, value = example(field)
            (step,) = made(f"{op.name}.{name}={text}").steps
            assert getattr(step.edit, name) == value


EXAMPLES = {
    "curve": ("0:0.1,0.5:0.4,1:1", ((0, 0.1), (0.5, 0.4), (1, 1))),
    "color": ("#0Ac", "#00aacc"),
    "ratio": ("4:5", "4:5"),
    "picture": ("aGk=", "aGk="),
    "table": (Table.still().text(), Table.still().text()),
}


def example(field: dict[str, Any]) -> tuple[str, Any]:
    """A way to write a value of a parameter, and the value."""
    if field.get("format") in EXAMPLES:
        return EXAMPLES[field["format"]]
    if field.get("type") == "boolean":
        return "off", False
    if "enum" in field:
        return field["enum"][-1].upper(), field["enum"][-1]
    value = max(min(7, field["maximum"]), field["minimum"])
    return f"{value}", value


@pytest.mark.parametrize("text", ["a03040", "#A03040", "#a03040"])
def test_colors_are_written_as_people_write_them(text: str) -> None:
    assert made(f"lipstick.color={text}").steps[0].edit.color == "#a03040"


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("lipstick.color=red", "Write it as #a03040"),
        ("lipstick.color=#12345", "is a color"),
        ("lipstick.finish=glos", "Did you mean gloss?"),
        ("lipstick.finish=7", "It can be: "),
    ],
)
def test_colors_and_choices_say_what_they_can_be(setting: str, says: str) -> None:
    with pytest.raises(RecipeError, match=says):
        made(setting)


def test_a_persons_own_setting_starts_from_what_everyone_has() -> None:
    recipe = with_settings(
        made("smooth.amount=20", "smooth.texture=90"), "4-5", ["smooth.amount=50"]
    )
    everyone, own = recipe.steps
    assert (everyone.person, everyone.edit.amount) == (None, 20)
    assert (own.person, own.edit.amount, own.edit.texture) == ("4-5", 50, 90)
    again = with_settings(recipe, "4-5", ["smooth.amount=10"])
    assert [step.edit.amount for step in again.steps] == [20, 10]
    assert [step.edit.amount for step in steps_of(again, "4-5")] == [10]
    assert [step.edit.amount for step in steps_of(again, "6-7")] == [20]


def test_a_setting_for_everyone_leaves_a_persons_own_alone() -> None:
    own = with_settings(made("smooth.amount=20"), "4-5", ["smooth.amount=50"])
    changed = with_settings(own, None, ["smooth.amount=30"])
    assert [(s.person, s.edit.amount) for s in changed.steps] == [(None, 30), ("4-5", 50)]


def test_guards_are_not_for_one_person() -> None:
    with pytest.raises(RecipeError, match="whole photo"):
        with_settings(made("smooth.amount=20"), "4-5", ["lock.natural=off"])


def test_presets_are_merged_in_order_and_into_a_recipe(tmp_path: Path) -> None:
    natural, rose = preset("natural").recipe, preset("soft_rose").recipe
    both = recipe_from(["natural", "soft_rose"], None, ())
    assert both == merged(natural, rose)
    assert recipe_from(["natural", "beauty"], None, ()) == merged(natural, preset("beauty").recipe)
    path = tmp_path / "mine.json"
    path.write_text(natural.to_json(), "utf-8")
    assert recipe_from(["soft_rose"], path, ()) == both
    assert recipe_from(["soft_rose", "none"], path, ()) == Recipe()
    assert recipe_from(["none"], path, ("smooth.amount=5",)) == made("smooth.amount=5")


def test_presets_by_name_label_and_file(tmp_path: Path) -> None:
    for each in PRESETS:
        assert recipe_from([each.name], None, ()) == each.recipe
        assert recipe_from([each.label.upper()], None, ()) == each.recipe
    path = tmp_path / "mine.json"
    path.write_text(made("smooth.amount=20").to_json(), encoding="utf-8")
    assert recipe_from([str(path)], None, ()) == made("smooth.amount=20")
    assert recipe_from((), path, ("smooth.amount=5",)) == made("smooth.amount=5")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"{", "not valid JSON"),
        (b"\xff\xfe\x00", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b'{"steps": [{"edit": {"op": "erase"}}]}', "'erase'"),
        (b'{"steps": [], "extra": 1}', "extra"),
    ],
)
def test_a_recipe_file_that_is_none(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "recipe.json"
    path.write_bytes(content)
    with pytest.raises(RecipeError) as caught:
        recipe_from((), path, ())
    assert says in str(caught.value)


def test_near_presets_are_named(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match="Did you mean natural"):
        recipe_from(["naturel"], None, ())
    with pytest.raises(RecipeError, match="cannot be read"):
        recipe_from((), tmp_path, ())


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["retouch"],
        ["retouch", "in.jpg"],
        ["retouch", "in.jpg", "-o", "o.jpg", "--quality", "0"],
        ["retouch", "in.jpg", "-o", "o.jpg", "--quality", "high"],
        ["retouch", "in.jpg", "-o", "o.jpg", "--threads", "0"],
        ["retouch", "in.jpg", "-o", "o.jpg", "--format", "bmp"],
        ["retouch", "in.jpg", "-o", "o.jpg", "--preset", "natural", "--recipe", "no-such.json"],
        ["retouch", "in.jpg", "-o", "o.jpg", "--set", "smoth.amount=3"],
        ["retouch", "in.jpg", "-o", "o.jpg", "--preset", "nosuch"],
        ["retouch", "in.jpg", "-o", "o.jpg", "--unknown"],
        ["frobnicate"],
    ],
)
def test_arguments_not_understood_are_one_line(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("freckle: ")
    assert said.err.count("\n") == 1


def test_ops_and_presets_for_people_and_programs(capsys: pytest.CaptureFixture[str]) -> None:

    assert main(["ops", "--json"]) == 0
    ops = json.loads(capsys.readouterr().out)
    assert [op["op"] for op in ops] == [op.name for op in CATALOGUE]
    for op in ops:
        assert set(op) >= {"op", "label", "group", "panel", "areas", "version", "schema"}
        assert op["schema"]["properties"]["op"]["const"] == op["op"]
    assert main(["ops"]) == 0
    table = capsys.readouterr().out
    sliders = {name: next(iter(limits_of(op.params))) for name, op in BY_NAME.items()}
    assert all(f"\n{name}.{slider} " in table for name, slider in sliders.items())
    assert main(["presets", "--json"]) == 0
    for plain in json.loads(capsys.readouterr().out):
        assert Recipe.from_plain(plain["recipe"]) == preset(plain["name"]).recipe
    assert main(["presets"]) == 0
    assert re.search(r"^natural +Natural ", capsys.readouterr().out, re.M)
