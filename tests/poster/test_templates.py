"""Every template, with a face and without: readable, safe, no type over a face."""

from dataclasses import replace

import numpy as np
import pytest

from freckle.codec import load_bytes
from freckle.poster.catalogue import TEMPLATES
from freckle.poster.design import Poster
from freckle.poster.laid import Laid
from freckle.poster.laying import tails
from freckle.poster.legibility import legibility
from freckle.poster.making import lay
from freckle.poster.palette import READABLE, luminance, worst
from freckle.poster.sheet import Make, plain_sheet
from freckle.poster.sizes import size
from freckle.poster.subject import Subject
from freckle.poster.templates.template import Template
from freckle.poster.typeset import typesetter

FAMILIES = {
    *("launch", "event", "sale", "quote", "team", "speaker"),
    *("banner", "story", "thumbnail", "menu", "magazine"),
}


def laid(each: Template, subjects: list[Subject], name: str | None = None) -> Laid:
    poster = Poster(template=each.name, content=each.sample)
    return lay(poster, subjects, size(name or each.size))


def check(sheet: Laid) -> None:
    report = legibility(sheet)
    assert report.lines
    assert report.contrast >= READABLE
    assert all(line.safe for line in report.lines)
    assert not any(line.over_face for line in report.lines)


def test_every_family_has_templates_and_every_name_is_new() -> None:
    assert {each.family for each in TEMPLATES} == FAMILIES
    assert len({each.name for each in TEMPLATES}) == len(TEMPLATES) >= 24


@pytest.mark.parametrize("each", TEMPLATES, ids=lambda each: each.name)
def test_with_a_face(each: Template, astronaut: Subject) -> None:
    sheet = laid(each, [astronaut])
    assert sheet.faces
    check(sheet)


@pytest.mark.parametrize("each", TEMPLATES, ids=lambda each: each.name)
def test_over_noise_without_a_face(each: Template, landscape: Subject) -> None:
    check(laid(each, [landscape]))


@pytest.mark.parametrize("name", ["story", "a4-wide", "banner"])
def test_one_design_in_other_sizes_is_laid_out_again(name: str, astronaut: Subject) -> None:
    for each in TEMPLATES[::4]:
        check(laid(each, [astronaut], name))


def test_without_any_portrait() -> None:
    for each in TEMPLATES[::5]:
        sheet = laid(each, [])
        assert not sheet.framings
        check(sheet)


def test_contrast_is_that_of_the_pixels_drawn(landscape: Subject) -> None:
    each = next(one for one in TEMPLATES if one.name == "event-night")
    sheet = laid(each, [landscape])
    with typesetter() as setter:
        bare = setter.png(plain_sheet(sheet, setter, Make(0.8)), 0.8, bare=True)
    ground = luminance(np.asarray(load_bytes(bare).pixels, np.uint8))
    for item in sheet.type:
        dark, light = tails(ground, item.room, sheet.board.page)
        assert worst(item.color, dark, light) >= READABLE


def test_the_report_tells_type_that_does_not_read(astronaut: Subject) -> None:
    sheet = laid(TEMPLATES[0], [astronaut])
    face = sheet.faces[0]
    wrong = replace(sheet.type[0], room=face, contrast=2.0)
    report = legibility(replace(sheet, type=(wrong,)))
    assert report.contrast == 2.0
    assert report.lines[0].over_face
    outside = replace(sheet.type[0], room=sheet.board.page)
    assert not legibility(replace(sheet, type=(outside,))).lines[0].safe
