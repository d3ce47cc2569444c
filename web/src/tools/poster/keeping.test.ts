import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { ApiError, Unreachable } from "@/api/client";
import * as api from "@/api/posters";
import type { Poster } from "@/api/types";
import { keepPosters, meet, take } from "@/tools/poster/keeping";
import { changePoster, openPoster, posterNow, undoPoster, usePoster } from "@/tools/poster/store";

vi.mock("@/api/posters");
const asked = vi.mocked(api.keptPoster);
const sent = vi.mocked(api.keepPoster);

function poster(template: string): Poster {
  return { template, content: { headline: template }, changes: {} } as unknown as Poster;
}

function shown(): string | undefined {
  return posterNow(usePoster.getState())?.template;
}

beforeEach(() => {
  vi.useFakeTimers();
  usePoster.setState({ kept: {}, project: "" });
  openPoster("p");
});

afterEach(() => {
  vi.useRealTimers();
  vi.resetAllMocks();
});

describe("a poster on the server", () => {
  it("is there in a browser that never saw it", () => {
    take("p", { revision: 3, poster: poster("theirs") });
    expect(shown()).toBe("theirs");
    expect(usePoster.getState().kept.p).toMatchObject({ base: 3, unsent: false });
  });

  it("gets what a browser kept before there was a place for it", async () => {
    usePoster.setState({ kept: { p: { poster: poster("old"), time: 1 } } });
    asked.mockResolvedValue({ revision: 0, poster: null });
    sent.mockResolvedValue({ revision: 1, poster: poster("old") });
    await meet("p");
    expect(sent).toHaveBeenCalledWith("p", 0, poster("old"));
    expect(usePoster.getState().kept.p).toMatchObject({ base: 1, unsent: false });
  });

  it("is sent a moment after it was begun, and once for changes soon after each other", async () => {
    vi.stubGlobal("document", { addEventListener: vi.fn(), removeEventListener: vi.fn() });
    asked.mockResolvedValue({ revision: 0, poster: null });
    sent.mockResolvedValue({ revision: 1, poster: poster("two") });
    const end = keepPosters("p");
    await vi.runAllTimersAsync();
    changePoster(poster("one"));
    changePoster(poster("two"));
    expect(sent).not.toHaveBeenCalled();
    await vi.runAllTimersAsync();
    expect(sent.mock.calls).toEqual([["p", 0, poster("two")]]);
    expect(usePoster.getState().kept.p).toMatchObject({ base: 1, unsent: false });
    end();
    vi.unstubAllGlobals();
  });

  it("takes over what others made, one undo away from one's own", () => {
    take("p", { revision: 1, poster: poster("own") });
    take("p", { revision: 2, poster: poster("theirs") });
    expect(shown()).toBe("theirs");
    undoPoster();
    expect(shown()).toBe("own");
  });

  it("loses neither of two that were changed at the same time", async () => {
    take("p", { revision: 1, poster: poster("first") });
    changePoster(poster("own"));
    asked.mockResolvedValue({ revision: 2, poster: poster("theirs") });
    sent.mockResolvedValue({ revision: 3, poster: poster("own") });
    await meet("p");
    expect(sent).toHaveBeenCalledWith("p", 2, poster("own"));
    expect(shown()).toBe("own");
    undoPoster();
    expect(shown()).toBe("theirs");
    undoPoster();
    expect(shown()).toBe("first");
  });

  it("is no other where only the fields stand in another order", () => {
    take("p", { revision: 1, poster: poster("own") });
    const turned = Object.fromEntries(Object.entries(poster("own")).reverse()) as unknown as Poster;
    take("p", { revision: 2, poster: turned });
    expect(usePoster.getState().past).toEqual([]);
  });

  it("is sent again when somebody was quicker, and when the server was away", async () => {
    take("p", { revision: 1, poster: poster("first") });
    changePoster(poster("own"));
    asked.mockResolvedValueOnce({ revision: 1, poster: poster("first") });
    sent.mockRejectedValueOnce(new ApiError(409, { code: "stale", message: "", remedy: "" }));
    asked.mockRejectedValueOnce(new Unreachable("away"));
    asked.mockResolvedValueOnce({ revision: 2, poster: poster("theirs") });
    sent.mockResolvedValueOnce({ revision: 3, poster: poster("own") });
    await meet("p");
    expect(usePoster.getState().kept.p).toMatchObject({ unsent: true });
    await vi.runAllTimersAsync();
    expect(sent).toHaveBeenLastCalledWith("p", 2, poster("own"));
    expect(usePoster.getState().kept.p).toMatchObject({ base: 3, unsent: false });
  });
});
