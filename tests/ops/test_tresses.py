"""Hair told by its own color: strands whole, pockets empty, shine left, no gray rim."""

from dataclasses import replace
from typing import Any

import cv2
import numpy as np

from freckle.analysis.tresses import Tresses
from freckle.analysis.trimap import Trimap
from freckle.pixels.color import SRGB
from freckle.pixels.foreground import colors
from freckle.pixels.mixture import Mixture

HAIR = np.array([0.09, 0.08, 0.08], np.float32)
SKY = np.array([0.75, 0.8, 0.85], np.float32)
SIDE = 200


def scene(likely: float) -> tuple[Any, Trimap, Any]:
    """Hair to the left, sky to the right, strands across; the strands' true alpha."""
    truth = np.zeros((SIDE, SIDE), np.float32)
    truth[:, :80] = 1
    for row in range(10, SIDE - 10, 12):
        cv2.line(truth, (80, row), (150, row + 7), 0.8, 2)  # type: ignore[call-overload]
    truth = np.asarray(cv2.GaussianBlur(truth, (0, 0), 0.7), np.float32)
    picture = truth[..., None] * HAIR + (1 - truth[..., None]) * SKY
    known = np.full_like(truth, 0.5)
    known[:, :60], known[:, 170:] = 1, 0
    seen = np.full_like(truth, likely)
    seen[:, :80] = 1
    depth = np.zeros_like(truth)
    depth[:, :60] = 1
    return picture, Trimap(known, seen, depth, truth >= 0, known == 1, known > 1, 300.0), truth


def test_a_strand_told_too_thin_gets_its_own_alpha() -> None:
    picture, trimap, truth = scene(0.0)
    thin = np.where(trimap.known == 1, 1, 0.6 * truth).astype(np.float32)
    _, back = colors(picture, thin)
    told = Tresses.of(picture, trimap, thin).thickened(picture, thin, back, trimap.yielding)
    strands = (truth > 0.5) & (trimap.known == 0.5)
    assert np.abs(told - truth)[strands].mean() < 0.6 * np.abs(thin - truth)[strands].mean()
    assert np.array_equal(told[trimap.known != 0.5], thin[trimap.known != 0.5])


def test_a_pocket_of_sky_goes_and_shine_stays() -> None:
    sky = {}
    for likely in (0.0, 1.0):
        picture, trimap, truth = scene(likely)
        full = np.where(trimap.known > 0, 0.9, 0).astype(np.float32)
        back = np.zeros_like(picture) + SKY
        told = Tresses.of(picture, trimap, full).thickened(picture, full, back, trimap.yielding)
        sky[likely] = told[(truth < 0.01) & (trimap.known == 0.5)]
    assert sky[0.0].mean() < 0.35
    assert sky[1.0].min() >= 0.89, "what the parser surely sees as hair shines"


def test_the_grounds_color_leaves_the_rim_and_other_colors_stay() -> None:
    picture, trimap, truth = scene(0.0)
    alpha = np.where(trimap.known == 1, 1, truth).astype(np.float32)
    hair = Tresses.of(picture, trimap, alpha)
    back = np.zeros_like(picture) + SKY
    own = np.zeros_like(picture) + HAIR
    gray = own + np.float32(0.25) * (back - own)
    near = trimap.known == 0.5
    cleaned = hair.cleaned(gray, back, trimap.depth)
    assert np.abs(cleaned - own)[near].mean() < 0.15 * np.abs(gray - own)[near].mean()
    assert np.array_equal(cleaned[trimap.known == 1], gray[trimap.known == 1])
    darker = own * np.float32(0.5)
    assert np.allclose(hair.cleaned(darker, back, trimap.depth), darker), "only the ground goes"


def test_where_nothing_is_hair_nothing_changes() -> None:
    picture, trimap, truth = scene(0.0)
    bald = replace(trimap, locks=trimap.known > 1)
    alpha = np.where(trimap.known == 1, 1, 0.6 * truth).astype(np.float32)
    back = np.zeros_like(picture) + SKY
    hair = Tresses.of(picture, bald, alpha)
    assert np.array_equal(hair.thickened(picture, alpha, back, bald.yielding), alpha)
    assert np.array_equal(hair.cleaned(picture, back, bald.depth), picture)


def test_dark_hair_before_a_bright_ground_is_dark_again() -> None:
    alpha = np.array([0.3, 0.6, 0.9], np.float32)
    front, back = np.tile(HAIR, (3, 1)), np.tile(SKY, (3, 1))
    mixed = Mixture.of(front, back, alpha, SRGB)
    own = mixed.cleaned(mixed.all, np.float32(1))
    assert np.abs(own - mixed.front).max() < 0.002
