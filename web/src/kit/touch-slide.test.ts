// @vitest-environment jsdom
import { beforeEach, describe, expect, it } from "vitest";
import { type Slide, slideByTouch } from "@/kit/touch-slide";

let told: string[];
let slide: Slide;
let root: HTMLElement;
let press: number;

beforeEach(() => {
  told = [];
  press = 0;
  slide = {
    value: 20,
    min: 0,
    max: 100,
    step: 1,
    disabled: false,
    preview: (value) => told.push(`preview ${value}`),
    commit: (value) => told.push(`commit ${value}`),
  };
  document.body.innerHTML = "<div id=root><div id=control></div></div>";
  root = document.getElementById("root") as HTMLElement;
  root.setPointerCapture = () => undefined;
  const track = document.getElementById("control") as HTMLElement;
  Object.defineProperty(track, "clientWidth", { value: 200 });
  track.addEventListener("pointerdown", () => (press += 1));
  track.addEventListener("touchstart", () => (press += 1));
  slideByTouch(root, () => track, () => slide);
});

function touch(type: string, x: number, y: number, pointerType = "touch"): void {
  const event = new PointerEvent(type, { bubbles: true, clientX: x, clientY: y, pointerId: 7, pointerType });
  document.getElementById("control")?.dispatchEvent(event);
}

describe("a finger on a slider", () => {
  it("scrolls when it goes down, whatever it does then", () => {
    touch("pointerdown", 150, 50);
    touch("pointermove", 152, 62);
    touch("pointermove", 190, 70);
    touch("pointerup", 190, 70);
    expect(told).toEqual([]);
  });

  it("moves nothing with a tap, and the slider below hears of none of it", () => {
    touch("pointerdown", 150, 50);
    document.getElementById("control")?.dispatchEvent(new Event("touchstart", { bubbles: true }));
    touch("pointerup", 150, 50);
    expect(told).toEqual([]);
    expect(press).toBe(0);
  });

  it("moves the value from where it stands when it goes sideways", () => {
    touch("pointerdown", 100, 50);
    touch("pointermove", 110, 52);
    touch("pointermove", 150, 55);
    touch("pointerup", 150, 90);
    expect(told).toEqual(["preview 40", "commit 40"]);
  });

  it("stops at the ends, and rests where the slider may not move", () => {
    touch("pointerdown", 100, 50);
    touch("pointermove", 110, 50);
    touch("pointermove", 400, 50);
    touch("pointerup", 400, 50);
    expect(told.at(-1)).toBe("commit 100");
    slide = { ...slide, disabled: true };
    told = [];
    touch("pointerdown", 100, 50);
    touch("pointermove", 150, 50);
    touch("pointerup", 150, 50);
    expect(told).toEqual([]);
  });

  it("leaves the mouse to the slider", () => {
    touch("pointerdown", 100, 50, "mouse");
    expect(press).toBe(1);
  });
});
