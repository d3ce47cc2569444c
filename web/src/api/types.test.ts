import { readFileSync } from "node:fs";
import openapiTS, { COMMENT_HEADER, astToString } from "openapi-typescript";
import { expect, it } from "vitest";

/** The server's description, which `make types` renews together with the types. */
const DESCRIPTION = new URL("../../../src/freckle/server/openapi.json", import.meta.url);

it("the generated types are today's: else run `make types`", async () => {
  const today = COMMENT_HEADER + astToString(await openapiTS(DESCRIPTION));
  expect(readFileSync(new URL("api.gen.ts", import.meta.url), "utf-8") === today).toBe(true);
}, 60_000);
