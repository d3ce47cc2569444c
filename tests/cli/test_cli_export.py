"""`freckle export`: sizes to the pixel, the face in its place, sRGB, no place left in the file."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageCms

from freckle.cli.main import main
from freckle.codec import load
from freckle.codec.cms import PROFILES
from freckle.codec.icc import read_space
from freckle.geometry import Box
from freckle.photo import Photo, Source
from freckle.recipe.exports import BY_NAME, EXPORTS, Export
from freckle.render.export import exported, shape_of, size_of
from freckle.render.frame import framed_photo
from tests.studio.portraits import read


@pytest.fixture
def portrait(tmp_path: Path) -> Path:
    """A portrait in Display P3, with a position."""
    path = tmp_path / "anna.jpg"
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (52.0, 31.0, 0.0), 3: "E", 4: (13.0, 24.0, 0.0)}
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.fromarray(read("astronaut").pixels).save(path, exif=exif, icc_profile=srgb, quality=95)
    return path


def test_several_presets_at_once(portrait: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    names = ["linkedin", "web", "id", "avatar"]
    asked = [word for name in names for word in ("--preset", name)]
    assert main(["export", str(portrait), "-o", str(out), *asked, "--quiet"]) == 0
    sizes = {path.name: (load(path).width, load(path).height) for path in out.iterdir()}
    assert sizes == {
        "anna-linkedin.jpg": (400, 400),
        "anna-web.jpg": (512, 512),
        "anna-id.jpg": (413, 531),
        "anna-avatar.jpg": (512, 512),
    }
    for path in out.iterdir():
        with Image.open(path) as made:
            place = dict(made.getexif().get_ifd(0x8825))
            assert bool(place) == BY_NAME[path.stem.split("-")[1]].location
    with Image.open(out / "anna-id.jpg") as made:
        assert made.info["dpi"] == (300, 300)


def test_the_head_is_in_its_place(portrait: Path, tmp_path: Path) -> None:
    asked = ["--preset", "id", "--quiet"]
    assert main(["export", str(portrait), "-o", str(tmp_path), *asked]) == 0
    from freckle.analysis.portrait import analyze  # noqa: PLC0415

    made = load(tmp_path / "anna-id.jpg")
    (person, *_) = analyze(made).people
    box = person.face.box
    assert 0.4 < box.height / made.height < 0.75
    assert abs((box.left + box.right) / 2 / made.width - 0.5) < 0.08


def test_a_file_that_is_there_is_numbered_or_refused_or_replaced(
    portrait: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["export", str(portrait), "-o", str(tmp_path), "--preset", "avatar", "--quiet"]
    assert main(asked) == 0
    assert main(asked) == 0
    assert (tmp_path / "anna-avatar-2.jpg").is_file()
    assert main([*asked, "--conflict", "refuse"]) == 4
    assert "is there already" in capsys.readouterr().err
    assert main([*asked, "--conflict", "replace"]) == 0
    assert not (tmp_path / "anna-avatar-3.jpg").exists()
    original = portrait.read_bytes()
    assert main([*asked, "--names", "{name}", "--conflict", "replace"]) == 0
    assert portrait.read_bytes() == original


@pytest.mark.parametrize("names", ["../{name}", "{nobody}", "", ".{name}", "{name.__class__}x/"])
def test_names_lead_nowhere_else(names: str, portrait: Path, tmp_path: Path) -> None:
    asked = ["export", str(portrait), "-o", str(tmp_path), "--preset", "web", "--names", names]
    assert main(asked) == 2


def test_what_is_not_understood_is_said(
    portrait: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", str(portrait), "-o", str(tmp_path), "--preset", "linkedn"]) == 4
    assert "Did you mean linkedin" in capsys.readouterr().err
    assert main(["export", str(portrait), "-o", str(tmp_path / "no"), "--preset", "web"]) == 4
    assert main(["export", str(portrait)]) == 2
    assert main(["export", "--list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == len(EXPORTS)


def test_wide_colors_come_to_srgb() -> None:
    p3 = PROFILES["p3"]
    space = read_space(p3)
    assert space is not None
    pixels = np.full((40, 60, 3), (200, 120, 90), np.uint8)
    photo = Photo(pixels, Source(format="png", digest=""), space=space, profile=p3)
    made = exported(photo, BY_NAME["web"])
    assert made.space.is_srgb
    assert made.profile is None
    assert made.pixels[0, 0].tolist() == [213, 115, 83]
    kept = exported(photo, BY_NAME["master"])
    assert np.array_equal(kept.pixels, pixels)
    assert kept.profile == p3


@pytest.mark.parametrize("wanted", EXPORTS, ids=lambda each: each.name)
def test_every_preset_has_its_size(wanted: Export) -> None:
    photo = Photo(np.zeros((4000, 3000, 3), np.uint8), Source(format="png", digest=""))
    part = shape_of(photo, wanted, [Box(1200, 800, 1800, 1700)])
    width, height = size_of(framed_photo(photo, part), wanted)
    if wanted.width:
        assert (width, height) == (wanted.width, wanted.height)
        assert part.size[0] / part.size[1] == pytest.approx(width / height, rel=0.004)
    else:
        assert max(width, height) == (wanted.longest or 4000)
        assert width / height == pytest.approx(0.75, rel=0.002)


def test_paper_lies_as_the_picture_does_and_small_pictures_stay_small() -> None:
    wide = Photo(np.zeros((20, 30, 3), np.uint8), Source(format="png", digest=""))
    assert size_of(wide, BY_NAME["10x15"]) == (120, 80)  # four times, and no more
    upright = BY_NAME["10x15"]
    assert size_of(Photo(np.zeros((900, 600, 3), np.uint8), wide.source), upright) == (1181, 1772)


def test_a_print_has_bleed_and_the_space_asked_for(portrait: Path, tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    out = ["export", str(portrait), "-o", str(tmp_path), "--quiet"]
    page = ["--print", "5x7cm@200", "--format", "pdf", "--bleed", "3", "--marks"]
    assert main([*out, *page, "--names", "page"]) == 0
    with pikepdf.open(tmp_path / "page.pdf") as document:
        (picture,) = document.pages[0].get_images().values()
        assert (int(picture.Width), int(picture.Height)) == (441, 598)
    assert main([*out, "--preset", "avatar", "--space", "adobe", "--format", "png"]) == 0
    assert "Adobe RGB" in load(tmp_path / "anna-avatar.png").space.name
    assert main([*out, "--print", "5x7"]) == 2
    assert main([*out, "--bleed", "90"]) == 2
