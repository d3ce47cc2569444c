import i18next from "i18next";
import { beforeAll, describe, expect, it } from "vitest";
import type { Changed, Report } from "@/api/types";
import { en } from "@/kit/i18n/en";
import { lineText } from "@/panels/report";

beforeAll(async () => {
  await i18next.init({ lng: "en", resources: { en: { translation: en } }, interpolation: { escapeValue: false } });
});

/** The figures that the line speaks of. */
const report = { texture_kept: 0.96, tone_shift: 0.1, healed: 0, kept: 0, faces: [], changed: [] as Changed[] } as unknown as Report;

function tool(op: string, label: string, kind: Changed["kind"]): Changed {
  return { op, label, panel: "face", kind, delta_e: 1, moved: null };
}

function line(changed: Changed[], more: Partial<Report> = {}): string {
  return lineText(i18next.t, "en", undefined, { ...report, ...more, faces: [{ changed } as Report["faces"][number]] });
}

describe("the report's line", () => {
  it("stays short where only skin was worked on", () => {
    expect(line([tool("smooth", "Smooth", "skin")])).toBe("Texture kept 96%, tone unchanged");
  });

  it("names every tool that changed shape, makeup or light, kind by kind", () => {
    const changed = [
      tool("face_light", "Face light", "light"),
      tool("lipstick", "Lipstick", "makeup"),
      tool("jawline", "Jawline", "shape"),
      tool("nose_width", "Nose width", "shape"),
      tool("dodge", "Dodge", "hand"),
    ];
    expect(line(changed, { tone_shift: 2.04 })).toBe(
      "Texture kept 96%, tone moved by 2 · Shape: jawline, nose width · Makeup: lipstick · Light: face light · By hand: dodge",
    );
  });

  it("says what was reshaped where no skin was measured", () => {
    const none = { texture_kept: null, tone_shift: null };
    expect(line([tool("smile", "Smile", "shape")], none)).toBe("Shape: smile");
    expect(line([], none)).toBe("");
  });
});
