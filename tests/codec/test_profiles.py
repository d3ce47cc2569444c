"""Color profiles: carried to the bit, and understood in numbers."""

import io

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from freckle.codec import SaveOptions, encode, load_bytes
from freckle.codec.icc import SAMPLES, read_space
from freckle.pixels.color import encoded_lab, encoded_unlab, from_srgb, to_srgb
from tests.codec import specimens
from tests.codec.test_round_trip import photo

SPACES = ["Display P3", "Adobe RGB", "ProPhoto"]
FORMATS = ["jpeg", "png", "webp", "tiff", "avif"]


def specimen(profile, pixels=None):
    return specimens.pil(
        specimens.scene() if pixels is None else pixels, "PNG", icc_profile=profile
    )


@pytest.mark.parametrize("name", SPACES)
@pytest.mark.parametrize("file_format", FORMATS)
def test_profile_bytes_survive(name, file_format):
    profile = specimens.profile(name)
    found = load_bytes(encode(load_bytes(specimen(profile)), SaveOptions(format=file_format)))
    assert found.profile == profile
    assert found.space.name == name
    assert found.warnings == ()


def test_profile_larger_than_a_jpeg_segment_survives():
    profile = specimens.profile("Adobe RGB", np.linspace(0, 1, 100_000) ** 2.2)
    assert len(profile) > 3 * 65_533
    found = load_bytes(encode(load_bytes(specimen(profile)), SaveOptions(format="jpeg")))
    assert found.profile == profile


@pytest.mark.parametrize("name", SPACES)
def test_numbers_agree_with_little_cms(name):
    profile = specimens.profile(name)
    patches = specimens.noise((16, 16, 3), seed=5) // 2 + 64  # inside sRGB's gamut, mostly
    expected = np.asarray(
        ImageCms.profileToProfile(
            Image.fromarray(patches),
            ImageCms.ImageCmsProfile(io.BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="RGB",
        )
    )
    space = load_bytes(specimen(profile)).space
    ours = to_srgb(patches.astype(np.float32) / 255, space)
    inside = ((ours > 0) & (ours < 1)).all(axis=2)
    assert inside.sum() > 100
    assert np.abs(ours[inside] * 255 - expected[inside]).max() <= 1.0
    identity = np.abs(patches[inside].astype(int) - expected[inside]).max()
    assert identity > 8, "the test would not notice a profile that is ignored"


@pytest.mark.parametrize("name", SPACES)
def test_numbers_agree_with_the_definition(name):
    space = read_space(specimens.profile(name))
    expected = np.linalg.solve(specimens.colorants("sRGB"), specimens.colorants(name))
    # sRGB's own profile is published with five digits.
    np.testing.assert_allclose(space.to_srgb, expected, atol=5e-4)
    np.testing.assert_allclose(space.to_srgb.sum(axis=1), 1, atol=1e-6)
    grid = np.linspace(0, 1, SAMPLES)
    curve = specimens.DECODERS[name](grid)
    assert (space.curve is None) == (name == "Display P3")
    if space.curve is not None:
        # Gammas are written with 8 bits behind the point, parameters with 16.
        np.testing.assert_allclose(space.curve, curve, atol=2e-5)


@pytest.mark.parametrize("name", SPACES)
def test_color_goes_there_and_back_at_16_bits(name):
    space = read_space(specimens.profile(name))
    values = np.linspace(0.02, 1, 3 * 4000, dtype=np.float32).reshape(40, 100, 3)
    back = from_srgb(to_srgb(values, space), space)
    assert np.abs(back - values).max() * 65535 < 3


@pytest.mark.parametrize("name", SPACES)
def test_cielab_goes_there_and_back_within_a_fifth_of_a_level(name):
    space = read_space(specimens.profile(name))
    values = np.random.default_rng(6).uniform(0.05, 0.95, (80, 100, 3)).astype(np.float32)
    srgb = to_srgb(values, space)
    inside = ((srgb > 0) & (srgb < 1)).all(axis=2)
    assert inside.sum() > 1000
    back = encoded_unlab(encoded_lab(values, space), space)
    assert np.abs(back - values)[inside].max() * 255 < 0.2


@pytest.mark.parametrize(
    "curve",
    [
        specimens.SRGB_CURVE,
        np.rint(specimens.DECODERS["sRGB"](np.linspace(0, 1, 1024)) * 65535) / 65535,
    ],
    ids=["parametric", "table"],
)
def test_srgb_in_any_spelling_is_srgb(curve):
    assert read_space(specimens.profile("sRGB", curve)).is_srgb


def test_pillows_own_srgb_is_srgb():
    built = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    space = read_space(built)
    assert space.is_srgb
    assert "sRGB" in space.name


@pytest.mark.parametrize(
    ("curve", "meaning"),
    [
        (2.2, lambda v: v ** (563 / 256)),
        ((0, (1.8,)), lambda v: v**1.8),
        ((1, (2.0, 1.25, -0.25)), lambda v: np.where(v >= 0.2, (1.25 * v - 0.25) ** 2, 0)),
        ((2, (2.0, 0.8, 0.1, 0.1)), lambda v: (0.8 * v + 0.1) ** 2 + 0.1),
        (
            (4, (2.0, 0.9, 0.05, 0.5, 0.1, 0.02, 0.01)),
            lambda v: np.where(v >= 0.1, (0.9 * v + 0.05) ** 2 + 0.02, 0.5 * v + 0.01),
        ),
        (np.array([0.0, 0.1, 1.0]), lambda v: np.interp(v, [0, 0.5, 1], [0, 0.1, 1])),
    ],
)
def test_every_kind_of_curve(curve, meaning):
    space = read_space(specimens.profile("Adobe RGB", curve))
    grid = np.linspace(0, 1, SAMPLES)
    expected = np.maximum.accumulate(np.clip(meaning(grid), 0, 1))
    np.testing.assert_allclose(space.curve, expected, atol=1e-4)


def test_look_up_table_profile_is_carried_with_a_warning():
    profile = specimens.lut_profile()
    found = load_bytes(specimen(profile))
    assert found.profile == profile
    assert found.space.is_srgb
    assert "look-up table" in found.warnings[0]


def broken():
    whole = specimens.profile("Adobe RGB")
    return {
        "cut": whole[:300],
        "garbage": b"\x00" * 500,
        "tiny": b"icc",
        "for printing": specimens.cmyk_profile(),
        "for gray": specimens.gray_profile(),
        "without slope": specimens.profile("Adobe RGB", np.zeros(4)),
        "too large": specimens.profile("Adobe RGB", np.linspace(0, 1, 2_200_000)),
        "unknown curve": whole.replace(b"curv", b"blub"),
    }


@pytest.mark.parametrize("what", broken())
def test_broken_profile_opens_with_a_warning(what):
    found = load_bytes(specimens.pil(specimens.scene(), "JPEG", icc_profile=broken()[what]))
    assert found.profile is None
    assert found.space.is_srgb
    assert any("profile" in warning for warning in found.warnings)
    assert load_bytes(encode(found)).profile is None


@settings(max_examples=80, deadline=None)
@given(data=st.data())
def test_no_profile_however_twisted_stops_the_photo(data):
    raw = bytearray(specimens.profile(data.draw(st.sampled_from(SPACES))))
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    found = load_bytes(specimen(bytes(raw), specimens.scene(4, 4)))
    assert np.isfinite(found.space.to_srgb).all()
    assert found.space.curve is None or np.isfinite(found.space.curve).all()


def test_gray_profile_stays_with_gray():
    profile = specimens.gray_profile(1.8)
    for file_format in ("png", "jpeg", "tiff"):
        found = load_bytes(specimens.pil(specimens.scene()[..., 0], "PNG", icc_profile=profile))
        again = load_bytes(encode(found, SaveOptions(format=file_format)))
        assert again.source.gray
        assert again.profile == profile
        assert again.space.curve is not None


@pytest.mark.parametrize("file_format", ["png", "webp"])
def test_gray_profile_is_no_profile_for_color(file_format):
    stored = photo(
        specimens.scene(), gray=True, profile=specimens.gray_profile(1.8),
        space=read_space(specimens.gray_profile(1.8)),
    )  # fmt: skip
    again = load_bytes(encode(stored, SaveOptions(format=file_format)))
    assert again.profile is None
    before = to_srgb(stored.pixels.astype(np.float32) / 255, stored.space)
    assert np.abs(again.pixels / 255 - before).mean() < 0.01
    assert np.abs(stored.pixels.astype(int) - again.pixels).max() > 15


@pytest.mark.parametrize(("primaries", "name"), [(12, "Display P3"), (9, "BT.2020")])
def test_code_points_become_a_profile(primaries, name):
    points = specimens.chunk(b"cICP", bytes([primaries, 13, 0, 1]))
    found = load_bytes(specimens.png(1, 1, 8, 2, b"\0\x10\x20\x30", points))
    assert found.space.name == name
    expected = np.linalg.solve(specimens.colorants("sRGB"), specimens.colorants(name))
    np.testing.assert_allclose(found.space.to_srgb, expected, atol=1e-3)
    assert load_bytes(encode(found, SaveOptions(format="jpeg"))).profile == found.profile
    ImageCms.ImageCmsProfile(io.BytesIO(found.profile))


def test_wide_colors_in_avif_without_a_profile():
    data = bytearray(specimens.pil(specimens.scene(), "AVIF"))
    at = data.index(b"nclx")
    data[at + 4 : at + 8] = bytes([0, 12, 0, 13])
    assert load_bytes(bytes(data)).space.name == "Display P3"


def test_hdr_is_told():
    points = specimens.chunk(b"cICP", bytes([9, 16, 0, 1]))
    assert "HDR" in load_bytes(specimens.png(1, 1, 8, 0, b"\0\x10", points)).warnings[0]


@pytest.mark.parametrize(("gamma", "told"), [(45_455, False), (100_000, True)])
def test_unusual_gamma_is_told(gamma, told):
    tone = specimens.chunk(b"gAMA", gamma.to_bytes(4, "big"))
    assert bool(load_bytes(specimens.png(1, 1, 8, 0, b"\0\x10", tone)).warnings) == told
