import { beforeEach, describe, expect, it } from "vitest";
import { SHEET, openPanel, pullSheet, toggleSheet, useWorkbench } from "@/panels/workbench";

const height = () => useWorkbench.getState().sheet;

describe("the sheet of a phone", () => {
  beforeEach(() => useWorkbench.setState({ sheet: SHEET.open, panel: "retouch" }));

  it("goes where it is pulled, and falls shut below", () => {
    pullSheet(60);
    expect(height()).toBe(60);
    pullSheet(99);
    expect(height()).toBe(SHEET.most);
    pullSheet(9);
    expect(height()).toBe(0);
  });

  it("opens again for a panel", () => {
    toggleSheet();
    expect(height()).toBe(0);
    openPanel("brush");
    expect(height()).toBe(SHEET.open);
  });
});
