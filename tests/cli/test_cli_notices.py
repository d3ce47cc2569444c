"""What the command line says of faces that are left alone, and of what was changed."""

import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
from PIL import Image

Freckle = Callable[..., tuple[int, str, str]]


def test_a_face_left_alone_is_retouched_when_it_is_named(
    freckle: Freckle, face: np.ndarray, tmp_path: Path
) -> None:
    tiny, out = tmp_path / "tiny.png", tmp_path / "out.png"
    Image.fromarray(face).resize((72, 77), Image.Resampling.LANCZOS).save(tiny)
    code, said, noted = freckle("retouch", tiny, "-o", out)
    assert (code, said) == (0, f"{out}: unchanged\n")
    assert "narrower than 40 pixels" in noted
    code, said, noted = freckle("retouch", tiny, "-o", out, "--include", "1")
    assert (code, noted) == (0, "")
    assert said.startswith(f"{out}: 1 face retouched")
    assert freckle("retouch", tiny, "-o", out, "--include", "2")[0] == 2


def test_notices_are_sentences_and_quiet_keeps_them_back(
    freckle: Freckle, face: np.ndarray, tmp_path: Path
) -> None:
    both, out = tmp_path / "both.png", tmp_path / "out.png"
    canvas = np.full((256, 420, 3), 120, np.uint8)
    canvas[:, :240] = face
    small = Image.fromarray(face).resize((80, 85), Image.Resampling.LANCZOS)
    canvas[100:185, 300:380] = np.asarray(small)
    Image.fromarray(canvas).save(both)
    found = json.loads(freckle("inspect", both, "--json")[1])["faces"]
    assert [each["verdict"] for each in found] == ["face", "too_small"]
    code, _, noted = freckle("retouch", both, "-o", out)
    assert (code, noted) == (0, "freckle: note: Face 2 is left alone: it is too small.\n")
    assert freckle("retouch", both, "-o", out, "--quiet")[1:] == ("", "")


def test_the_summary_names_what_changed_shape_makeup_and_light(
    freckle: Freckle, portrait: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out.png"
    sets = ["--set", "jawline.amount=30", "--set", "lipstick.amount=50"]
    _, said, _ = freckle("retouch", portrait, "-o", out, "--preset", "clean", *sets)
    assert said.rstrip().endswith(" healed · Shape: jawline · Makeup: lipstick")
    _, said, _ = freckle("retouch", portrait, "-o", out, "--preset", "clean")
    assert " · " not in said
