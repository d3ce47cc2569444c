import type { TFunction } from "i18next";

/** The language's word for a key that TypeScript cannot know, because the server named it. */
export function word(t: TFunction, key: string, fallback: string): string {
  return (t as (key: string, options: { defaultValue: string }) => string)(key, {
    defaultValue: fallback,
  });
}

export function keyed(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "_");
}
