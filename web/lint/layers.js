/** Who may import whom. A folder knows what stands below it: not what stands above, nor beside it. */

/** From top to bottom; what shares a line stands side by side. */
export const LAYERS = [
  ["app"],
  ["pages/home", "pages/editor", "pages/set", "pages/entrance", "pages/guest"],
  ["tools/brush", "tools/crop", "tools/marks", "tools/poster", "sets"],
  ["panels", "uploads", "people"],
  ["canvas"],
  ["document"],
  ["api"],
  ["kit"],
];

const PLACES = LAYERS.flatMap((folders, level) => folders.map((folder) => ({ folder, level })));

/** The folder of the table that a path below `src` lies in. */
function placeOf(path) {
  return PLACES.find(({ folder }) => path.startsWith(`${folder}/`));
}

/** Says what is wrong with an import of `target` (as written) in the file `path`, or returns null. */
export function complaint(path, target) {
  if (target.startsWith(".")) return "Name the whole path: @/folder/file.";
  if (!target.startsWith("@/")) return null;
  const from = placeOf(path);
  const to = placeOf(target.slice(2));
  if (!from || !to) return `${from ? target : path} lies in no folder of web/lint/layers.js.`;
  if (from.folder === to.folder || to.level > from.level) return null;
  return `${from.folder} does not know ${to.folder}: see web/lint/layers.js.`;
}

export const layers = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const path = `/${context.filename.replaceAll("\\", "/")}`.split("/src/").pop();
    const check = ({ source }) => {
      const said = typeof source?.value === "string" ? complaint(path, source.value) : null;
      if (said) context.report({ node: source, message: said });
    };
    return {
      ImportDeclaration: check,
      ImportExpression: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      TSImportType: check,
    };
  },
};
