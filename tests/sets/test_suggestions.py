"""Suggestions: what stands out in a set, and which of some photos alike to keep."""

from importlib.resources import files

from freckle.analysis.portrait import analyze
from freckle.codec import load_bytes
from freckle.sets.looking import glanced
from freckle.sets.suggestions import Sight, suggestions


def face(sharp: float | None = 0.2, eyes: float = 0.3, *, cut: bool = False) -> dict[str, object]:
    return {"sharp": sharp, "eyes": eyes, "cut": cut}


def prints(*bits: int) -> list[str]:
    return [f"{each:016x}" for each in bits]


def told(sights: list[Sight]) -> list[tuple[str, str, str]]:
    return [(each.photo, each.kind, each.other) for each in suggestions(sights)]


FAR = [(1 << (9 * k)) - 1 for k in range(7)]
"""Prints that are far from each other."""


def test_one_reason_is_told_once_however_many_faces_have_it():
    a, b, c = prints(*FAR[:3])
    crowd = Sight("a", a, [face(eyes=0.1), face(eyes=0.05), face(cut=True)])
    assert told([crowd, Sight("b", b, [face(0.05)]), Sight("c", c, [face(None)])]) == [
        ("a", "closed", ""),
        ("a", "cut", ""),
        ("b", "soft", ""),
    ]


def test_soft_is_measured_by_what_the_set_has():
    sights = [Sight(str(k), p, [face(0.4)]) for k, p in enumerate(prints(*FAR[:6]))]
    assert told([*sights, Sight("soft", prints(FAR[6])[0], [face(0.15)])]) == [("soft", "soft", "")]
    assert told([Sight("soft", prints(FAR[6])[0], [face(0.15)])]) == []


def test_of_a_burst_the_one_without_flaws_and_then_the_sharpest_is_kept():
    one = FAR[5]
    same = prints(one, one ^ 1, one ^ 3, one ^ 7)
    burst = [
        Sight("blink", same[0], [face(0.3, eyes=0.1)]),
        Sight("good", same[1], [face(0.2)]),
        Sight("sharp", same[2], [face(0.25)]),
        Sight("moved", same[3], [face(0.06)]),
    ]
    found = told([*burst, Sight("other", prints(FAR[1])[0], [face()])])
    assert [each for each in found if each[1] in ("alike", "best")] == [
        ("sharp", "best", ""),
        ("blink", "alike", "sharp"),
        ("good", "alike", "sharp"),
        ("moved", "alike", "sharp"),
    ]


def test_where_nothing_tells_copies_apart_none_is_called_best():
    same = prints(FAR[2], FAR[2])
    assert told([Sight("a", same[0]), Sight("b", same[1])]) == [("b", "alike", "a")]


def test_photos_alike_are_looked_for_nearby():
    between = [Sight(f"x{k}", f"{(0x9E3779B97F4A7C15 * (k + 1)) % 2**64:016x}") for k in range(9)]
    first, last = Sight("first", prints(0)[0]), Sight("last", prints(0)[0])
    assert told([first, *between, last]) == []
    assert told([first, *between[:3], last]) == [("last", "alike", "first")]


def test_a_glance_keeps_measures_and_nothing_that_tells_people_apart():
    photo = load_bytes((files("skimage") / "data" / "astronaut.png").read_bytes())
    seen = glanced(photo, analyze(photo))
    (face,) = seen["faces"]
    assert set(face) == {"eyes", "sharp", "cut", "skin"}
    assert 40 < face["skin"] < 80
    assert 20 < seen.pop("light") < 80
    assert face["eyes"] > 0.2
    assert not face["cut"]
    assert len(seen["print"]) == 16
    assert told([Sight("astronaut", **seen)]) == []
