"""Candidates differ, repeat themselves for the same seed, and leave people who they are."""

import numpy as np
import pytest

import freckle
from freckle.errors import RecipeError
from freckle.looks.beards import Beards
from freckle.looks.candidates import Wanted, answer
from freckle.looks.cube import cube, lattice
from freckle.looks.drift import keeps_shape
from freckle.looks.laying import laid
from freckle.looks.reading import MAKEUP
from freckle.looks.sitter import Sitter
from freckle.looks.toning import toned
from freckle.pixels.color import lab
from freckle.recipe.presets import preset
from freckle.recipe.recipe import Recipe

PROMPT = "soft golden hour, dewy skin, coral lips"


def test_candidates_differ_and_the_seed_decides(stand_in: freckle.OpenedPhoto) -> None:
    made = freckle.look(stand_in, PROMPT, candidates=4, seed=3)
    pictures = [np.asarray(c.result.content.pixels) for c in made.candidates]
    colors = [lab(p.astype(np.float32) / 255) for p in pictures]
    apart = [
        float(np.linalg.norm(a - b, axis=2).mean())
        for k, a in enumerate(colors)
        for b in colors[:k]
    ]
    assert min(apart) >= 4
    again = freckle.look(stand_in, PROMPT, candidates=2, seed=3).candidates[1].result
    assert again.content.pixels.tobytes() == pictures[1].tobytes()
    for one in made.candidates:
        assert keeps_shape(one.recipe)
        assert all(abs(person.lightness) < 12 for person in one.drift)
        assert Recipe.parse(one.recipe.to_json()) == one.recipe


@pytest.mark.parametrize("prompt", [PROMPT, "", "black and white"])
def test_other_seeds_see_the_words_through_other_styles(prompt: str) -> None:
    names = [
        tuple(c.name for c in answer(Wanted(prompt, count=4, seed=s)).candidates) for s in (0, 1, 0)
    ]
    assert names[0] == names[2] != names[1]
    assert len(set(names[0])) == 4
    steps = [c.recipe for c in answer(Wanted(prompt, count=4)).candidates]
    assert all(a != b for k, a in enumerate(steps) for b in steps[:k])


def test_styles_that_speak_against_the_words_are_not_tried_first() -> None:
    names = {c.name for s in range(3) for c in answer(Wanted(PROMPT, count=3, seed=s)).candidates}
    assert not names & {"moon_silver", "nordic_light", "film_noir", "silver_print"}
    names = {c.name for c in answer(Wanted("no black and white", count=5)).candidates}
    assert not names & {"film_noir", "silver_print", "warm_sepia"}


def grounds(prompt: str) -> list[str]:
    """Return the first color of each candidate's ground."""
    found = []
    for each in answer(Wanted(prompt, count=4)).candidates:
        (edit,) = (s.edit for s in each.recipe.steps if s.edit.op == "background")
        found.append(str(getattr(edit, "color", "")))
    return found


def test_a_studio_is_as_bright_as_the_words_and_its_grounds_differ() -> None:
    assert grounds("high key studio")[0] == "#ffffff"
    assert grounds("low key studio")[0] == "#1c1c1e"
    assert grounds("studio")[0] not in ("#ffffff", "#1c1c1e")
    for prompt in ("high key studio", "studio"):
        assert len(set(grounds(prompt))) >= 3
    assert min(int(color[1:3], 16) for color in grounds("high key studio")) > 200
    assert len(set(grounds("studio, red background"))) == 1, "a ground that is named stays"


def test_words_with_a_color_are_not_seen_through_its_opposite() -> None:
    warm = {"golden_film", "desert_dusk", "old_master", "riviera", "seventies", "classic_studio"}
    for seed in range(3):
        names = [c.name for c in answer(Wanted("moody blue", count=4, seed=seed)).candidates]
        assert not warm & {name.partition("+")[0] for name in names}


def test_black_and_white_has_four_answers_too() -> None:
    names = [c.name for c in answer(Wanted("film noir", count=4)).candidates]
    assert len(set(names)) == 4
    assert "turned" not in names


def test_a_cube_is_the_look_of_its_colors() -> None:
    steps = answer(Wanted("cinematic, film", lock=False)).candidates[0].recipe.steps
    text = cube(steps, 'a "look"', size=5)
    rows = [line for line in text.splitlines() if line[0].isdigit()]
    assert text.startswith('TITLE "a look"\nLUT_3D_SIZE 5\n')
    table = np.array([[float(v) for v in row.split()] for row in rows])
    assert np.allclose(table, toned(steps, lattice(5)), atol=1e-5)
    assert np.allclose(lattice(5)[1], [0.25, 0, 0])
    bare = np.array(cube((), "none", 3).split("\n")[4:-1])
    assert np.allclose([[float(v) for v in row.split()] for row in bare], lattice(3))


def test_a_look_leaves_the_retouch_below_as_it_is() -> None:
    natural = preset("natural").recipe
    made = laid(natural, answer(Wanted("red lips, golden hour")).candidates[0].recipe)
    tools = {step.edit.op for step in made.steps}
    assert {step.edit.op for step in natural.steps} <= tools
    assert {"lipstick", "relight"} <= tools
    again = laid(made, answer(Wanted("split light")).candidates[0].recipe)
    assert [s.edit.side for s in again.steps if s.edit.op == "relight"] == [-100]  # type: ignore[attr-defined]


def painted(prompt: str, beards: Beards) -> dict[str, list[str | None]]:
    """Return for each tool of makeup at work whom its steps are for."""
    (made,) = answer(Wanted(prompt, beards=beards)).candidates
    found: dict[str, list[str | None]] = {}
    for step in made.recipe.steps:
        if step.edit.op in MAKEUP:
            found.setdefault(step.edit.op, []).append(None if step.idle else step.person or "all")
    return found


def test_beards_get_no_makeup_that_nobody_asked_for() -> None:
    assert "lipstick" in painted("red carpet", Beards())
    assert painted("red carpet", Beards(("40-50",), alone=True)) == {}
    assert painted("red lips", Beards(("40-50",), alone=True))["lipstick"] == ["all"]
    both = painted("red carpet, red lips", Beards(("40-50", "70-50")))
    assert all(sorted(map(str, whom)) == ["None", "None", "all"] for whom in both.values())


def test_the_ground_of_a_print_has_its_tone() -> None:
    for prompt, gray in (("film noir, black background", True), ("sepia, black background", False)):
        steps = answer(Wanted(prompt)).candidates[0].recipe.steps
        (color,) = (str(getattr(s.edit, "color", "")) for s in steps if s.edit.op == "background")
        assert (hue_spread(color) < 4) == gray


def hue_spread(color: str) -> int:
    channels = [int(color[k : k + 2], 16) for k in (1, 3, 5)]
    return max(channels) - min(channels)


def test_a_look_leaves_what_one_person_has_of_their_own() -> None:
    (made,) = answer(Wanted("red lips", beards=Beards(("40-50",)))).candidates
    own = [s for s in laid(made.recipe, made.recipe).steps if s.person == "40-50"]
    assert len({s.edit.op for s in own}) == len(own) > 0


def test_a_painted_ground_keeps_its_colors_on_the_sitter() -> None:
    ground = answer(Wanted("white background")).candidates[0].recipe.steps
    dark = answer(Wanted("white background, vignette, low key")).candidates[0].recipe.steps
    corners = [Sitter.usual().drawn(steps)[0, 0] for steps in (ground, dark)]
    assert np.allclose(*corners)


@pytest.mark.parametrize(
    "asked",
    [{"count": 9}, {"count": 0}, {"weight": 0.5}, {"scale": 5}, {"style": "x"}, {"aspect": "wide"}],
)
def test_what_cannot_be_is_refused(asked: dict[str, object]) -> None:
    with pytest.raises(RecipeError):
        answer(Wanted("warm", **asked))  # type: ignore[arg-type]
