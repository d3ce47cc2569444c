"""Arguments of `freckle generate`."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Final

from freckle.cli import values

GENERATE: Final = """Make pictures from words with an image generator of your own: a server that
speaks OpenAI's images protocol, or a diffusion model on this machine. None comes with freckle, and
nothing is asked of the network until one is named. What is made can be carried to a portrait by
`freckle look --reference`. Without a generator, `freckle look` turns words into looks by itself."""


def generate_arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `freckle generate`."""
    parser.add_argument("prompt", metavar="WORDS", nargs="?", help="what is to be seen")
    parser.add_argument("-o", "--output", metavar="OUT", type=Path, help="several get -1, -2, …")
    parser.add_argument("--negative", metavar="WORDS", default="", help="what is not to be seen")
    parser.add_argument("--candidates", metavar="N", type=values.step, default=1, help="1 to 8")
    parser.add_argument("--seed", metavar="N", type=values.step, default=1)
    parser.add_argument("--aspect", metavar="W:H", help="default: 1:1")
    parser.add_argument("--side", metavar="PIXELS", type=values.step, default=1024)
    parser.add_argument("--guidance", metavar="G", type=float, help="how strictly it follows words")
    parser.add_argument("--steps", metavar="N", type=values.step, help="how long it works on each")
    parser.add_argument("--init", metavar="FILE", type=Path, help="a picture to start from")
    parser.add_argument("--strength", metavar="S", type=float, default=0.6, help="of the change")
    parser.add_argument("--reference", metavar="FILE", type=Path, help="a picture for its style")
    engines = parser.add_argument_group("the generator; kept with --save, else for this time")
    engines.add_argument("--engine", choices=("http", "diffusers"))
    engines.add_argument("--url", metavar="URL", help="http: as http://127.0.0.1:7860/v1")
    engines.add_argument("--model", metavar="NAME|FOLDER", help="http: name; diffusers: folder")
    engines.add_argument("--hub", action="store_true", help="diffusers: NAME is the hub's")
    engines.add_argument("--device", default="cpu", help="diffusers: cpu, cuda or mps")
    engines.add_argument("--key-env", metavar="VARIABLE", help="http: where the key is")
    engines.add_argument("--save", action="store_true", help="for the editor and the next time")
    engines.add_argument("--forget", action="store_true", help="forget what was kept")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress, no list")
