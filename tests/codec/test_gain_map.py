"""Gain maps: pictures stay HDR; what is not understood goes, with all that speaks of it."""

import io

import numpy as np
import pytest
from PIL import Image

from freckle.codec import SaveOptions, encode, load_bytes, notices
from freckle.codec.gain_map import MPF, SPACE, URN
from freckle.photo import Photo
from tests.codec import hdr, specimens

SCENE = specimens.scene(96, 128)
SOUND = b'hdrgm:Version="1.0" hdrgm:GainMapMax="2" hdrgm:HDRCapacityMax="2"'
ISO = (0, 2000, -500, 2500, 1500, 15, 15)


@pytest.fixture(scope="module")
def original() -> bytes:
    return hdr.made(SCENE)


def speaks(data: bytes) -> bool:
    return any(word in data for word in (b"hdrgm", URN, MPF, b"GainMap"))


def test_a_file_stays_hdr_for_an_independent_reader(original: bytes) -> None:
    photo = load_bytes(original)
    assert photo.gain is not None
    assert photo.dropped == ()
    written = encode(photo, SaveOptions(quality=95))
    before, after = hdr.read(original), hdr.read(written)
    assert before.max() > 1.5, "it is an HDR picture at all"
    # the maker's map says that HDR is meant in BT.709, ours that it is in the picture's own space
    after = np.clip(after @ np.asarray(photo.space.to_srgb).T, 0, None)
    assert np.abs(np.log2((after + 0.02) / (before + 0.02))).mean() < 0.03
    again = load_bytes(written)
    assert again.gain is not None
    assert np.abs(again.gain.values.astype(int) - photo.gain.values).mean() < 1
    for name in ("low", "high", "gamma", "offset", "hdr_offset", "least", "most"):
        assert getattr(again.gain, name) == pytest.approx(getattr(photo.gain, name), abs=1e-5)


def test_the_index_is_true_for_an_independent_reader(original: bytes) -> None:
    for options in (SaveOptions(), SaveOptions(strip_metadata=True), SaveOptions(quality=30)):
        written = encode(load_bytes(original), options)
        (first, length), (second, rest) = hdr.places(written)
        assert (first, length + rest) == (0, len(written))
        assert second == length
        assert written[length - 2 : length + 2] == b"\xff\xd9\xff\xd8"
        with Image.open(io.BytesIO(written[second:])) as image:
            assert image.size == (128, 96)
        assert b'Item:Length="%d"' % rest in written


@pytest.mark.parametrize("scale", [2, 4])
def test_a_coarser_map_is_kept_as_coarse(scale: int) -> None:
    photo = load_bytes(hdr.made(SCENE, scale=scale))
    assert photo.gain is not None
    assert photo.gain.size == (128 // scale, 96 // scale)
    again = load_bytes(encode(photo))
    assert again.gain is not None
    assert again.gain.size == photo.gain.size


def test_both_forms_say_the_same(original: bytes) -> None:
    first, second = hdr.halves(original)
    in_xmp = load_bytes(hdr.told(first, second, hdr.in_xmp(
        SOUND + b' hdrgm:GainMapMin="-.5" hdrgm:Gamma="1.5" hdrgm:OffsetSDR=".015"'
        b' hdrgm:OffsetHDR=".015"'))).gain  # fmt: skip
    in_iso = load_bytes(hdr.told(first, second, hdr.in_iso(
        0x40, 0, 2000, -500, 2000, 1500, 15, 15))).gain  # fmt: skip
    assert in_xmp is not None
    assert in_iso is not None
    for name in ("low", "high", "gamma", "offset", "hdr_offset", "least", "most"):
        assert getattr(in_xmp, name) == pytest.approx(getattr(in_iso, name))


def test_each_color_may_have_numbers_of_its_own(original: bytes) -> None:
    first, second = hdr.halves(original)
    three = (*ISO[:2], -500, 2500, 1500, 15, 15, 0, 2000, 1000, 15, 15, 100, 1000, 900, 0, 0)
    photo = load_bytes(hdr.told(first, second, hdr.in_iso(0xC0, *three)))
    assert photo.gain is not None
    assert photo.gain.colored
    assert photo.gain.high == pytest.approx((2.5, 2, 1))
    written = encode(photo)
    again = load_bytes(written.replace(URN, b"urn:of:nothing:known:here:1\0"))  # XMP alone
    assert again.gain is not None
    assert again.gain.high == pytest.approx((2.5, 2, 1), abs=1e-5)
    assert again.gain.low == pytest.approx((-0.5, 0, 0.1), abs=1e-5)
    plain = load_bytes(written.replace(b"hdrgm:", b"other:").replace(SPACE, b"x" * len(SPACE)))
    assert plain.gain is not None, "and the binary form alone"
    assert plain.gain.gamma == pytest.approx((1.5, 1, 0.9), abs=1e-5)


STRANGE = {
    "another version": hdr.in_xmp(SOUND.replace(b"1.0", b"2.0")),
    "no version": hdr.in_xmp(SOUND[20:]),
    "an HDR picture below": hdr.in_xmp(SOUND + b' hdrgm:BaseRenditionIsHDR="True"'),
    "no maximum": hdr.in_xmp(SOUND.replace(b"GainMapMax", b"GainMapTop")),
    "no number": hdr.in_xmp(SOUND.replace(b'"2"', b'"two"')),
    "infinity": hdr.in_xmp(SOUND.replace(b'"2"', b'"inf"')),
    "upside down": hdr.in_xmp(SOUND + b' hdrgm:GainMapMin="3"'),
    "no room on any screen": hdr.in_xmp(SOUND + b' hdrgm:HDRCapacityMin="2"'),
    "bent to nothing": hdr.in_xmp(SOUND + b' hdrgm:Gamma="0"'),
    "no XML": hdr.in_xmp(b"<" + SOUND),
    "an ISO version to come": hdr.in_iso(0x40, *ISO, least=1),
    "backward": hdr.in_iso(0x44, *ISO),
    "in colors of the other picture": hdr.in_iso(0, *ISO),
    "cut short": hdr.in_iso(0x40, *ISO[:2]),
}  # fmt: skip


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_not_understood_goes_and_is_named(original: bytes, name: str) -> None:
    gone(hdr.told(*hdr.halves(original), STRANGE[name]))


def gone(data: bytes) -> Photo:
    photo = load_bytes(data)
    assert photo.gain is None
    assert [note for note in photo.dropped if "gain map" in note] == list(photo.dropped)
    assert len(photo.dropped) == 1
    written = encode(photo)
    assert not speaks(written)
    assert written.count(b"\xff\xd8\xff") == 1
    return photo


def test_a_map_that_cannot_lie_over_the_picture_goes(original: bytes) -> None:
    first, second = hdr.halves(original)
    for size in ((32, 96), (256, 192), (127, 40)):
        other = specimens.pil(specimens.scene(size[1], size[0])[..., 0], "JPEG")
        gone(hdr.told(first, other, hdr.in_xmp(SOUND)))
    broken = hdr.told(first, second, hdr.in_xmp(SOUND))
    cut = len(hdr.strip(first)) + 3 * len(second) // 4
    assert load_bytes(broken[:cut]).gain is None


def test_a_map_turns_with_its_picture(original: bytes) -> None:
    first, second = hdr.halves(original)
    exif = specimens.exif(orientation=6)
    turned = hdr.strip(first)
    block = b"Exif\0\0" + exif
    turned = turned[:2] + hdr.segment(0xE1, block) + turned[2:]
    plain = load_bytes(original)
    photo = load_bytes(turned + second)
    assert photo.gain is not None
    assert plain.gain is not None
    assert photo.gain.size == (96, 128)
    assert np.array_equal(photo.gain.values, np.rot90(plain.gain.values, -1))


@pytest.mark.parametrize("target", ["png", "tiff", "webp", "avif"])
def test_other_formats_have_no_map_and_say_so(original: bytes, target: str, tmp_path) -> None:
    photo, options = load_bytes(original), SaveOptions(format=target)  # type: ignore[arg-type]
    assert not speaks(encode(photo, options))
    told = notices(photo, tmp_path / f"out.{target}", options)
    assert [note for note in told if "gain map" in note] == list(told)
    assert len(told) == 1
    assert notices(photo, tmp_path / "out.jpg") == ()


def test_whoever_changes_pixels_loses_the_map_and_says_so(original: bytes) -> None:
    photo = load_bytes(original)
    pixels = photo.pixels.copy()
    for changed in (photo.with_pixels(pixels), photo.with_frame(pixels[:50], None)):
        assert changed.gain is None
        assert "gain map" in changed.dropped[0]


def test_packets_that_leave_no_room_stay_and_the_rest_says_it(original: bytes) -> None:
    first, second = hdr.halves(original)
    first = hdr.strip(first)
    long = specimens.xmp().replace(b"Ada", b"A" * 64_500)
    packet = hdr.segment(0xE1, b"http://ns.adobe.com/xap/1.0/\0" + long)
    written = encode(load_bytes(first[:2] + packet + first[2:] + second))
    again = load_bytes(written)
    assert b"A" * 64_500 in (again.metadata.xmp or b"")
    assert again.gain is not None
    assert hdr.read(written).max() > 1.5


def test_many_pictures_behind_one_cost_little(original: bytes) -> None:
    first, _ = hdr.halves(original)
    assert load_bytes(first + b"\xff\xd8\xff" * 300_000).gain is None
    assert load_bytes(first + first * 200).gain is None


def test_a_map_in_an_avif_file_is_not_kept_and_named() -> None:
    data = bytearray(specimens.pil(SCENE, "AVIF", exif=specimens.exif()))
    assert load_bytes(bytes(data)).dropped == ()
    at = data.index(b"infe", data.index(b"infe") + 4)
    kind = data.index(b"Exif", at)
    data[kind : kind + 4] = b"tmap"
    assert load_bytes(bytes(data)).dropped == ("The HDR gain map is not kept.",)
