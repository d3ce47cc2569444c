"""The engine for diffusion models, on a tiny one with random weights that the test builds.

Needs the extra `generate` (`pip install -e '.[generate]'`); without it only its absence is tested.
"""

import importlib.util
import json
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from freckle.errors import GeneratorError
from freckle.generate.diffusion import Diffusion
from freckle.generate.wish import Cancelled, Wish

INSTALLED = all(importlib.util.find_spec(name) for name in ("torch", "diffusers", "transformers"))
needs = pytest.mark.skipif(not INSTALLED, reason="the extra `generate` is not installed")
quiet = pytest.mark.filterwarnings("ignore")


def still(_done: float) -> None:
    pass


def test_without_the_extra_or_a_model_there_is_a_sentence(tmp_path: Path) -> None:
    said = "no folder of a diffusion model" if INSTALLED else "Diffusion models need an extra"
    with pytest.raises(GeneratorError, match=said):
        Diffusion(str(tmp_path)).make(Wish("x"), still)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("tiny"))


def build(folder: Path) -> Path:
    """A latent diffusion model of a few thousand random weights."""
    torch, diffusers, transformers = map(import_module, ("torch", "diffusers", "transformers"))
    torch.manual_seed(0)
    words = folder / "words"
    words.mkdir()
    letters = [chr(k) for k in range(97, 123)]
    tokens = [
        *letters,
        *(f"{letter}</w>" for letter in letters),
        "<|startoftext|>",
        "<|endoftext|>",
    ]
    (words / "vocab.json").write_text(json.dumps({token: k for k, token in enumerate(tokens)}))
    (words / "merges.txt").write_text("#version: 0.2\n")
    tokenizer = transformers.CLIPTokenizer(str(words / "vocab.json"), str(words / "merges.txt"))
    tokenizer.model_max_length = 16
    encoder = transformers.CLIPTextModel(
        transformers.CLIPTextConfig(
            vocab_size=len(tokens) + 2,
            hidden_size=16,
            intermediate_size=32,
            num_attention_heads=2,
            num_hidden_layers=1,
            max_position_embeddings=16,
            bos_token_id=len(tokens) - 2,
            eos_token_id=len(tokens) - 1,
            pad_token_id=len(tokens) - 1,
        )
    )
    unet = diffusers.UNet2DConditionModel(
        sample_size=8,
        block_out_channels=(8, 16),
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        cross_attention_dim=16,
        attention_head_dim=2,
        norm_num_groups=4,
        layers_per_block=1,
    )
    vae = diffusers.AutoencoderKL(
        block_out_channels=(8, 8),
        down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2,
        latent_channels=4,
        norm_num_groups=4,
    )
    scheduler = diffusers.DDIMScheduler(clip_sample=False, set_alpha_to_one=False)
    pipe = diffusers.StableDiffusionPipeline(
        vae=vae,
        text_encoder=encoder,
        tokenizer=tokenizer,
        unet=unet,
        scheduler=scheduler,
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    model = folder / "model"
    pipe.save_pretrained(model)
    return model


@needs
@quiet
def test_words_a_picture_and_a_reference(folder: Path) -> None:
    engine = Diffusion(str(folder))
    given = np.random.default_rng(1).integers(0, 255, (90, 70, 3)).astype(np.uint8)
    common: dict[str, Any] = {"size": (64, 64), "steps": 4, "seed": 3, "guidance": 3.0}
    told: list[float] = []
    two = engine.make(Wish("soft light", negative="text", count=2, **common), told.append)
    assert [picture.shape for picture in two] == [(64, 64, 3)] * 2
    assert told == sorted(told)
    assert told[-1] == 1
    (again,) = Diffusion(str(folder)).make(Wish("soft light", negative="text", **common), still)
    assert np.array_equal(again, two[0])
    near, far = (
        engine.make(Wish("soft light", image=given, strength=s, **common), still)[0].astype(int)
        for s in (0.3, 1.0)
    )
    assert not np.array_equal(near, far)
    (styled,) = engine.make(Wish("soft light", reference=given, **common), still)
    assert styled.shape == (64, 64, 3)


@needs
@quiet
def test_a_cancel_ends_the_work_at_the_next_step(folder: Path) -> None:
    engine = Diffusion(str(folder))
    engine.make(Wish("x", size=(64, 64), steps=1), still)
    asked: list[float] = []

    def stop(done: float) -> None:
        asked.append(done)
        if len(asked) > 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        engine.make(Wish("x", size=(64, 64), steps=500), stop)
    assert len(asked) == 4
