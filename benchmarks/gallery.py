"""Look through the gallery of a set with two thousand photos, and measure pages and frames.

Run as `python -m benchmarks.gallery [--photos N]`. Makes a data folder with so many small photos
and their thumbnails in one set, a tenth of them with suggestions, serves it with the built page,
and prints: how long the server needs for a page of 200 photos; seconds until the gallery is there
and until all photos are known; for scrolling at three speeds the time between frames, frames that
were dropped, tasks over 50 ms, and what the page's main thread worked for a frame (processor time:
that figure holds on a busy machine, too); and how long pictures take after a fling. Everything
shown was drawn before: what is measured is the gallery, not the engine.
"""

import argparse
import hashlib
import time
from dataclasses import dataclass

import cv2
import numpy as np
from playwright.sync_api import CDPSession, Page, sync_playwright
from tests.browser.conftest import CHROMIUM, FLAGS

from benchmarks.editor import serving
from freckle.server.exports import keep, kept_name, place
from freckle.server.house import House
from freckle.server.rooms.photos import StoredPhoto
from freckle.server.users import LOCAL
from freckle.studio.recipes import NOTHING

WINDOW = {"width": 1600, "height": 1000}
SHOWN = 420
"""Longer side of a thumbnail that the gallery asks for."""
SECONDS = 4
SPEEDS = {"reading": 15, "quick": 60, "flung": 160}
"""CSS pixels a frame."""
FRAME_MS = 1000 / 60
PAGES = """async (set) => {
  const times = [];
  for (let round = 0; round < 3; round += 1) {
    for (let cursor = null; ; ) {
      const asked = new URLSearchParams({ limit: 200, ...(cursor ? { cursor } : {}) });
      const started = performance.now();
      const answer = await fetch(`/api/sets/${set}/photos?${asked}`);
      await answer.json();
      times.push(performance.now() - started);
      cursor = answer.headers.get('X-Freckle-Next');
      if (!cursor) break;
    }
  }
  return times;
}"""
SCROLL = """([step, seconds]) => new Promise((done) => {
  const box = document.querySelector('[data-grid]');
  box.scrollTop = 0;
  const times = [], long = [];
  const watch = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) long.push(duration);
  });
  watch.observe({ type: 'longtask' });
  const end = performance.now() + 1000 * seconds;
  const next = (now) => {
    times.push(now);
    if (box.scrollTop + box.clientHeight >= box.scrollHeight - 1) step = -Math.abs(step);
    if (box.scrollTop === 0) step = Math.abs(step);
    box.scrollTop += step;
    if (now < end) requestAnimationFrame(next);
    else setTimeout(() => { watch.disconnect(); done({ times, long }); }, 100);
  };
  requestAnimationFrame(next);
})"""
JUMP = """() => {
  const box = document.querySelector('[data-grid]');
  box.scrollTop = box.scrollHeight / 2.2;
}"""
SETTLED = """() => {
  const box = document.querySelector('[data-grid]').getBoundingClientRect();
  const seen = [...document.querySelectorAll('[role=option] img:first-child')].filter((img) => {
    const { top, bottom } = img.getBoundingClientRect();
    return bottom > box.top && top < box.bottom;
  });
  return seen.length > 0 && seen.every((img) => img.complete && img.naturalWidth > 0);
}"""


def filled(house: House, count: int) -> str:
    """Put a set of photos with their thumbnails into a house, without originals; return its id."""
    photo_set = house.store.create_set(LOCAL, f"{count} photos").id
    rows, columns = np.mgrid[:480, :720].astype(np.float32)
    for k in range(count):
        hue = np.float32((37 * k) % 180)
        picture = np.dstack([np.full_like(rows, hue), 60 + rows / 5, 120 + columns / 6])
        rgb = cv2.cvtColor(picture.astype(np.uint8), cv2.COLOR_HSV2BGR)
        cv2.putText(rgb, str(k + 1), (40, 280), cv2.FONT_HERSHEY_SIMPLEX, 6, (255, 255, 255), 12)
        data = cv2.imencode(".jpg", rgb)[1].tobytes()
        digest = hashlib.sha256(data).hexdigest()
        name = f"IMG_{k + 1:04}"
        photo = StoredPhoto(
            digest=digest,
            name=f"{name}.jpg",
            format="jpeg",
            width=720,
            height=480,
            bytes=len(data),
            warnings=(),
        )
        house.store.add_photo(LOCAL, photo)
        house.store.create_project(LOCAL, digest, name, NOTHING, (photo_set, k))
        small = cv2.imencode(".jpg", cv2.resize(rgb, (SHOWN, SHOWN * 2 // 3)))[1].tobytes()
        keep(place(house.thumbs, kept_name(digest, None, {"thumb": SHOWN})), ".jpg", small)
    suggested(house, photo_set, count)
    return photo_set


def suggested(house: House, photo_set: str, count: int) -> None:
    """Let all photos be looked through, every tenth with closed eyes."""
    for k, (photo, _) in enumerate(house.store.unseen(LOCAL, photo_set, count)):
        face = {"eyes": 0.05 if k % 10 == 0 else 0.3, "sharp": 0.2, "cut": False}
        print_ = hashlib.sha256(photo.encode()).hexdigest()[:16]
        house.store.keep_sight(photo_set, photo, {"print": print_, "faces": [face]})


@dataclass(frozen=True)
class Work:
    """Seconds that the page's main thread has worked: in all, and by what."""

    total: float
    script: float
    style: float

    @classmethod
    def of(cls, tools: CDPSession) -> "Work":
        """Ask the browser."""
        found = {m["name"]: m["value"] for m in tools.send("Performance.getMetrics")["metrics"]}
        style = found["RecalcStyleDuration"] + found["LayoutDuration"]
        return cls(found["TaskDuration"], found["ScriptDuration"], style)


def scrolled(page: Page, tools: CDPSession, step: int) -> str:
    """Scroll the gallery from its top and say how long frames took."""
    before = Work.of(tools)
    found = page.evaluate(SCROLL, [step, SECONDS])
    after = Work.of(tools)
    apart = np.diff(found["times"])
    middle, late = np.percentile(apart, [50, 95])
    dropped = int(np.sum(np.maximum(np.rint(apart / FRAME_MS) - 1, 0)))
    each = [
        1e3 * (getattr(after, name) - getattr(before, name)) / len(apart)
        for name in ("total", "script", "style")
    ]
    return (
        f"p50 {middle:5.1f} ms   p95 {late:5.1f} ms   longest {apart.max():5.1f} ms   "
        f"dropped {dropped:3} of {len(apart) + dropped}   over 50 ms {len(found['long']):2}   "
        f"work a frame {each[0]:4.1f} ms (script {each[1]:.1f}, style {each[2]:.1f})"
    )


def settled(page: Page) -> float:
    """Jump into the middle; return milliseconds until all pictures there are seen."""
    started = time.perf_counter()
    page.evaluate(JUMP)
    page.wait_for_function(SETTLED)
    return 1e3 * (time.perf_counter() - started)


def looked_through(page: Page, url: str, photo_set: str, count: int) -> None:
    """Open the gallery and print what a person waits for."""
    tools = page.context.new_cdp_session(page)
    tools.send("Performance.enable")
    page.goto(url)
    page.wait_for_selector("#recent")
    middle, late = np.percentile(page.evaluate(PAGES, photo_set), [50, 95])
    print(f"page of 200 photos   p50 {middle:.0f} ms   p95 {late:.0f} ms")
    started = time.perf_counter()
    page.goto(f"{url.split('?', maxsplit=1)[0]}#/set/{photo_set}")
    page.wait_for_selector("[data-grid] [role=option] img")
    there = time.perf_counter() - started
    page.wait_for_function(
        "(count) => document.querySelector('[role=option]')?.ariaSetSize === String(count)",
        arg=count,
    )
    print(f"gallery there after {there:.2f} s, all known after {time.perf_counter() - started:.2f}")
    page.wait_for_function(SETTLED)
    for name, step in SPEEDS.items():
        print(f"scrolled, {name:8} {scrolled(page, tools, step)}")
    print(f"pictures after a jump {settled(page):.0f} ms")
    print(f"photos on the page {page.locator('[role=option]').count()} of {count}")


def main() -> None:
    """Make the photos, serve them, measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=2000)
    count = parser.parse_args().photos
    with serving() as (url, house):
        photo_set = filled(house, count)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
            looked_through(browser.new_page(viewport=WINDOW), url, photo_set, count)
            browser.close()


if __name__ == "__main__":
    main()
