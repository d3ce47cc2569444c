"""`freckle poster`: a design from words and a photo, replayed from JSON, and a table of them."""

import json
from pathlib import Path

import pikepdf
import pytest

from freckle.cli.main import main
from freckle.codec import load
from freckle.poster.typefaces import FOLDER


def test_several_sizes_and_the_saved_poster_again(portrait: Path, tmp_path: Path) -> None:
    out, saved = tmp_path / "out.png", tmp_path / "poster.json"
    asked = ["--portrait", str(portrait), "--headline", "Hello", "--set", "cta=Go", "-q"]
    sizes = ["--size", "200x300px", "--size", "300x200px"]
    assert main(["poster", "launch", *asked, *sizes, "--save", str(saved), "-o", str(out)]) == 0
    first = tmp_path / "out-200x300px.png"
    assert (load(first).width, load(first).height) == (200, 300)
    assert (tmp_path / "out-300x200px.png").exists()
    poster = json.loads(saved.read_text())
    assert poster["content"]["headline"] == "Hello"
    again = tmp_path / "again.png"
    assert main(["poster", str(saved), "--size", "200x300px", "-q", "-o", str(again)]) == 0
    assert again.read_bytes() == first.read_bytes()


def test_a_bad_row_is_listed_and_the_others_go_on(
    portrait: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "rows.csv"
    table.write_text(f"name,portrait\nAnna,{portrait}\nBo,none.jpg\nCy,\n", encoding="utf-8")
    out = tmp_path / "b.pdf"
    asked = ["--csv", str(table), "--portrait", str(portrait), "-o", str(out), "-q"]
    assert main(["poster", "team-badge", *asked]) == 3
    assert sorted(path.name for path in tmp_path.glob("*.pdf")) == ["b-001.pdf", "b-003.pdf"]
    assert "Row 3" in capsys.readouterr().err
    with pikepdf.open(tmp_path / "b-001.pdf") as document:
        assert len(document.pages) == 1


@pytest.mark.parametrize(
    ("asked", "code", "said"),
    [
        (["nope", "-o", "x.pdf"], 2, "no template"),
        (["launch", "-o", "x.doc"], 4, "End it in .pdf"),
        (["launch", "-o", "x.pdf", "--set", "headlin=x"], 2, "headline"),
        (["launch", "-o", "x.pdf", "--size", "a99"], 2, "no size"),
        (["launch"], 2, "-o OUT"),
    ],
)
def test_what_is_not_understood_is_said(
    asked: list[str], code: int, said: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    asked = [str(tmp_path / word) if word.startswith("x.") else word for word in asked]
    assert main(["poster", *asked]) == code
    assert said in capsys.readouterr().err


def test_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["poster", "--list", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)
    assert len(listed) >= 24
    assert all(each["sample"] for each in listed)


def test_a_logo_and_typefaces_of_ones_own(portrait: Path, tmp_path: Path) -> None:
    logo, saved = tmp_path / "mark.svg", tmp_path / "poster.json"
    logo.write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    )
    font = tmp_path / "own.ttf"
    font.write_bytes((FOLDER / "Anton_400Regular.ttf").read_bytes())
    out = tmp_path / "out.pdf"
    asked = ["--portrait", str(portrait), "--headline", "Hello", "--size", "a6", "-q"]
    brand = ["--logo", str(logo), "--font", str(font), "--text-font", "Source Serif 4"]
    made = ["poster", "launch", *asked, *brand, "--save", str(saved), "-o", str(out)]
    assert main(made) == 0
    kept = json.loads(saved.read_text())["brand"]
    assert (kept["logo"], kept["display"]) == (str(logo), str(font))
    with pikepdf.open(out) as document:
        fonts = " ".join(
            str(each.get("/FontName"))
            for each in document.objects
            if isinstance(each, pikepdf.Dictionary)
        )
    assert "Anton" in fonts
    assert main(["poster", "launch", *asked, "--logo", str(font), "-o", str(out)]) == 3
