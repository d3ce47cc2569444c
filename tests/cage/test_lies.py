"""What comes out of the cage is believed only where it agrees with itself and with the limits."""

import json
import socket
import struct
import tempfile
import threading
from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest

from freckle.cage import kernel
from freckle.cage.packing import packed, refused, write
from freckle.cage.unpacking import unpacked
from freckle.codec.limits import MAX_METADATA, damaged
from freckle.codec.opening import open_here
from freckle.errors import Refusal
from freckle.photo import GainMap
from tests.codec import specimens

pytestmark = pytest.mark.skipif(not kernel.LINUX, reason="only Linux has a cage")
RICH = specimens.pil(
    specimens.noise((20, 30, 4)),
    "PNG",
    exif=specimens.exif(),
    icc_profile=specimens.profile("Adobe RGB"),
)


def streamed(parts) -> bytes:
    with tempfile.TemporaryFile() as file:
        write(file.fileno(), parts)
        file.seek(0)
        return file.read()


GAIN = GainMap(
    specimens.noise((10, 15, 1)),
    low=(0.0,) * 3,
    high=(2.0,) * 3,
    gamma=(1.0,) * 3,
    offset=(0.0,) * 3,
    hdr_offset=(0.0,) * 3,
    least=0.0,
    most=2.0,
)
TRUTH = streamed(packed(replace(open_here(RICH), gain=GAIN)))
(LENGTH,) = struct.unpack("@Q", TRUTH[:8])


def retold(change) -> bytes:
    """Change the header, and leave the picture."""
    header = json.loads(TRUTH[8 : 8 + LENGTH])
    change(header)
    raw = json.dumps(header).encode()
    return struct.pack("@Q", len(raw)) + raw + TRUTH[8 + LENGTH :]


def found(content: bytes):
    here, there = socket.socketpair()
    teller = threading.Thread(target=tell, args=(there, content))
    with here:
        teller.start()
        try:
            return unpacked(here, lambda: "digest")
        finally:
            here.shutdown(socket.SHUT_RDWR)
            teller.join()


def tell(stream: socket.socket, content: bytes) -> None:
    with stream, suppress(BrokenPipeError):
        stream.sendall(content)


def test_the_truth_is_believed():
    photo, known = found(TRUTH), open_here(RICH)
    assert np.array_equal(photo.pixels, known.pixels)
    assert np.array_equal(photo.alpha, known.alpha)
    assert photo.source.digest == "digest"
    assert photo.metadata == known.metadata
    assert photo.gain is not None
    assert np.array_equal(photo.gain.values, GAIN.values)
    assert photo.gain.high == GAIN.high
    assert photo.space.curve is not None


LIES = {
    "one line more": lambda header: header.update(height=header["height"] + 1),
    "no width": lambda header: header.update(width=0),
    "width and height of a galaxy": lambda header: header.update(width=65535, height=65535),
    "wider than it may be": lambda header: header.update(width=70_000),
    "deeper": lambda header: header.update(depth=2),
    "depth of nothing": lambda header: header.update(depth=0),
    "no transparency": lambda header: header.update(transparent=False),
    "a number as text": lambda header: header.update(width="30"),
    "a float": lambda header: header.update(width=30.0),
    "an unknown format": lambda header: header.update(format="exe"),
    "orientation 9": lambda header: header.update(orientation=9),
    "negative profile": lambda header: header["blocks"].update(profile=-1),
    "profile of gigabytes": lambda header: header["blocks"].update(profile=1 << 33),
    "EXIF longer": lambda header: header["blocks"].update(exif=header["blocks"]["exif"] + 1),
    "half a curve": lambda header: header["blocks"].update(curve=10),
    "matrix of two": lambda header: header.update(to_srgb=[1.0, 2.0]),
    "matrix of infinity": lambda header: header.update(to_srgb=[float("inf")] * 9),
    "a novel": lambda header: header.update(warnings=["x" * 5000]),
    "a thousand warnings": lambda header: header.update(warnings=["x"] * 1000),
    "texts of three": lambda header: header.update(texts=[["a", "b", "c"]]),
    "texts without end": lambda header: header.update(texts=[["a", "b" * (MAX_METADATA + 1)]]),
    "a gain map larger than its picture": lambda header: header["gain"].update(width=31, height=5),
    "a gain map of another size": lambda header: header["gain"].update(width=16),
    "a gain map of no size": lambda header: header["gain"].update(height=0),
    "a gain map in color": lambda header: header["gain"].update(colored=True),
    "no gain map": lambda header: header.update(gain=None),
    "gain beyond any screen": lambda header: header["gain"].update(high=[99.0, 99.0, 99.0]),
    "gain upside down": lambda header: header["gain"].update(low=[3.0, 3.0, 3.0]),
    "gain of two colors": lambda header: header["gain"].update(gamma=[1.0, 1.0]),
    "gain of no number": lambda header: header["gain"].update(most=float("nan")),
    "something more": lambda header: header.update(path="/etc/passwd"),
    "something less": lambda header: header.pop("gray"),
}
BROKEN = {
    "nothing": b"",
    "seven bytes": bytes(7),
    "a header without end": struct.pack("@Q", 1 << 63) + TRUTH[8:],
    "a header longer than all": struct.pack("@Q", len(TRUTH)) + TRUTH[8:],
    "no JSON": TRUTH[:8] + b"?" + TRUTH[9:],
    "deep JSON": struct.pack("@Q", 100_000) + b"[" * 100_000,
    "an unknown refusal": struct.pack("@Q", 41) + b'{"code":"pwned","message":"","remedy":""}',
    "a picture that breaks off": TRUTH[:-1],
    "a picture that goes on": TRUTH + b"x",
    "curve of nonsense": TRUTH.replace(
        np.asarray(open_here(RICH).space.curve, np.float32).tobytes()[-4:], b"\xff" * 4
    ),
}


@pytest.mark.parametrize("name", LIES)
def test_a_lie_in_the_header_is_no_picture(name):
    with pytest.raises(ValueError, match=r"header|picture|gain"):
        found(retold(LIES[name]))


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_no_header_is_no_picture(name):
    with pytest.raises(ValueError, match=r"header|breaks off|curve"):
        found(BROKEN[name])


def test_a_refusal_comes_out_as_it_was():
    original = damaged("The file is broken.")
    with pytest.raises(Refusal) as caught:
        found(streamed(refused(original)))
    assert (caught.value.code, str(caught.value)) == (original.code, str(original))
