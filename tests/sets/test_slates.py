"""A slate says whose the photos after it are; nobody is taken for somebody else."""

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import segno
from PIL import Image

from freckle.codec.channels import as_pixels
from freckle.errors import RecipeError
from freckle.photo import Photo, Source
from freckle.sets.roster import roster_of
from freckle.sets.slates import UNREAD, Shown, codes_in, with_slates

Freckle = Callable[..., tuple[int, str, str]]
ROSTER = roster_of(
    b"code;name;consent;face\na-1;Anna;all;\nb-2;Ben;none;1\nb-2;Bo;skin;2\n;Cy;skin;\n"
)


def slate(text: str, size: tuple[int, int] = (480, 640), turn: float = 0) -> Any:
    """A white card with a QR code before a gray wall, as RGB."""
    drawn = io.BytesIO()
    segno.make_qr(text, error="h").save(drawn, kind="png", scale=8, border=4)
    card = Image.open(drawn).convert("L").rotate(turn, expand=True, fillcolor=150)
    wall = Image.new("L", size[::-1], 150)
    wall.paste(card, ((wall.width - card.width) // 2, (wall.height - card.height) // 2))
    return np.repeat(np.asarray(wall)[..., None], 3, axis=2)


def names(photos: list[Shown]) -> list[list[str]]:
    found = with_slates(ROSTER, photos).roster
    return [[row.name for row in found.of(photo.name, photo.folder)] for photo in photos]


@pytest.mark.parametrize(("turn", "size"), [(0, (480, 640)), (21, (600, 700)), (-8, (2400, 3200))])
def test_a_code_is_read_turned_and_small(turn: float, size: tuple[int, int]) -> None:
    photo = Photo(as_pixels(slate("Änne 7", size, turn)), Source("png", ""))
    assert codes_in(photo) == ["Änne 7"]
    blank = Photo(as_pixels(np.full((300, 300, 3), 90, np.uint8)), Source("png", ""))
    assert codes_in(blank) == []


def test_photos_are_the_persons_of_the_slate_before_them() -> None:
    photos = [
        Shown("01.jpg", "", (), 1),
        Shown("02.jpg", "", ("a-1",), 1),
        Shown("03.jpg", "", (), 1),
        Shown("04.jpg", "", ("stranger's shirt",), 1),
        Shown("05.jpg", "", ("b-2",), 0),
        Shown("06.jpg", "", (), 2),
        Shown("07.jpg", "", (UNREAD,), 0),
        Shown("08.jpg", "", (), 1),
        Shown("09.jpg", "", ("a-1",), 0),
        Shown("10.jpg", "other", (), 1),
    ]
    found = names(photos)
    assert found == [[], [], ["Anna"], ["Anna"], [], ["Ben", "Bo"], [], [], [], []]
    made = with_slates(ROSTER, photos)
    assert (list(made.found), made.unknown) == ([1, 4, 8], [6])


def test_a_files_own_row_comes_first_and_double_paths_are_refused() -> None:
    roster = roster_of(b"file,code,name,consent\nx.jpg,,Xi,none\n,a,Anna,all\n")
    photos = [Shown("a.jpg", "", ("a",), 0), Shown("x.jpg", "", (), 1), Shown("y.jpg", "", (), 1)]
    found = with_slates(roster, photos).roster
    assert [found.of(name)[0].name for name in ("x.jpg", "y.jpg")] == ["Xi", "Anna"]
    with pytest.raises(RecipeError, match=r"Two photos .* called 'y\.jpg'"):
        with_slates(roster, [*photos, Shown("y.jpg", "", (), 1)])
    with pytest.raises(RecipeError, match="Line 3 of the roster names 'a' again"):
        roster_of(b"code,consent\na,all\na,none\n")


def test_a_shoot_with_slates_is_named_and_consent_obeyed(
    freckle: Freckle, roomy: Path, tmp_path: Path
) -> None:
    photos, out, roster = tmp_path / "in", tmp_path / "out", tmp_path / "roster.csv"
    photos.mkdir()
    for number, text in ((1, "k-1"), (3, "k-2"), (5, "lost")):
        Image.fromarray(slate(text)).save(photos / f"{number}.png")
    for number in (2, 4, 6):
        (photos / f"{number}.png").write_bytes(roomy.read_bytes())
    roster.write_text("code,name,consent,output\nk-1,Yes,all,y\nk-2,No,none,n\nk-3,Ill,all,\n")
    options = ("--roster", roster, "--names", "{person}/{output}", "--jobs", "1")
    code, said, err = freckle(
        "batch", photos, "-o", out, "--preset", "none", "--set", "smooth.amount=60", *options
    )
    assert code == 0
    assert "2 slates read" in said
    assert "cannot be read: 5.png" in err
    assert "Codes of the roster that are on no slate: k-3" in err
    made = {path.relative_to(out).as_posix(): path for path in out.rglob("*.png")}
    assert len(made) == 3
    assert made["No/n.png"].read_bytes() == roomy.read_bytes()
    assert made["Yes/y.png"].read_bytes() != roomy.read_bytes()
    assert not any(path.name in ("1.png", "3.png", "5.png") for path in made.values())
