"""A look is tried on the photos that differ most."""

from freckle.sets.trying import Tried, most_different, spread


def test_the_darkest_and_the_palest_are_tried_and_what_is_far_from_both() -> None:
    known = {
        "usual": Tried(60, 50),
        "pale": Tried(80, 55),
        "alike": Tried(62, 52),
        "dark": Tried(30, 45),
        "night": Tried(58, 10),
        "nobody": Tried(None, 95),
    }
    assert most_different(known) == ["pale", "dark", "night"]
    assert most_different(dict(reversed(known.items()))) == ["night", "dark", "pale"]


def test_photos_without_people_are_tried_where_there_are_no_others() -> None:
    lights = {str(k): Tried(None, light) for k, light in enumerate((50, 10, 55, 90))}
    assert most_different(lights) == ["0", "1", "3"]
    assert most_different({"a": Tried(50, 50)}) == ["a"]
    assert most_different({}) == []


def test_what_is_measured_is_spread_over_the_set() -> None:
    some = spread([str(k) for k in range(200)])
    assert (some[0], some[-1], len(set(some))) == ("0", "199", 12)
    assert spread(["a", "b"]) == ["a", "b"]
