"""What was done to a face and what people should know of it: figures, one line and sentences."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from freckle.analysis.portrait import Portrait, analyze
from freckle.analysis.verdict import Verdict
from freckle.ops.catalogue import BY_NAME
from freckle.recipe.presets import preset
from freckle.recipe.recipe import Flip, Locks, Recipe, Step
from freckle.render.deeds import Deed, together
from freckle.render.render import render
from freckle.report.changes import changes, line
from freckle.report.figures import Report
from freckle.report.measure import report_of
from freckle.report.notices import notices
from freckle.report.text import readable
from tests.report.conftest import Work


def recipe_of(*settings: tuple[str, dict[str, Any]], **more: Any) -> Recipe:
    steps = [{"edit": {"op": op, "version": version(op), **values}} for op, values in settings]
    return Recipe.from_plain({"steps": steps, **more})


def version(op: str) -> int:
    return BY_NAME[op].version


def told(work: Work, recipe: Recipe) -> Report:
    done = render(work.photo, work.portrait, recipe)
    return report_of(work.photo, work.portrait, recipe, done.people)


def test_every_kind_of_work_is_named_with_how_far_it_went(work: Work) -> None:
    recipe = recipe_of(
        ("even_tone", {"amount": 20}),
        ("face_light", {"amount": 25}),
        ("lipstick", {"amount": 60}),
        ("jawline", {"amount": 40}),
        ("nose_width", {"amount": -30}),
    )
    (face,) = told(work, recipe).faces
    assert [(one.op, one.kind) for one in face.changed] == [
        ("even_tone", "skin"),
        ("face_light", "light"),
        ("lipstick", "makeup"),
        ("jawline", "shape"),
        ("nose_width", "shape"),
    ]
    for one in face.changed:
        assert (one.moved is None) != (one.delta_e is None)
        assert 0 < (one.moved or one.delta_e or 0) < 60
    lipstick = face.changed[2]
    assert (lipstick.label, lipstick.panel) == ("Lipstick", "makeup")
    assert (lipstick.delta_e or 0) > 3


def test_the_line_names_shape_makeup_and_light(work: Work) -> None:
    recipe = recipe_of(("lipstick", {"amount": 60}), ("jawline", {"amount": 40}))
    said = line(told(work, recipe).faces)
    assert said.startswith("Texture kept ")
    assert said.endswith(" · Shape: jawline · Makeup: lipstick")


def test_the_line_is_short_where_only_skin_was_worked_on(work: Work) -> None:
    said = line(told(work, recipe_of(("even_tone", {"amount": 20}))).faces)
    assert said.startswith("Texture kept ")
    assert said.endswith(" %, tone held")
    assert line(told(work, Recipe()).faces) == "Nothing changed"


def test_tone_is_only_held_when_it_is(work: Work) -> None:
    recipe = recipe_of(
        ("skin_lightness", {"amount": 60}), locks={"skin_tone": False, "natural": False}
    )
    said = line(told(work, recipe).faces)
    assert "tone moved by +" in said
    assert "tone held" not in said
    assert said.endswith(" · Light: skin lightness")


def test_healed_marks_and_brushes_are_named(work: Work) -> None:
    person = work.portrait.people[0]
    spot = person.scene.spots[0]
    x, y = person.scene.frame.to_photo(np.array([[spot.x, spot.y]], np.float32))[0]
    flip = Flip(x=float(x) / work.photo.width, y=float(y) / work.photo.height, action="heal")
    (face,) = told(work, Recipe(flips=(flip,))).faces
    assert [one.op for one in face.changed] == ["blemishes"]
    stroke = {"mode": "add", "points": [[0.5, 0.4]], "size": 0.2, "space": "photo"}
    plain = {
        "steps": [
            {
                "edit": {"op": "dodge", "version": version("dodge"), "amount": 60},
                "mask": {"base": "empty", "strokes": [stroke]},
            }
        ]
    }
    (face,) = told(work, Recipe.from_plain(plain)).faces
    assert [(one.op, one.kind) for one in face.changed] == [("dodge", "hand")]


def test_a_tool_that_changed_nothing_is_not_named(work: Work) -> None:
    recipe = recipe_of(("red_eye", {"amount": 100}), ("even_tone", {"amount": 20}))
    (face,) = told(work, recipe).faces
    assert [one.op for one in face.changed] == ["even_tone"]


def test_deeds_of_one_tool_are_one() -> None:
    deeds = together([Deed("a", delta_e=1), Deed("b", moved=2), Deed("a", delta_e=3), Deed("c", 0)])
    assert deeds == (Deed("a", delta_e=3), Deed("b", moved=2))
    assert changes([Deed("restore")])[0].kind == "hand"


def test_the_table_has_the_rows(work: Work) -> None:
    report = told(work, recipe_of(("lipstick", {"amount": 60}), ("jawline", {"amount": 40})))
    text = readable(report)
    assert any(row.split()[:2] == ["makeup", "lipstick"] for row in text.splitlines())
    assert "% of the face's width" in text
    assert text.splitlines()[-1] == line(report.faces)


def doubted(portrait: Portrait, *verdicts: Verdict) -> Portrait:
    """The portrait's person as many times as there are verdicts."""
    people = []
    for number, verdict in enumerate(verdicts):
        person = replace(portrait.people[0], key=f"{number:02d}-00")
        vars(person)["verdict"] = verdict
        people.append(person)
    return Portrait(tuple(people))


def test_who_is_left_alone_is_said_with_the_reason(work: Work) -> None:
    natural = preset("natural").recipe
    two = doubted(work.portrait, Verdict.FACE, Verdict.NOT_HUMAN)
    said = "Face 2 is left alone: it does not look like a human face."
    assert notices(two, natural, ()) == (said,)
    assert notices(two, natural.model_copy(update={"included": ("01-00",)}), ()) == ()
    assert notices(two, natural.model_copy(update={"excluded": ("01-00",)}), ()) == ()
    report = report_of(work.photo, two, natural, ())
    assert report.notices == (said,)
    assert [face.verdict for face in report.faces] == ["face", "not_human"]
    assert "left alone: it does not look like a human face" in readable(report)


def test_many_are_counted(work: Work) -> None:
    three = doubted(work.portrait, Verdict.FACE, *[Verdict.UNCLEAR] * 3)
    assert notices(three, Recipe(), ()) == (
        "Faces 2, 3 and 4 are left alone: it is not clear that they are human faces.",
    )
    many = doubted(work.portrait, *[Verdict.TOO_SMALL] * 9)
    assert notices(many, Recipe(), ()) == ("9 faces are left alone: they are too small.",)


class Regions:
    def __init__(self, **seen: float) -> None:
        self.seen = {name.replace("_", " "): share for name, share in seen.items()}


@dataclass(frozen=True)
class Somebody:
    key: str
    regions: Any


@dataclass(frozen=True)
class Painted:
    """Someone's makeup, made up."""

    person: Any
    deeds: tuple[Deed, ...] = field(default=())


@pytest.mark.parametrize(
    ("seen", "ops", "far", "sentence"),
    [
        ({"lips": 0.1}, ["lipstick"], 0.0, "Lipstick was not painted: the lips are covered."),
        ({"lips": 0.9}, ["lipstick"], 5.0, None),
        ({}, ["lipstick"], 5.0, None),
        ({"lips": 0.1}, ["lipstick"], 5.0, None),  # it was painted all the same: no word of not
        (
            {"left_eye": 0.0, "right_eye": 0.1},
            ["eye_shadow", "eyeliner"],
            0.0,
            "Eye shadow and eyeliner were not painted: the eyes are covered.",
        ),
        (
            {"left_eye": 0.0, "right_eye": 1.0},
            ["eyeliner"],
            4.0,
            "Eyeliner was painted on one eye only: the left eye is covered.",
        ),
        ({"lips": 0.1}, ["even_tone"], 0.0, None),
    ],
)
def test_makeup_without_a_place_is_told(
    work: Work, seen: dict[str, float], ops: list[str], far: float, sentence: str | None
) -> None:
    key = work.portrait.people[0].key
    recipe = recipe_of(*((op, {"amount": 50}) for op in ops), locks=Locks(natural=False))
    deeds = tuple(Deed(op, delta_e=far) for op in ops)
    done = Painted(Somebody(key, Regions(**seen)), deeds)
    assert notices(work.portrait, recipe, [done]) == ((sentence,) if sentence else ())


def test_covered_lips_of_one_of_many_say_whose(work: Work) -> None:
    two = doubted(work.portrait, Verdict.FACE, Verdict.FACE)
    done = Painted(Somebody("01-00", Regions(lips=0.0)))
    assert notices(two, recipe_of(("lipstick", {"amount": 50})), [done]) == (
        "Lipstick was not painted on face 2: the lips are covered.",
    )


def test_a_step_that_is_idle_is_not_missed(work: Work) -> None:
    step = Step(edit=recipe_of(("lipstick", {"amount": 50})).steps[0].edit, opacity=0)
    done = Painted(Somebody(work.portrait.people[0].key, Regions(lips=0.0)))
    assert notices(work.portrait, Recipe(steps=(step,)), [done]) == ()
    assert analyze(work.photo).people[0].verdict is Verdict.FACE
