// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { HEADER_BYTES, readHeader } from "@/api/live/frame";
import { Live, type LivePorts, type Picture } from "@/api/live/live";
import type { Recipe } from "@/api/types";

/** A recipe goes through as it is. */
const EMPTY = { steps: [] } as unknown as Recipe;

function recipe(amount: number): Recipe {
  return { steps: [{ edit: { op: "smooth", amount } }] } as unknown as Recipe;
}

class FakeSocket {
  readyState: number = WebSocket.CONNECTING;
  binaryType = "blob";
  sent: { id?: number; base?: number | null; ack?: number; drag?: boolean; rest?: unknown }[] = [];
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer | string }) => void) | null = null;
  send(text: string): void {
    const [head = "", rest] = text.split("\n");
    this.sent.push({ ...(JSON.parse(head) as object), ...(rest && { rest: JSON.parse(rest) as unknown }) });
  }
  open(): void {
    this.readyState = WebSocket.OPEN;
    this.onopen?.();
  }
  close(): void {
    this.readyState = WebSocket.CLOSED;
    this.onclose?.();
  }
  get changes() {
    return this.sent.filter((message) => message.id !== undefined);
  }
  get acks() {
    return this.sent.flatMap((message) => (message.ack === undefined ? [] : [message.ack]));
  }
}

function frame(id: number, kind = 0): ArrayBuffer {
  const bytes = new ArrayBuffer(HEADER_BYTES + 4);
  const view = new DataView(bytes);
  view.setUint32(0, 0x4c4b5246, true);
  view.setUint16(4, 1, true);
  view.setUint16(6, kind, true);
  view.setUint32(8, id, true);
  [10, 20, 300, 400].forEach((value, i) => view.setFloat32(12 + 4 * i, value, true));
  view.setUint16(28, 7, true);
  view.setUint16(30, 3, true);
  return bytes;
}

const view = { x: 0, y: 0, w: 100, h: 100, width: 100, height: 100 };
const bitmap = { close: vi.fn() } as unknown as ImageBitmap;

/** A live preview whose clock, screen and network are in the test's hands. */
function setup() {
  const sockets: FakeSocket[] = [];
  const frames: (() => void)[] = [];
  const timers: { ms: number; work: () => void; off: boolean }[] = [];
  const decodes: ((bitmap: ImageBitmap) => void)[] = [];
  const shown: Picture[] = [];
  const links: string[] = [];
  const fetches: ((blob: Blob) => void)[] = [];
  const ports: LivePorts = {
    openSocket: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket as unknown as WebSocket;
    },
    fetchPreview: () => new Promise((resolve) => fetches.push(resolve)),
    decode: () => new Promise((resolve) => decodes.push(resolve)),
    nextFrame: (work) => frames.push(work),
    later: (ms, work) => {
      const timer = { ms, work, off: false };
      timers.push(timer);
      return () => {
        timer.off = true;
      };
    },
  };
  const live = new Live(ports, {
    picture: (picture) => shown.push(picture),
    link: (link) => links.push(link),
    problem: vi.fn(),
    analysed: vi.fn(),
    settled: vi.fn(),
    newer: vi.fn(),
  });
  return {
    live,
    sockets,
    shown,
    links,
    fetches,
    decodes,
    paint: () => frames.splice(0).forEach((work) => work()),
    elapse: () => timers.splice(0).forEach((timer) => timer.off || timer.work()),
    decoded: async () => {
      decodes.shift()?.(bitmap);
      await new Promise((resolve) => setTimeout(resolve));
    },
    socket: () => sockets.at(-1) ?? new FakeSocket(),
  };
}

let s = setup();
beforeEach(() => {
  s = setup();
});

describe("frames", () => {
  it("are read as they are packed", () => {
    expect(readHeader(frame(9, 1))).toEqual({
      kind: "original", id: 9, x: 10, y: 20, w: 300, h: 400, renderMs: 7, encodeMs: 3,
    });
    expect(readHeader(new ArrayBuffer(64))).toBeNull();
    expect(readHeader(new ArrayBuffer(8))).toBeNull();
  });
});

describe("the live preview", () => {
  it("sends the last of many changes once per screen frame", () => {
    s.socket().open();
    s.paint();
    for (let i = 0; i < 5; i++) s.live.want(EMPTY, view, true);
    s.paint();
    s.live.want(EMPTY, view, false);
    s.paint();
    s.paint();
    expect(s.socket().changes.map((m) => [m.id, m.drag])).toEqual([[5, true], [6, false]]);
  });

  it("shows only the newest frame and acknowledges all", async () => {
    s.socket().open();
    for (const id of [1, 2, 3]) s.socket().onmessage?.({ data: frame(id) });
    await s.decoded();
    await s.decoded();
    expect(s.shown.map((p) => p.header.id)).toEqual([1, 3]);
    expect([...s.socket().acks].sort()).toEqual([1, 2, 3]);
  });

  it("never goes back to an older frame", async () => {
    s.socket().open();
    s.socket().onmessage?.({ data: frame(5) });
    await s.decoded();
    s.socket().onmessage?.({ data: frame(4) });
    expect(s.decodes).toHaveLength(0);
    expect(s.socket().acks).toEqual([5, 4]);
  });

  it("asks again for what is wanted when the socket comes back", () => {
    s.socket().open();
    s.live.want(EMPTY, view, false);
    s.paint();
    s.socket().close();
    s.elapse();
    expect(s.sockets).toHaveLength(2);
    s.socket().open();
    s.paint();
    expect(s.socket().changes.map((m) => m.id)).toEqual([1]);
  });

  it("sends a recipe whole once, and then what changed since a frame that came", () => {
    s.socket().open();
    for (const amount of [1, 2, 3]) {
      s.live.want(recipe(amount), view, true);
      s.paint();
    }
    s.socket().onmessage?.({ data: frame(2) });
    s.live.want(recipe(3), view, false);
    s.paint();
    expect(s.socket().changes.map((m) => [m.base, m.rest])).toEqual([
      [null, recipe(1)],
      [1, [{ op: "replace", path: "/steps/0/edit/amount", value: 2 }]],
      [1, [{ op: "replace", path: "/steps/0/edit/amount", value: 3 }]],
      [2, [{ op: "replace", path: "/steps/0/edit/amount", value: 3 }]],
    ]);
  });

  it("sends the recipe whole again, once, where the server lost it", () => {
    s.socket().open();
    for (const amount of [1, 2, 3]) {
      s.live.want(recipe(amount), view, true);
      s.paint();
    }
    s.socket().onmessage?.({ data: '{"unknown":2}' });
    s.paint();
    s.socket().onmessage?.({ data: '{"unknown":3}' });
    s.paint();
    expect(s.socket().changes.map((m) => [m.id, m.base])).toEqual([[1, null], [2, 1], [3, 1], [4, null]]);
    expect(s.socket().changes[3]?.rest).toEqual(recipe(3));
    s.socket().onmessage?.({ data: '{"unknown":4}' });
    s.paint();
    expect(s.socket().changes.at(-1)).toMatchObject({ id: 5, base: null });
    expect(s.live.upToDate).toBe(false);
  });

  it("takes an original for no sign that the recipe was read", () => {
    s.socket().open();
    for (const [id, kind] of [[1, 1], [2, 1], [3, 2], [4, 0]] as const) {
      s.live.want(recipe(id), view, true);
      s.paint();
      s.socket().onmessage?.({ data: frame(id, kind) });
    }
    s.live.want(recipe(5), view, true);
    s.paint();
    expect(s.socket().changes.map((m) => m.base)).toEqual([null, 1, 1, 3, 4]);
  });

  it("tells a new socket everything", () => {
    s.socket().open();
    s.live.want(recipe(1), view, false);
    s.paint();
    s.socket().onmessage?.({ data: frame(1) });
    s.socket().close();
    s.elapse();
    s.socket().open();
    s.paint();
    expect(s.socket().changes).toMatchObject([{ id: 1, base: null, rest: recipe(1) }]);
  });

  it("falls back to one request at a time when no socket opens", async () => {
    s.live.want(EMPTY, view, false);
    s.paint();
    s.elapse();
    expect(s.links).toEqual(["slow"]);
    expect(s.fetches).toHaveLength(1);
    s.live.want(EMPTY, view, false);
    s.live.want(EMPTY, view, false);
    s.paint();
    expect(s.fetches).toHaveLength(1);
    s.fetches[0]?.(new Blob());
    await new Promise((resolve) => setTimeout(resolve));
    expect(s.fetches).toHaveLength(2);
    await s.decoded();
    expect(s.shown[0]?.header.kind).toBe("edited");
  });
});
