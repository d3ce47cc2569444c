"""Decoders that crash, hang, bloat or lie: one clear sentence outside, and the next file opens."""

from tests.cage.conftest import alone
from tests.codec import specimens

READERS = {
    "crash": "import ctypes; ctypes.string_at(1)",
    "abort": "os.abort()",
    "endless": "\n    while True: pass",
    "asleep": "time.sleep(60)",
    "bomb": "held = [bytearray(2**26) for _ in range(64)]",
    "threads of it": "freckle.pixels.threads.together([lambda: bytearray(2**26)] * 64)",
    "killed": "os.kill(os.getpid(), 9)",
    "leaving": "os._exit(0)",
    "talking without end": "\n    while True: os.write(orders[-1].stream, bytes(1 << 20))",
    "wants a file": "open('/etc/hostname')",
    "wants a module": "import antigravity",
}
NEVER_DONE = [list(READERS).index(name) for name in ("endless", "asleep")]
"""These take all the time that they are given, so they are given less than the others."""
EXPECTED = {
    "crash": ("damaged", "SIGSEGV"),
    "abort": ("damaged", "SIGABRT"),
    "endless": ("too_slow", "too long"),
    "asleep": ("too_slow", "too long"),
    "bomb": ("too_much_memory", "memory"),
    "threads of it": ("too_much_memory", "memory"),
    "killed": ("internal", "wants something"),  # nobody may kill, not even itself
    "leaving": ("damaged", "broke down"),
    "talking without end": ("damaged", "damaged"),
    "wants a file": ("internal", "wants something"),
    "wants a module": ("internal", "wants something"),
}
START = """
import os, sys, time, threading
import freckle.pixels.threads
from freckle.cage.cage import Cage
from freckle.codec import opening
from freckle.codec.formats import BY_NAME
from freckle.errors import Refusal
from dataclasses import replace
from types import MappingProxyType
import freckle.cage.warm as warm
orders, received = [], warm.Order.received
def noted(line):
    orders.append(received(line))
    return orders[-1]
warm.Order.received = noted
"""


def test_whatever_a_decoder_does_is_one_sentence():
    defined = "".join(
        f"\ndef reader_{place}(data, budget):\n    {body}\n    raise ValueError\n"
        for place, body in enumerate(READERS.values())
    )
    lines = alone(
        f"""{START}
{defined}
picture = bytes.fromhex("{specimens.pil(specimens.scene(), "PNG").hex()}")
def trial(data, budget):
    globals()[f"reader_{{data[3]}}"](data, budget)
opening.BY_NAME = MappingProxyType({{**BY_NAME, "jpeg": replace(BY_NAME["jpeg"], read=trial)}})
cage = Cage(memory=1 << 28)
child = cage.child
for number in range({len(READERS)}):
    cage._seconds = 1 if number in {NEVER_DONE} else 3
    start = time.monotonic()
    try:
        cage.open(b"\\xff\\xd8\\xff" + bytes([number]))
    except Refusal as refusal:
        print(refusal.code, "|", refusal, "|", time.monotonic() - start < 20)
print(cage.open(picture).width, cage.child == child)
cage.close()
"""
    )
    assert lines[-1] == "64 True", "the warm child has outlived them all"
    for name, line in zip(READERS, lines[:-1], strict=True):
        code, sentence, soon = line.split(" | ")
        assert (code, soon) == (EXPECTED[name][0], "True"), (name, line)
        assert EXPECTED[name][1] in sentence, (name, line)
        assert len(sentence) < 200


def test_a_decoder_that_stays_behind_its_picture_holds_nobody_up():
    lines = alone(
        f"""{START}
picture = bytes.fromhex("{specimens.pil(specimens.scene(), "PNG").hex()}")
os._exit = lambda code: time.sleep(60)
cage = Cage()
start = time.monotonic()
print(*(cage.open(picture).width for _ in range(3)), time.monotonic() - start < 30)
cage.close()
"""
    )
    assert lines == ["64 64 64 True"]
