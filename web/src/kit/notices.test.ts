import { beforeEach, describe, expect, it } from "vitest";
import { leavePage, notify, useNotices } from "@/kit/notices";

describe("messages", () => {
  beforeEach(() => useNotices.setState({ list: [] }));

  it("stay on their page, unless they are about a photo that opens", () => {
    notify({ kind: "bad", text: "The server does not answer." });
    notify({ kind: "lasting", text: "This photo has no profile.", travels: true });
    leavePage();
    expect(useNotices.getState().list.map(({ text }) => text)).toEqual(["This photo has no profile."]);
  });
});
