import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/** Where `npm run dev` finds the running server; the built page is served by that server itself. */
const SERVER = process.env["FRECKLE_SERVER"] ?? "http://127.0.0.1:8000";

/** Lays a packed copy beside every script and style sheet: the server only has to send it. */
function packed(): Plugin {
  return {
    name: "packed",
    apply: "build",
    writeBundle({ dir = "" }, bundle) {
      for (const name of Object.keys(bundle).filter((each) => /\.(js|css)$/.test(each))) {
        const file = join(dir, name);
        writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  // Relative addresses, so that the page also works behind a proxy that adds a folder.
  base: "./",
  plugins: [react(), packed()],
  resolve: { tsconfigPaths: true },
  build: {
    outDir: "../src/freckle/server/static",
    emptyOutDir: true,
    target: "es2022",
    // The server's content policy refuses data: fonts and scripts, so nothing is inlined.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": { target: SERVER, ws: true } } },
  test: { environment: "node", include: ["{src,lint}/**/*.test.{js,ts,tsx}"], css: false },
});
