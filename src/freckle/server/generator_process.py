"""A process of its own that has a generator make pictures: ended, it is gone with all it holds.

Run as `python -m freckle.server.generator_process`: one message on standard input says what is
wanted, messages on standard output tell how far it is, and bring the pictures.
"""

import os
import sys
import traceback
from typing import Any, BinaryIO, Final

import numpy as np

from freckle.cage import caged
from freckle.codec import SaveOptions, encode
from freckle.errors import FreckleError
from freckle.generate.choosing import read_choice
from freckle.generate.wish import Wish
from freckle.jobs.limits import die_with_parent
from freckle.jobs.protocol import Message, receive
from freckle.photo import Photo, Source

QUALITY: Final = 92


def made(asked: dict[str, Any], answers: BinaryIO) -> None:
    """Make what is asked for, and write what came of it. Raises `GeneratorError`."""

    def tell(done: float) -> None:
        _write(answers, Message({"done": round(done, 3)}))

    wish = Wish(**{**asked["wish"], "size": tuple(asked["wish"]["size"])})
    for picture in read_choice(asked["choice"]).made().make(wish, tell):
        photo = Photo(np.ascontiguousarray(picture), Source("jpeg", ""))
        body = encode(photo, SaveOptions(format="jpeg", quality=QUALITY))
        _write(answers, Message({"picture": True}, body))


def main() -> None:
    """Do one piece of work."""
    die_with_parent()
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not end up among the answers
    try:
        with caged():
            made(receive(requests).head, answers)
        said: dict[str, Any] = {"finished": True}
    except FreckleError as error:
        said = {"error": {"message": error.message, "remedy": error.remedy}}
    except MemoryError:
        said = {"error": {"message": NO_MEMORY, "remedy": "Use a smaller model or picture."}}
    except Exception:
        traceback.print_exc()  # to the server's own log, never to the user
        said = {"error": {"message": "The generator failed.", "remedy": "Try another one."}}
    _write(answers, Message(said))


NO_MEMORY: Final = "The generator needs more memory than there is."


def _write(answers: BinaryIO, message: Message) -> None:
    answers.write(message.pack())
    answers.flush()


if __name__ == "__main__":
    main()
    sys.stdout.flush()
    os._exit(0)  # threads of a library must not keep it
