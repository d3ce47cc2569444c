/**
 * The live preview: sends what changed once per screen frame, shows only the newest answer, and says
 * which frames were shown so that the server never runs ahead. Where no socket opens, the same
 * changes go through single requests, one in flight at a time.
 */

import { type FrameHeader, jpegOf, readHeader } from "@/api/live/frame";
import { Told } from "@/api/live/told";
import type { Problem, Recipe, View } from "@/api/types";

export type Picture = { header: FrameHeader; bitmap: ImageBitmap };

export type Link = "connecting" | "live" | "slow" | "lost";

export type LiveEvents = {
  picture: (picture: Picture) => void;
  link: (link: Link) => void;
  problem: (problem: Problem) => void;
  analysed: () => void;
  settled: (id: number) => void;
  /** The history has gone on to this revision, here or in another window. */
  newer: (revision: number) => void;
};

export type LivePorts = {
  openSocket: () => WebSocket;
  fetchPreview: (recipe: Recipe, view: View, drag: boolean) => Promise<Blob>;
  decode: (jpeg: Blob) => Promise<ImageBitmap>;
  /** Runs once before the next paint. */
  nextFrame: (work: () => void) => void;
  later: (ms: number, work: () => void) => () => void;
};

type Wanted = { recipe: Recipe; view: View; frame: string; drag: boolean };

/** How long a socket may take to open before single requests take over. */
const OPEN_MS = 2000;
const RECONNECT_MS = [500, 1000, 2000, 4000, 8000];

export class Live {
  private wanted: Wanted | null = null;
  private id = 0;
  private scheduled = false;
  private socket: WebSocket | null = null;
  private link: Link = "connecting";
  private attempts = 0;
  private closed = false;
  private callOff: (() => void)[] = [];
  /** Waiting to be decoded: at most a whole frame and the newest patch that lies over it. */
  private waiting: { header: FrameHeader; jpeg: Blob }[] = [];
  private decoding = false;
  private fetching = false;
  private shownId = 0;
  private sentId = 0;
  private readonly told = new Told();

  constructor(
    private readonly ports: LivePorts,
    private readonly events: LiveEvents,
  ) {
    this.connect();
  }

  /** Asks for a picture, and returns its number; of several calls in one screen frame only the last is sent. */
  want(recipe: Recipe, view: View, drag: boolean, frame = ""): number {
    this.wanted = { recipe, view, frame, drag };
    this.id += 1;
    this.schedule();
    return this.id;
  }

  /** Whether the newest change is on the screen. */
  get upToDate(): boolean {
    return this.shownId >= this.id;
  }

  close(): void {
    this.closed = true;
    for (const off of this.callOff) off();
    this.socket?.close();
  }

  /** Tries at once: the network is said to be back. */
  reconnect(): void {
    if (this.socket === null && !this.closed) this.connect();
  }

  private schedule(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    this.ports.nextFrame(() => {
      this.scheduled = false;
      if (!this.closed) this.transmit();
    });
  }

  private transmit(): void {
    if (!this.wanted || this.sentId === this.id) return;
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.sentId = this.id;
      const { recipe, view, frame, drag } = this.wanted;
      const { base, text } = this.told.tell(this.id, recipe);
      this.socket.send(`${JSON.stringify({ id: this.id, base, view, frame, drag })}\n${text}`);
    } else if (this.link === "slow") {
      void this.fetchOnce();
    }
  }

  private connect(): void {
    const socket = this.ports.openSocket();
    socket.binaryType = "arraybuffer";
    this.socket = socket;
    const slow = this.ports.later(OPEN_MS, () => this.fallBack());
    this.callOff.push(slow);
    socket.onopen = () => {
      slow();
      this.attempts = 0;
      this.setLink("live");
      // What was wanted while there was no socket is asked for again.
      this.sentId = 0;
      this.told.forget();
      this.schedule();
    };
    socket.onmessage = (event: MessageEvent<ArrayBuffer | string>) => this.received(event.data);
    socket.onclose = () => {
      slow();
      if (this.socket !== socket) return;
      this.socket = null;
      if (!this.closed) this.retryLater();
    };
  }

  private retryLater(): void {
    const wait = RECONNECT_MS[Math.min(this.attempts, RECONNECT_MS.length - 1)] ?? 8000;
    this.attempts += 1;
    // The first pictures may not wait for a second try.
    if (this.attempts >= 2) this.fallBack();
    else if (this.link === "live") this.setLink("connecting");
    this.callOff.push(this.ports.later(wait, () => this.reconnect()));
  }

  private fallBack(): void {
    if (this.closed || this.socket?.readyState === WebSocket.OPEN) return;
    if (this.link !== "lost") this.setLink("slow");
    void this.fetchOnce();
  }

  private setLink(link: Link): void {
    if (this.link === link) return;
    this.link = link;
    this.events.link(link);
  }

  private received(data: ArrayBuffer | string): void {
    if (typeof data === "string") {
      this.heard(data);
      return;
    }
    const header = readHeader(data);
    if (!header) return;
    if (header.kind === "original") void this.showOriginal(header, jpegOf(data));
    else {
      this.told.heard(header.id);
      this.arrived(header, jpegOf(data));
    }
  }

  private heard(text: string): void {
    const message = JSON.parse(text) as { error?: Problem; analysis?: string; settled?: number; unknown?: number; newer?: number };
    if (message.error) this.events.problem(message.error);
    if (message.analysis === "ready") this.events.analysed();
    if (message.settled !== undefined) this.events.settled(message.settled);
    if (message.newer !== undefined) this.events.newer(message.newer);
    if (message.unknown !== undefined && this.told.lost(message.unknown)) {
      this.id += 1;
      this.schedule();
    }
  }

  private async showOriginal(header: FrameHeader, jpeg: Blob): Promise<void> {
    this.events.picture({ header, bitmap: await this.ports.decode(jpeg) });
  }

  /** Keeps the newest frame only, and what it lies over; one is decoded at a time. */
  private arrived(header: FrameHeader, jpeg: Blob): void {
    if (header.id < this.shownId) {
      this.acknowledge(header.id);
      return;
    }
    const over = header.kind === "patch" ? "patch" : null;
    const dropped = this.waiting.filter((each) => over === null || each.header.kind === over);
    for (const each of dropped) this.acknowledge(each.header.id);
    this.waiting = [...this.waiting.filter((each) => !dropped.includes(each)), { header, jpeg }];
    if (!this.decoding) void this.decodeNewest();
  }

  private async decodeNewest(): Promise<void> {
    this.decoding = true;
    for (let next = this.waiting.shift(); next; next = this.waiting.shift()) {
      const { header, jpeg } = next;
      try {
        const bitmap = await this.ports.decode(jpeg);
        if (this.closed) bitmap.close();
        else {
          this.shownId = Math.max(this.shownId, header.id);
          this.events.picture({ header, bitmap });
        }
      } catch {
        // A frame that does not decode is skipped: the last good one stays on the screen.
      }
      this.acknowledge(header.id);
    }
    this.decoding = false;
  }

  private acknowledge(id: number): void {
    if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify({ ack: id }));
  }

  /** Row "one in flight, newest pending" of the measurements: nearly as good as the socket. */
  private async fetchOnce(): Promise<void> {
    if (this.fetching || !this.wanted || this.closed || this.sentId === this.id) return;
    this.fetching = true;
    const id = this.id;
    const { recipe, view, drag } = this.wanted;
    try {
      const jpeg = await this.ports.fetchPreview(recipe, view, drag);
      this.sentId = id;
      if (this.link === "lost") this.setLink("slow");
      const { x, y, w, h } = view;
      this.arrived({ kind: "edited", id, x, y, w, h, renderMs: 0, encodeMs: 0 }, jpeg);
    } catch {
      this.setLink("lost");
      this.callOff.push(this.ports.later(2000, () => void this.fetchOnce()));
    }
    this.fetching = false;
    if (this.link === "slow") void this.fetchOnce();
  }
}
