"""Several people are worked on side by side, and it is as if they came one after the other."""

import cv2

from freckle.analysis.portrait import analyze
from freckle.photo import Photo
from freckle.recipe.presets import preset
from freckle.render.render import render


def test_people_side_by_side_are_those_one_after_the_other(couple: Photo) -> None:
    found, threads = [], cv2.getNumThreads()
    recipe = preset("natural").recipe
    try:
        for count in (1, 3):
            cv2.setNumThreads(count)
            done = render(couple, analyze(couple), recipe)
            kinds = [[deed.op for deed in each.deeds] for each in done.people]
            found.append((done.photo.pixels.tobytes(), kinds))
    finally:
        cv2.setNumThreads(threads)
    assert found[0] == found[1]
    assert len(found[0][1]) == 2
    assert found[0][0] != couple.pixels.tobytes()
