// @vitest-environment jsdom
import { beforeEach, describe, expect, it, vi } from "vitest";
import { HEADER_BYTES, readHeader } from "@/api/live/frame";
import { Live, type LivePorts, type Picture } from "@/api/live/live";
import type { Recipe } from "@/api/types";

/** A recipe goes through as it is. */
const EMPTY = { steps: [] } as unknown as Recipe;

class FakeSocket {
  readyState: number = WebSocket.CONNECTING;
  binaryType = "blob";
  sent: { id?: number; ack?: number; drag?: boolean }[] = [];
  onopen: (() => void) | null = null;
  onclose: (() => void) | null = null;
  onmessage: ((event: { data: ArrayBuffer | string }) => void) | null = null;
  send(text: string): void {
    this.sent.push(JSON.parse(text) as { id?: number });
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
