import { Linter } from "eslint";
import { describe, expect, it } from "vitest";
import { LAYERS, layers } from "./layers.js";

function said(filename, code) {
  const config = { files: ["**/*.ts"], plugins: { freckle: { rules: { layers } } }, rules: { "freckle/layers": "error" } };
  return new Linter().verify(code, config, { filename }).map((each) => each.message);
}

describe("the layers", () => {
  it("let a folder know itself and what stands below it", () => {
    expect(said("src/panels/a.ts", 'import "@/panels/b"; import "@/canvas/c"; import "react";')).toEqual([]);
    expect(said("src/app/a.ts", 'const page = () => import("@/pages/editor/EditorPage");')).toEqual([]);
  });

  it("refuse what stands above, however it is imported", () => {
    const above = "canvas does not know tools/brush: see web/lint/layers.js.";
    for (const code of [
      'import { a } from "@/tools/brush/a";',
      'export { a } from "@/tools/brush/a";',
      'export * from "@/tools/brush/a";',
      'const a = () => import("@/tools/brush/a");',
    ]) {
      expect(said("src/canvas/a.ts", code)).toEqual([above]);
    }
  });

  it("refuse what stands beside", () => {
    for (const folders of LAYERS.filter((each) => each.length > 1)) {
      for (const from of folders) {
        for (const to of folders.filter((each) => each !== from)) {
          expect(said(`src/${from}/a.ts`, `import "@/${to}/b";`)).toHaveLength(1);
        }
      }
    }
  });

  it("refuse folders without a place, and ways round", () => {
    expect(said("src/helpers/a.ts", 'import "@/kit/b";')).toHaveLength(1);
    expect(said("src/kit/a.ts", 'import "@/helpers/b";')).toHaveLength(1);
    expect(said("src/kit/a.ts", 'import "../api/b";')).toHaveLength(1);
  });
});
