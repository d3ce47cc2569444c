import tseslint from "typescript-eslint";
import { layers } from "./lint/layers.js";

export default tseslint.config(
  { ignores: ["node_modules", "src/api/api.gen.ts"] },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      complexity: ["error", 10],
      "max-lines": ["error", { max: 320, skipBlankLines: true, skipComments: true }],
      "max-depth": ["error", 3],
      // Numbers in template strings are what we want them to look like.
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // Arrow shorthands for event handlers return nothing that anybody reads.
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-misused-promises": ["error", { checksVoidReturn: { attributes: false } }],
    },
  },
  // A component's branches are what it shows: its markup is read, not traced.
  { files: ["**/*.tsx"], rules: { complexity: ["error", 14] } },
  // A language is one long table.
  { files: ["src/kit/i18n/{de,en,es,fr,zh}.ts"], rules: { "max-lines": "off" } },
  { files: ["src/**"], plugins: { freckle: { rules: { layers } } }, rules: { "freckle/layers": "error" } },
  { files: ["eslint.config.js", "lint/**"], ...tseslint.configs.disableTypeChecked },
);
