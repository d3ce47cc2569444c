"""Two people change one photo at once: no change is lost, and both end with the same."""

import threading
import uuid
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import httpx
import pytest

from freckle.ops.catalogue import BY_NAME
from freckle.recipe.recipe import Flip, Recipe, Step, in_order
from freckle.recipe.strokes import Mask, Stroke
from freckle.server.store import Store, StoredPhoto, User
from freckle.studio.recipes import NOTHING
from tests.server.serving import Running

Change = Callable[[Recipe], Recipe]
CHANGES = 250
"""Of each of the two."""


def with_step(recipe: Recipe, op: str, change: Callable[[Step], Step]) -> Recipe:
    """Change everyone's step of a tool, which is made where there is none."""
    found = next((s for s in recipe.steps if s.edit.op == op), Step(edit=BY_NAME[op].params()))
    steps = (*(s for s in recipe.steps if s.edit.op != op), change(found))
    return recipe.model_copy(update={"steps": in_order(steps)})


def slider(op: str, name: str, value: float) -> Change:
    def moved(step: Step) -> Step:
        return step.model_copy(update={"edit": step.edit.model_copy(update={name: value})})

    return lambda recipe: with_step(recipe, op, moved)


def painted(number: int) -> Change:
    stroke = Stroke(points=((number / 1000, 0.5),), size=0.1)

    def more(step: Step) -> Step:
        before = step.mask.strokes if step.mask else ()
        return step.model_copy(update={"mask": Mask(base="empty", strokes=(*before, stroke))})

    return lambda recipe: with_step(recipe, "dodge", more)


def marked(number: int) -> Change:
    flip = Flip(x=number / 1000, y=0.25, action="heal")
    return lambda recipe: recipe.model_copy(update={"flips": (*recipe.flips, flip)})


def change(who: int, number: int) -> Change:
    """Each is a value of its own: the same sliders at other values, other strokes and marks."""
    serial = 2 * number + who
    op, name = [("smooth", "amount"), ("smooth", "scale"), ("grain", "amount"), ("grain", "size")][
        number % 4 if number % 8 < 4 else who * 2 + number % 2
    ]
    return {0: painted(serial), 1: marked(serial)}.get(
        number % 7, slider(op, name, serial / 10 + 0.05)
    )


@dataclass
class Window:
    """What an editor knows: the state it shows, and of which revision that is."""

    client: httpx.Client
    project: str
    revision: int = 0
    recipe: Recipe = field(default_factory=Recipe)

    def send(self, label: str, recipe: Recipe | None, **more: Any) -> dict[str, Any]:
        plain = recipe and recipe.model_dump(mode="json")
        body = {"base": self.revision, "label": label, "recipe": plain, **more}
        answer = self.client.post(f"/api/projects/{self.project}/history", json=body)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def do(self, label: str, made: Change) -> None:
        recipe = made(self.recipe)
        said = self.send(label, recipe)
        self.revision = said["revision"]
        self.recipe = recipe if said["recipe"] is None else Recipe.from_plain(said["recipe"])

    def catch_up(self) -> None:
        newer = self.log(self.revision)
        if newer:
            self.revision = newer[-1]["revision"]
            self.recipe = Recipe.from_plain(newer[-1]["recipe"])

    def log(self, known: int = -1) -> list[dict[str, Any]]:
        """All steps after those that are known, page by page."""
        found: list[dict[str, Any]] = []
        asked: dict[str, Any] = {"known": known}
        while True:
            page = self.client.get(f"/api/projects/{self.project}/history", params=asked)
            found += page.json()
            if "x-freckle-next" not in page.headers:
                return found
            asked["cursor"] = page.headers["x-freckle-next"]


def colleagues() -> tuple[User, User]:
    """Two editors of one workspace."""
    workspace = uuid.uuid4().hex
    anna, ben = (User(uuid.uuid4().hex, workspace, "editor", name=name) for name in ("Anna", "Ben"))
    return anna, ben


def photo_of(store: Store, owner: User) -> str:
    """Make a project without a picture; return its id."""
    photo = StoredPhoto(
        digest=uuid.uuid4().hex * 2, name="a.jpg", format="jpeg", width=6, height=4, bytes=9,
        warnings=(),
    )  # fmt: skip
    store.add_photo(owner, photo)
    return store.create_project(owner, photo.digest, "portrait", NOTHING).id


def work_at_once(windows: Sequence[Window], changes: int) -> None:
    """Let each do its changes, all at the same time."""

    def work(who: int) -> None:
        for number in range(changes):
            windows[who].do(f"{who} {number}", change(who, number))

    threads = [threading.Thread(target=work, args=(who,)) for who in range(len(windows))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def check_each_adds_its_own(log: Sequence[Mapping[str, Any]]) -> None:
    """Each revision is the one before it with its own change and nothing else."""
    for before, after in pairwise(log):
        who, number = map(int, after["label"].split())
        alone = change(who, number)(Recipe.from_plain(before["recipe"]))
        assert Recipe.from_plain(after["recipe"]) == alone, after["label"]


@pytest.fixture
def two(running: Running) -> Iterator[tuple[Window, Window]]:
    """Two people who have just opened the same photo."""
    people = colleagues()
    with ExitStack() as stack:
        anna, ben = (stack.enter_context(running.client(person)) for person in people)
        project = photo_of(running.house.store, people[0])
        yield Window(anna, project), Window(ben, project)


def test_of_five_hundred_changes_at_once_none_is_lost(two: tuple[Window, Window]) -> None:
    work_at_once(two, CHANGES)
    log = two[0].log()
    labels = [entry["label"] for entry in log[1:]]
    assert sorted(labels) == sorted(f"{who} {n}" for who in range(2) for n in range(CHANGES))
    turns = sum(a[0] != b[0] for a, b in pairwise(labels))
    assert turns > CHANGES / 10, "they did not write at the same time"
    check_each_adds_its_own(log)
    for window in two:
        window.catch_up()
    assert two[0].recipe == two[1].recipe == Recipe.from_plain(log[-1]["recipe"])
    assert len(two[0].recipe.flips) == sum(n % 7 == 1 for n in range(CHANGES)) * 2


def test_of_the_same_value_the_later_one_wins_and_both_stay(two: tuple[Window, Window]) -> None:
    anna, ben = two
    anna.do("hers", slider("smooth", "amount", 20))
    ben.do("his", slider("smooth", "amount", 40))
    log = anna.log()
    amounts = [entry["recipe"]["style"]["steps"][0]["edit"]["amount"] for entry in log[1:]]
    assert amounts == [20, 40]
    assert [entry["author"] for entry in log[1:]] == ["Anna", "Ben"]
    assert [entry["mine"] for entry in log[1:]] == [True, False]


def test_a_step_is_taken_back_without_what_a_colleague_did_since(
    two: tuple[Window, Window],
) -> None:
    anna, ben = two
    anna.do(
        "hers", lambda recipe: slider("grain", "size", 9)(slider("smooth", "amount", 20)(recipe))
    )
    ben.do("his", lambda recipe: slider("smooth", "amount", 40)(painted(1)(recipe)))
    anna.catch_up()
    back = anna.send("undo 1", None, base=1)
    made = Recipe.from_plain(back["recipe"])
    assert made == slider("smooth", "amount", 40)(painted(1)(Recipe()))  # grain is gone
    assert anna.send("undo 1", None, base=1)["revision"] == back["revision"], "twice is once"


def test_a_step_that_arrives_twice_is_one(two: tuple[Window, Window]) -> None:
    anna, ben = two
    mine = slider("smooth", "amount", 20)(Recipe())
    first = anna.send("hers", mine)
    ben.do("his", painted(1))
    again = anna.send("hers", mine)  # its answer was lost on the way
    assert (first["revision"], again["revision"]) == (1, 2)
    assert [entry["label"] for entry in anna.log()] == ["Opened", "hers", "his"]


def test_steps_that_wait_begin_where_the_one_before_them_ended(two: tuple[Window, Window]) -> None:
    anna, ben = two
    first = slider("smooth", "amount", 20)(Recipe())
    second = painted(1)(first)
    ben.do("his", slider("grain", "size", 50))
    anna.revision = anna.send("first", first)["revision"]
    ben.catch_up()
    ben.do("his again", slider("smooth", "amount", 40))
    plain = first.model_dump(mode="json")
    made = Recipe.from_plain(anna.send("second", second, since=plain)["recipe"])
    ben.catch_up()
    assert made == ben.recipe
    assert [entry["label"] for entry in ben.log()][1:] == ["his", "first", "his again", "second"]
    values = {s.edit.op: s.edit.model_dump() for s in made.steps}
    assert values["smooth"]["amount"] == 40, "she did not move it again"
    assert values["grain"]["size"] == 50
    assert "dodge" in values
