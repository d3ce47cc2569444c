/** What changed from one recipe to the next, in the words of JSON Patch (RFC 6902). */

export type Change = { op: "add" | "replace"; path: string; value: unknown } | { op: "remove"; path: string };

type Plain = Record<string, unknown>;

/** Returns the changes that make `to` of `from`. What is shared by both is not looked into. */
export function changes(from: unknown, to: unknown, path = ""): Change[] {
  if (from === to) return [];
  if (isList(from) && isList(to)) return inList(from, to, path);
  if (isPlain(from) && isPlain(to)) return inPlain(from, to, path);
  return [{ op: "replace", path, value: to }];
}

function inPlain(from: Plain, to: Plain, path: string): Change[] {
  const found: Change[] = [];
  for (const key of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const at = `${path}/${key.replaceAll("~", "~0").replaceAll("/", "~1")}`;
    // JSON leaves out what is undefined
    if (from[key] === undefined && to[key] !== undefined) found.push({ op: "add", path: at, value: to[key] });
    else if (from[key] !== undefined && to[key] === undefined) found.push({ op: "remove", path: at });
    else found.push(...changes(from[key], to[key], at));
  }
  return found;
}

/** Lists grow and shrink in one place: what stands before and after it is the same. */
function inList(from: readonly unknown[], to: readonly unknown[], path: string): Change[] {
  const shorter = Math.min(from.length, to.length);
  let start = 0;
  while (start < shorter && same(from[start], to[start])) start += 1;
  let end = 0;
  while (end < shorter - start && same(from[from.length - 1 - end], to[to.length - 1 - end])) end += 1;
  const both = shorter - end;
  const found: Change[] = [];
  for (let i = start; i < both; i += 1) found.push(...inside(from[i], to[i], `${path}/${i}`));
  for (let i = from.length - end - 1; i >= both; i -= 1) found.push({ op: "remove", path: `${path}/${i}` });
  for (let i = both; i < to.length - end; i += 1) found.push({ op: "add", path: `${path}/${i}`, value: to[i] });
  return found;
}

/** A point moves as a whole. */
function inside(from: unknown, to: unknown, path: string): Change[] {
  const point = isList(to) && typeof to[0] === "number";
  return point && !same(from, to) ? [{ op: "replace", path, value: to }] : changes(from, to, path);
}

/** Whether two values of JSON say the same; the order of their fields does not matter. */
export function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (isList(a) && isList(b)) return a.length === b.length && a.every((each, i) => same(each, b[i]));
  if (!isPlain(a) || !isPlain(b)) return false;
  return [...new Set([...Object.keys(a), ...Object.keys(b)])].every((key) => same(a[key], b[key]));
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isPlain(value: unknown): value is Plain {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
