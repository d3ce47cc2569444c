import { afterEach, describe, expect, it, vi } from "vitest";
import { shareFile, sharesFiles } from "@/panels/publish/web-share";

const FILE = new File(["x"], "a.jpg", { type: "image/jpeg" });

function device(share: () => Promise<void>, takes = true): void {
  vi.stubGlobal("navigator", { share, canShare: () => takes });
}

afterEach(() => vi.unstubAllGlobals());

describe("sharing by the device", () => {
  it("is offered only where files can be shared", () => {
    vi.stubGlobal("navigator", {});
    expect(sharesFiles()).toBe(false);
    device(() => Promise.resolve(), false);
    expect(sharesFiles()).toBe(false);
    device(() => Promise.resolve());
    expect(sharesFiles()).toBe(true);
  });

  it("asks for another tap where the first is too old, and says what no program takes", async () => {
    device(() => Promise.resolve());
    expect(await shareFile(FILE)).toBe("shared");
    device(() => Promise.reject(new DOMException("", "NotAllowedError")));
    expect(await shareFile(FILE)).toBe("again");
    device(() => Promise.reject(new DOMException("", "AbortError")));
    expect(await shareFile(FILE)).toBe("shared");
    device(() => Promise.reject(new DOMException("", "DataError")));
    expect(await shareFile(FILE)).toBe("refused");
    device(() => Promise.resolve(), false);
    expect(await shareFile(FILE)).toBe("refused");
  });
});
