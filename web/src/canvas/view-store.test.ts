import { beforeEach, describe, expect, it } from "vitest";
import { onPane, onPhoto } from "@/canvas/placing";
import * as view from "@/canvas/view-store";
import { UNCROPPED, frameOf, planeOf } from "@/document/crop";

const photo = { width: 3000, height: 2000 };
const turned = frameOf({ ...UNCROPPED, turn: "90", angle: 8, mirror: true }, photo, []);
const open = planeOf(UNCROPPED, photo);

function middleOfPhoto() {
  const state = view.useView.getState();
  const pane = view.paneOf(state);
  return onPhoto(state, pane, { x: pane.width / 2, y: pane.height / 2 });
}

beforeEach(() => {
  view.resize({ width: 1000, height: 800 }, 1);
  view.showPhoto(photo);
});

describe("another frame", () => {
  it("stays fitted, and fits the finished picture", () => {
    view.reframe(turned, false);
    const { viewport } = view.useView.getState();
    expect(viewport.fit).toBe(true);
    expect(viewport.scale).toBeCloseTo(Math.min(936 / turned.size.width, 736 / turned.size.height), 9);
  });

  it("keeps what is in the middle of the screen, at its scale", () => {
    view.zoomTo(1, { x: 600, y: 300 });
    const before = middleOfPhoto();
    view.reframe(turned, false);
    expect(view.useView.getState().viewport.scale).toBe(1);
    expect(middleOfPhoto().x).toBeCloseTo(before.x, 6);
    expect(middleOfPhoto().y).toBeCloseTo(before.y, 6);
  });

  it("is there and back on the pane for every point of the photo", () => {
    view.reframe(turned, false);
    const state = view.useView.getState();
    const at = onPane(state, view.paneOf(state), { x: 1234, y: 987 });
    expect(onPhoto(state, view.paneOf(state), at).x).toBeCloseTo(1234, 6);
    expect(onPhoto(state, view.paneOf(state), at).y).toBeCloseTo(987, 6);
  });
});

describe("laying the photo open", () => {
  it("shows all of it, without compare, and comes back to the zoom that was", () => {
    view.zoomTo(1, { x: 600, y: 300 });
    const before = middleOfPhoto();
    view.compareAs("split");
    view.reframe(open, true);
    expect(view.useView.getState()).toMatchObject({ open: true, compare: "off", viewport: { fit: true } });
    view.compareAs("side");
    expect(view.useView.getState().compare).toBe("off");
    view.reframe(turned, false);
    expect(view.useView.getState().viewport).toMatchObject({ fit: false, scale: 1 });
    expect(middleOfPhoto().x).toBeCloseTo(before.x, 6);
  });

  it("keeps its place while the picture is straightened", () => {
    view.reframe(open, true);
    const { viewport } = view.useView.getState();
    view.reframe(planeOf({ ...UNCROPPED, angle: 20 }, photo), true);
    expect(view.useView.getState().viewport).toEqual(viewport);
  });
});
