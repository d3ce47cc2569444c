"""Files for printers pass; each fault that a printer would refuse is found."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String

from freckle.poster.changes import Change
from freckle.poster.design import Content, Poster
from freckle.poster.making import lay
from freckle.poster.pdf import Print, pdf
from freckle.poster.preflight import preflight
from freckle.poster.sizes import size
from freckle.poster.subject import Subject

LIMIT = 240.0
CONTENT = Content(headline="Two words", subline="And a line", link="https://example.com")


@pytest.fixture(scope="module")
def printed(astronaut: Subject, printer: bytes) -> bytes:
    changes = {"words": Change(opacity=0.8)}
    poster = Poster(template="launch-sun", content=CONTENT, changes=changes)
    return pdf(lay(poster, [astronaut], size("a6")), Print(printer, limit=LIMIT))


@pytest.mark.parametrize("name", ["event-night", "team-badge", "menu-bistro"])
def test_files_pass_with_ink_and_without(astronaut: Subject, printer: bytes, name: str) -> None:
    laid = lay(Poster(template=name, content=CONTENT), [astronaut], size("a6"))
    assert preflight(pdf(laid)) == []
    assert preflight(pdf(laid, Print(printer, limit=LIMIT)), ink=LIMIT) == []


def test_a_file_with_translucent_type_passes(printed: bytes) -> None:
    assert preflight(printed, ink=LIMIT) == []


def boxes(document: pikepdf.Pdf) -> None:
    document.pages[0].obj.TrimBox = Array([0, 0, 5000, 5000])


def fonts(document: pikepdf.Pdf) -> None:
    for each in document.objects:
        if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/FontDescriptor":
            for name in ("/FontFile2", "/FontFile3"):
                if name in each:
                    del each[name]


def intent(document: pikepdf.Pdf) -> None:
    del document.Root.OutputIntents


def rgb(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    page.contents_add(document.make_stream(b"1 0 0 rg 0 0 9 9 re f"))
    page.contents_coalesce()


def heavy(document: pikepdf.Pdf) -> None:
    page = document.pages[0]
    page.contents_add(document.make_stream(b".9 .9 .9 .9 k 0 0 9 9 re f"))
    page.contents_coalesce()


def acts(document: pikepdf.Pdf) -> None:
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"))


def unnamed(document: pikepdf.Pdf) -> None:
    with document.open_metadata(set_pikepdf_as_editor=False) as meta:
        del meta["xmpMM:DocumentID"]


def trapped(document: pikepdf.Pdf) -> None:
    document.docinfo["/Trapped"] = Name("/True")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (boxes, "boxes of page 1"),
        (fonts, "not embedded"),
        (intent, "printing condition"),
        (rgb, "colors for the screen"),
        (heavy, "360 % of ink"),
        (acts, "acts when"),
        (unnamed, "xmpMM:DocumentID"),
        (trapped, "trapping"),
    ],
)
def test_what_is_wrong_is_said(
    printed: bytes, spoil: Callable[[pikepdf.Pdf], None], said: str
) -> None:
    with pikepdf.open(io.BytesIO(printed)) as document:
        spoil(document)
        out = io.BytesIO()
        document.save(out)
    assert said in " ".join(preflight(out.getvalue(), ink=LIMIT))


def test_what_is_no_pdf_is_said() -> None:
    assert preflight(b"no pdf") == ["This is no PDF that can be read."]
