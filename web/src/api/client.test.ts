import { afterEach, describe, expect, it, vi } from "vitest";
import { ApiError, getJson, waitOf } from "@/api/client";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function refused(retryAfter: string): Response {
  return new Response(JSON.stringify({ code: "too_often", message: "", remedy: "" }), {
    status: 429,
    headers: { "Retry-After": retryAfter },
  });
}

describe("a server that was asked too often", () => {
  it("is asked again when it said so, and after three times a person hears of it", async () => {
    vi.useFakeTimers();
    const fetched = vi.fn<() => Promise<Response>>();
    vi.stubGlobal("fetch", fetched);
    vi.stubGlobal("document", { baseURI: "http://localhost/" });
    fetched.mockResolvedValueOnce(refused("2")).mockResolvedValueOnce(Response.json({ good: true }));
    const answer = getJson("projects");
    await vi.advanceTimersByTimeAsync(1900);
    expect(fetched).toHaveBeenCalledTimes(1);
    await vi.advanceTimersByTimeAsync(200);
    expect(await answer).toEqual({ good: true });
    fetched.mockReset().mockImplementation(() => Promise.resolve(refused("1")));
    const failed = getJson("projects").catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(5000);
    expect(await failed).toBeInstanceOf(ApiError);
    expect(fetched).toHaveBeenCalledTimes(3);
  });

  it("is not waited for where that takes long, or nobody knows how long", () => {
    expect(waitOf(429, "900")).toBeNull();
    expect(waitOf(429, null)).toBeNull();
    expect(waitOf(429, "soon")).toBeNull();
    expect(waitOf(503, "3")).toBeNull();
  });
});
