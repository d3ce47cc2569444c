"""What people write is drawn as written: never markup, shaped as HarfBuzz shapes it."""

from pathlib import Path

import pytest
import uharfbuzz as hb

from freckle.errors import RecipeError
from freckle.poster.columns import capitals
from freckle.poster.design import Brand, Content, Poster
from freckle.poster.layers import Column, Item, Place
from freckle.poster.making import lay
from freckle.poster.sizes import size
from freckle.poster.typefaces import FOLDER, missing, right_to_left

HOSTILE = '#import "/etc/passwd": x; #read("/etc/hosts") *b* _i_ $x^2$ @a <b> \\u{41} // `c`'
SCRIPTS = {
    "en": ("Inter", "Inter_400Regular.ttf", "Waffles, To AV fjord"),
    "hostile": ("Inter", "Inter_400Regular.ttf", HOSTILE),
    "el": ("Inter", "Inter_400Regular.ttf", "Ξεσκεπάζω την ψυχοφθόρα"),
    "ru": ("Inter", "Inter_400Regular.ttf", "Съешь же ещё этих булок"),
    "vi": ("Inter", "Inter_400Regular.ttf", "Tiếng Việt có dấu"),
    "ar": ("Noto Sans Arabic", "NotoSansArabic.ttf", "صِف خَلقَ خَودِ كَمِثلِ"),
    "he": ("Noto Sans Hebrew", "NotoSansHebrew.ttf", "דג סקרן שט בים"),
    "hi": ("Noto Sans Devanagari", "NotoSansDevanagari.ttf", "ऋषियों को सताने वाले क्षत्रिय"),
    "bn": ("Noto Sans Bengali", "NotoSansBengali.ttf", "বর্ষামুখর দিন শেষে"),
    "ta": ("Noto Sans Tamil", "NotoSansTamil.ttf", "நீ கோபப்பட்டால்"),
    "km": ("Noto Sans Khmer", "NotoSansKhmer.ttf", "ខ្ញុំអាចញ៉ាំ"),
}


def sheet(text: str, *, brand: Brand | None = None, lang: str = "en", **how):
    item = Item(**{"text": text, "size": 20, "leading": 0.4, **how})
    column = Column(id="words", place=Place(), items=(item,))
    poster = Poster(content=Content(lang=lang), layers=(column,), brand=brand or Brand())
    return lay(poster, [], size("3000x300px"))


@pytest.mark.parametrize("code", SCRIPTS)
def test_widths_are_those_of_harfbuzz(code: str) -> None:
    _, file, text = SCRIPTS[code]
    lang = code if len(code) == 2 else "en"
    face = hb.Face(hb.Blob.from_file_path(str(FOLDER / file)))
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.language = lang
    hb.shape(hb.Font(face), buffer, {})
    assert all(info.codepoint for info in buffer.glyph_infos)
    wide = sum(place.x_advance for place in buffer.glyph_positions) / face.upem * 20
    if code in ("en", "hostile", "el", "ru", "vi"):
        set_ = sheet(text, lang=lang)
        assert set_.type[0].room.w == pytest.approx(wide, rel=0.002)
    else:  # spaces may come from the first typeface: letters alone are compared
        words = text.split()
        advance = 0.0
        for word in words:
            one = hb.Buffer()
            one.add_str(word)
            one.guess_segment_properties()
            hb.shape(hb.Font(face), one, {})
            advance = sum(place.x_advance for place in one.glyph_positions) / face.upem * 20
            assert sheet(word, lang=lang).type[0].room.w == pytest.approx(advance, rel=0.004)


def test_lines_run_the_way_they_are_written() -> None:
    assert right_to_left("«שלום» abc")
    assert not right_to_left("42 abc שלום")
    hebrew = sheet("שלום").type[0].room
    assert hebrew.right == pytest.approx(size("3000x300px").safe_room.right, abs=0.5)


def test_a_letter_that_no_typeface_has_is_said() -> None:
    lost = "\U000e0041"
    assert missing("Aé😀→" + lost) == lost
    with pytest.raises(RecipeError, match=r"U\+E0041"):
        sheet("a" + lost)


def test_capitals_of_languages() -> None:
    assert capitals("istanbul", "tr") == "İSTANBUL"
    assert capitals("straße", "de") == "STRAẞE"
    assert capitals("straße", "en") == "STRASSE"


def test_a_long_word_gets_smaller_type_and_endless_ones_are_refused() -> None:
    assert sheet("Donaudampfschifffahrt", size=400).type[0].size < 400
    with pytest.raises(RecipeError, match="does not fit"):
        sheet("x" * 2000, size=300)


def test_fonts_of_people_are_checked(tmp_path: Path) -> None:
    own = tmp_path / "own.ttf"
    own.write_bytes((FOLDER / "InstrumentSerif_400Regular.ttf").read_bytes())
    serif = sheet("Hamburg", brand=Brand(text=str(own))).type[0].room.w
    assert serif == pytest.approx(
        sheet("Hamburg", brand=Brand(text="Instrument Serif")).type[0].room.w
    )
    assert serif != pytest.approx(sheet("Hamburg").type[0].room.w)
    bad = tmp_path / "bad.ttf"
    bad.write_bytes(b"no font")
    locked = bytearray(own.read_bytes())
    place = locked.index(b"OS/2")
    table = int.from_bytes(locked[place + 8 : place + 12], "big")
    locked[table + 8 : table + 10] = b"\x00\x02"
    forbidden = tmp_path / "forbidden.ttf"
    forbidden.write_bytes(bytes(locked))
    for path, said in (
        (bad, "no font"),
        (forbidden, "not be embedded"),
        (tmp_path / "x.ttf", "not there"),
    ):
        with pytest.raises(RecipeError, match=said):
            sheet("a", brand=Brand(text=str(path)))
    with pytest.raises(RecipeError, match="Inter"):
        sheet("a", brand=Brand(text="Intre"))
