/** Joins the canvas, the live preview and the open document for as long as the viewer is shown. */

import { socketUrl } from "@/api/client";
import { Live, type Link } from "@/api/live/live";
import { fetchPreview } from "@/api/queries";
import type { Project, Recipe, View } from "@/api/types";
import { LightMeter } from "@/canvas/light-meter";
import { Frames, showing } from "@/canvas/showing";
import { Stage } from "@/canvas/stage";
import { useHand } from "@/canvas/tool";
import { type ViewState, paneOf, useView } from "@/canvas/view-store";
import { request, seen } from "@/canvas/viewport";
import { type Point, moved } from "@/document/affine";
import { type Showing, cropName, cropOf, drawsTheSame, withCrop } from "@/document/cropping";
import { EMPTY } from "@/document/recipe";
import { knownRevision, useNewer } from "@/document/newer";
import { picturedRecipe, useDocument } from "@/document/store";

/** While panning, regions are asked for no more often than this. */
const PAN_MS = 50;
const DRAG_QUALITY = 85;
const FULL_QUALITY = 92;

export type ViewerEvents = { analysed: () => void; pictured: () => void; problem: (text: string) => void };

export type ViewerSession = { stage: Stage; stop: () => void };

export function startViewer(
  canvas: HTMLCanvasElement,
  project: Project,
  events: ViewerEvents,
): ViewerSession {
  const stage = new Stage(canvas, useView.getState);
  const meter = new LightMeter(stage, useView.getState);
  const live = new Live(
    {
      openSocket: () => new WebSocket(socketUrl(`projects/${project.id}/live?revision=${knownRevision(project)}`)),
      fetchPreview: (recipe, view, drag) =>
        fetchPreview(project.id, recipe, view, drag ? DRAG_QUALITY : FULL_QUALITY),
      decode: (jpeg) => createImageBitmap(jpeg),
      nextFrame: (work) => void requestAnimationFrame(work),
      later: (ms, work) => {
        const timer = setTimeout(work, ms);
        return () => clearTimeout(timer);
      },
    },
    {
      picture: (picture) => {
        stage.show(picture, frames.of(picture.header.id, now.asked));
        meter.due();
        events.pictured();
        useView.setState(({ drawn }) => ({ busy: !live.upToDate, drawn: drawn + 1 }));
      },
      link: (link) => useView.setState({ link }),
      problem: (problem) => events.problem(`${problem.message} ${problem.remedy}`.trim()),
      analysed: events.analysed,
      settled: () => useView.setState({ busy: false }),
      newer: (revision) => useNewer.setState({ revision }),
    },
  );
  const frames = new Frames();
  let now = showing();
  const originals = new Originals(project, stage, () => now);

  const ask = () => {
    now = showing();
    const state = useView.getState();
    if (state.canvas.width <= 1) return;
    const drag = useDocument.getState().draft !== null && !state.open;
    frames.ask(live.want(now.recipe, viewOf(now, state), drag, cropName(now.recipe)), now.asked);
    useView.setState({ busy: true });
  };

  /** While it is cut, the picture below stays what it is. */
  const askForOther = () => {
    const { recipe } = now;
    now = showing();
    if (!drawsTheSame(now.recipe, recipe)) ask();
  };

  let panning: ReturnType<typeof setTimeout> | null = null;
  let panned = -PAN_MS;
  const askSoon = () => {
    // at once for a key or a click, then no oftener than every PAN_MS
    const wait = Math.max(0, panned + PAN_MS - performance.now());
    panning ??= setTimeout(() => {
      panning = null;
      panned = performance.now();
      ask();
      originals.want(useView.getState().link);
    }, wait);
  };

  const stops = [
    useDocument.subscribe((state, before) => {
      const ended = before.draft !== null && state.draft === null;
      if (useView.getState().open) askForOther();
      else if (picturedRecipe(state) !== picturedRecipe(before) || ended || state.faces !== before.faces) ask();
    }),
    useHand.subscribe(askForOther),
    useView.subscribe((state, before) => {
      if (state.holding !== before.holding) stage.paintNow();
      else if (looksDifferent(state, before)) stage.invalidate();
      const moved = state.viewport !== before.viewport || state.canvas !== before.canvas;
      if (moved) askSoon();
      if (state.clipping !== before.clipping || state.measured !== before.measured) meter.due();
    }),
    onEvent("online", () => live.reconnect()),
  ];
  ask();
  return {
    stage,
    stop: () => {
      for (const stop of stops) stop();
      if (panning) clearTimeout(panning);
      originals.close();
      live.close();
      meter.close();
      stage.close();
    },
  };
}

/** The part to ask for, in pixels of the picture that the server draws. */
function viewOf({ shown, asked }: Showing, state: ViewState): View {
  return request(state.viewport, asked.size, paneOf(state), through({ shown, asked }));
}

function through({ shown, asked }: Pick<Showing, "shown" | "asked">): (point: Point) => Point {
  if (shown === asked) return (point) => point;
  return (point) => moved(asked.fromSource, moved(shown.toSource, point));
}

function looksDifferent(a: ViewState, b: ViewState): boolean {
  const keys = ["viewport", "frame", "canvas", "compare", "holding", "split", "heat", "unsure", "hoverFace"];
  return (keys as (keyof ViewState)[]).some((key) => a[key] !== b[key]);
}

function onEvent(name: string, work: () => void): () => void {
  window.addEventListener(name, work);
  return () => window.removeEventListener(name, work);
}

/** Without a socket nobody sends the original: it is fetched once the view rests. */
class Originals {
  private timer: ReturnType<typeof setTimeout> | null = null;
  private abort: AbortController | null = null;

  constructor(
    private readonly project: Project,
    private readonly stage: Stage,
    private readonly now: () => Showing,
  ) {}

  want(link: Link): void {
    if (this.timer) clearTimeout(this.timer);
    this.abort?.abort();
    if (link === "slow") this.timer = setTimeout(() => void this.fetch(), 400);
  }

  close(): void {
    if (this.timer) clearTimeout(this.timer);
    this.abort?.abort();
  }

  private async fetch(): Promise<void> {
    const state = useView.getState();
    const now = this.now();
    const rect = seen(state.viewport, now.asked.size, paneOf(state), through(now));
    if (this.stage.hasOriginal(rect, Math.min(1, state.viewport.scale), now.asked)) return;
    const view = viewOf(now, state);
    this.abort = new AbortController();
    const nothing: Recipe = withCrop(EMPTY, cropOf(now.recipe));
    const jpeg = await fetchPreview(this.project.id, nothing, view, FULL_QUALITY, this.abort.signal).catch(
      () => null,
    );
    if (!jpeg) return;
    const bitmap = await createImageBitmap(jpeg);
    const { x, y, w, h } = view;
    const header = { kind: "original" as const, id: 0, x, y, w, h, renderMs: 0, encodeMs: 0 };
    this.stage.show({ header, bitmap }, now.asked);
  }
}
