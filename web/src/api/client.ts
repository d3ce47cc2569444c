/** Requests to the server, with its problems as `ApiError`. */

import { signedOut } from "@/api/entry";
import type { Problem } from "@/api/types";

export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly problem: Problem,
  ) {
    super(problem.message);
  }
}

/** What the server said about its refusal and what helps, or other words where it said nothing. */
export function saidOf(error: unknown, otherwise: string): string {
  return error instanceof ApiError ? `${error.problem.message} ${error.problem.remedy}`.trim() : otherwise;
}

/** Nothing answered: no network, or no server. */
export class Unreachable extends Error {}

/** The address of an API path, also where a proxy serves the page from a folder. */
export function apiUrl(path: string): string {
  return new URL(`api/${path}`, document.baseURI).toString();
}

export function socketUrl(path: string): string {
  return apiUrl(path).replace(/^http/, "ws");
}

/** Reads the server's problem out of a body that may be anything. */
export function problemOf(status: number, body: unknown): Problem {
  const found = body !== null && typeof body === "object" ? (body as Partial<Problem>) : {};
  return {
    code: typeof found.code === "string" ? found.code : "internal",
    message: typeof found.message === "string" ? found.message : `The server answered ${status}.`,
    remedy: typeof found.remedy === "string" ? found.remedy : "",
  };
}

/** Seconds that a page waits by itself for a server that was asked too often; longer waits are a person's matter. */
const PATIENCE_S = 20;
const TRIES = 3;

/** Milliseconds to wait before the same may be asked again, null when nobody should wait for it. */
export function waitOf(status: number, retryAfter: string | null): number | null {
  const seconds = Number(retryAfter ?? Number.NaN);
  return status === 429 && seconds >= 0 && seconds <= PATIENCE_S ? seconds * 1000 : null;
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function answered(path: string, init: RequestInit, tries = TRIES): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(apiUrl(path), { credentials: "same-origin", ...init });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new Unreachable("The server does not answer.", { cause });
  }
  if (response.ok) return response;
  // A proxy in between answers these when the server behind it is away.
  if ([502, 503, 504].includes(response.status)) throw new Unreachable("The server is away.");
  if (response.status === 401) signedOut();
  const wait = waitOf(response.status, response.headers.get("Retry-After"));
  if (wait !== null && tries > 1) {
    await pause(wait);
    return answered(path, init, tries - 1);
  }
  const body: unknown = await response.json().catch(() => null);
  throw new ApiError(response.status, problemOf(response.status, body));
}

function withBody(method: string, body: unknown, signal?: AbortSignal): RequestInit {
  const headers = { "Content-Type": "application/json" };
  return { method, headers, body: JSON.stringify(body), ...(signal ? { signal } : {}) };
}

export async function getJson<T>(path: string, signal?: AbortSignal): Promise<T> {
  const response = await answered(path, signal ? { signal } : {});
  return (await response.json()) as T;
}

export type Page<T> = { items: T[]; next: string | null };

/** A part of a list; `next` asks for what follows. */
export async function getPage<T>(
  path: string,
  cursor: string | null,
  limit: number,
  asked: Record<string, string> = {},
): Promise<Page<T>> {
  const query = new URLSearchParams({ ...asked, limit: String(limit), ...(cursor === null ? {} : { cursor }) });
  const response = await answered(`${path}?${query.toString()}`, {});
  return { items: (await response.json()) as T[], next: response.headers.get("X-Freckle-Next") };
}

/** A whole list, page after page. */
export async function getAll<T>(path: string, asked: Record<string, string> = {}): Promise<T[]> {
  const found: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await getPage<T>(path, cursor, 200, asked);
    found.push(...page.items);
    cursor = page.next;
  } while (cursor !== null);
  return found;
}

export async function postJson<T>(path: string, body: unknown, signal?: AbortSignal): Promise<T> {
  const response = await answered(path, withBody("POST", body, signal));
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export async function putJson(path: string, body: unknown): Promise<void> {
  await answered(path, withBody("PUT", body));
}

export async function putForJson<T>(path: string, body: unknown): Promise<T> {
  return (await (await answered(path, withBody("PUT", body))).json()) as T;
}

export async function patchJson<T>(path: string, body: unknown): Promise<T> {
  const response = await answered(path, withBody("PATCH", body));
  return (response.status === 204 ? undefined : await response.json()) as T;
}

export async function remove(path: string): Promise<void> {
  await answered(path, { method: "DELETE" });
}

export async function getBlob(path: string, signal?: AbortSignal): Promise<Blob> {
  const response = await answered(path, signal ? { signal } : {});
  return response.blob();
}

/** A file that the server made, with the name it gave. */
export type Made = { blob: Blob; name: string | null };

/** An answer of which the headers matter, too. */
export function postForReply(path: string, body: unknown, signal?: AbortSignal): Promise<Response> {
  return answered(path, withBody("POST", body, signal));
}

/** Sends a file as it is. */
export function postBlob(path: string, body: Blob, signal?: AbortSignal): Promise<Response> {
  const headers = { "Content-Type": body.type || "application/octet-stream" };
  return answered(path, { method: "POST", headers, body, ...(signal ? { signal } : {}) });
}

/** Puts a file in the place of the one that is there. */
export async function putFile(path: string, body: Blob): Promise<unknown> {
  const headers = { "Content-Type": "application/octet-stream" };
  return (await answered(path, { method: "PUT", headers, body })).json();
}

export async function postForFile(path: string, body: unknown, signal?: AbortSignal): Promise<Made> {
  const response = await postForReply(path, body, signal);
  const name = fileName(response.headers.get("Content-Disposition") ?? "");
  return { blob: await response.blob(), name };
}

/** The file name of a Content-Disposition header: the RFC 5987 form first, then the plain one. */
export function fileName(header: string): string | null {
  const extended = /filename\*=UTF-8''([^;]+)/i.exec(header)?.[1];
  if (extended) return decodeURIComponent(extended);
  return /filename="?([^";]+)"?/i.exec(header)?.[1] ?? null;
}
