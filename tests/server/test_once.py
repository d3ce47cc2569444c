"""Many who want the same wait for one piece of work; it is given up when the last one leaves."""

import asyncio

import pytest

from freckle.server import once
from freckle.server.once import Once
from tests.server.serving import in_a_loop


def test_it_is_done_once_for_all_who_wait_and_anew_for_who_comes_later() -> None:
    begun: list[int] = []

    async def work() -> int:
        begun.append(len(begun))
        await asyncio.sleep(0.01)
        return len(begun)

    async def ask() -> None:
        pieces: Once[int] = Once()
        assert await asyncio.gather(*(pieces.do("a", work) for _ in range(200))) == [1] * 200
        assert await pieces.do("a", work) == 2

    in_a_loop(ask())


def test_it_goes_on_while_anybody_waits_and_fails_for_everybody() -> None:
    ended: list[str] = []

    async def work() -> int:
        try:
            await asyncio.sleep(0.02)
        except asyncio.CancelledError:
            ended.append("given up")
            raise
        raise OSError("the disk")

    async def ask() -> None:
        pieces: Once[int] = Once()
        first, second = (asyncio.create_task(pieces.do("a", work)) for _ in range(2))
        await asyncio.sleep(0)
        first.cancel()
        with pytest.raises(OSError, match="disk"):
            await second
        assert ended == []
        alone = asyncio.create_task(pieces.do("a", work))
        await asyncio.sleep(0.001)
        alone.cancel()
        await asyncio.wait({alone})
        await asyncio.sleep(0)
        assert ended == ["given up"]

    in_a_loop(ask())


def test_what_is_too_much_waits_in_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(once, "AT_ONCE", 2)
    busy, most = 0, 0

    async def work() -> int:
        nonlocal busy, most
        busy += 1
        most = max(most, busy)
        await asyncio.sleep(0.001)
        busy -= 1
        return most

    async def ask() -> None:
        pieces: Once[int] = Once()
        await asyncio.gather(*(pieces.do(str(name), work) for name in range(9)))

    in_a_loop(ask())
    assert most == 2
