import { describe, expect, it } from "vitest";
import { type Chord, type Pressed, SHORTCUTS, matches, shortcutOf } from "@/kit/keys/shortcuts";

function press(key: string, part: Partial<Pressed> = {}): Pressed {
  return { key, code: "", ctrlKey: false, metaKey: false, shiftKey: false, altKey: false, ...part };
}

/** The event that a chord's keys make. */
function eventOf(chord: Chord): Pressed {
  return press(chord.key, {
    code: chord.code ?? "",
    ctrlKey: chord.mod ?? false,
    shiftKey: chord.shift ?? false,
  });
}

describe("the keyboard map", () => {
  it("has no key for two actions", () => {
    for (const shortcut of SHORTCUTS) {
      for (const chord of shortcut.chords) {
        const hits = SHORTCUTS.filter((s) => s.chords.some((c) => matches(c, eventOf(chord))));
        expect(hits.map((s) => s.id)).toEqual([shortcut.id]);
      }
    }
    expect(new Set(SHORTCUTS.map((s) => s.id)).size).toBe(SHORTCUTS.length);
  });

  it("leaves the browser's own zoom alone", () => {
    for (const key of ["0", "+", "-", "="]) {
      expect(shortcutOf(press(key, { ctrlKey: true }))).toBeUndefined();
      expect(shortcutOf(press(key, { metaKey: true }))).toBeUndefined();
    }
  });

  it("finds signs wherever the layout has them", () => {
    expect(shortcutOf(press("?", { shiftKey: true }))?.id).toBe("overlay");
    expect(shortcutOf(press("+", { shiftKey: true }))?.id).toBe("zoomIn");
    expect(shortcutOf(press("#", { code: "Backslash" }))?.id).toBe("original");
  });

  it("counts the number pad", () => {
    expect(shortcutOf(press("1", { code: "Numpad1" }))?.id).toBe("actual");
    expect(shortcutOf(press("End", { code: "Numpad1" }))?.id).toBe("actual");
    expect(shortcutOf(press("+", { code: "NumpadAdd" }))?.id).toBe("zoomIn");
  });

  it("tells redo from undo with shift, and letters in capitals", () => {
    expect(shortcutOf(press("Z", { ctrlKey: true, shiftKey: true }))?.id).toBe("redo");
    expect(shortcutOf(press("z", { metaKey: true }))?.id).toBe("undo");
    expect(shortcutOf(press("Z"))?.id).toBe("zoomToggle");
    expect(shortcutOf(press("Y", { shiftKey: true }))?.id).toBe("side");
  });
});
