import { type ReactNode, Suspense, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fetchHeat, fetchUnsure, queries, usePeople } from "@/api/queries";
import type { Face, Project } from "@/api/types";
import { CompareButtons } from "@/canvas/CompareButtons";
import { Divider } from "@/canvas/Divider";
import { FaceChips } from "@/canvas/FaceChips";
import { FaceStrip } from "@/canvas/FaceStrip";
import { type ViewerSession, startViewer } from "@/canvas/session";
import { type Tool, useHand } from "@/canvas/tool";
import { pressed, released, useGestures } from "@/canvas/use-gestures";
import * as view from "@/canvas/view-store";
import css from "@/canvas/Viewer.module.css";
import { ZoomBar } from "@/canvas/ZoomBar";
import { whole } from "@/document/framing";
import { isDoubted } from "@/document/recipe";
import { useDocument } from "@/document/store";
import { notify } from "@/kit/notices";
import { useSheet } from "@/kit/use-narrow";

const NOBODY: Face[] = [];

type ViewerProps = { project: Project; tool: Tool | null };

export function Viewer({ project, tool }: ViewerProps): ReactNode {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const session = useRef<ViewerSession | null>(null);
  const [pictured, setPictured] = useState(false);
  const people = usePeople(project.id);
  const steps = useDocument((state) => state.history.cursor);
  const hand = useHand((state) => state.hand);
  const faces = people ?? NOBODY;
  const sheet = useSheet();
  const repaint = useCallback(() => session.current?.stage.invalidate(), []);

  useEffect(() => {
    if (!canvas.current) return;
    view.showPhoto({ width: project.width, height: project.height });
    const started = startViewer(canvas.current, project, {
      pictured: () => setPictured(true),
      analysed: () => void queries.invalidateQueries({ queryKey: ["analysis", project.id] }),
      problem: (text) => notify({ kind: "bad", text }),
    });
    session.current = started;
    return () => {
      session.current = null;
      setPictured(false);
      started.stop();
    };
    // Renaming a project is no reason to open the picture again.
  }, [project.id]);

  useEffect(() => {
    session.current?.stage.setFaces(faces);
  }, [faces, pictured]);

  useEffect(() => {
    session.current?.stage.setOverlay(hand?.paint ?? null);
  }, [hand, pictured]);

  useCanvasSize(box);
  useMap(project, session, HEAT);
  useMap(project, session, UNSURE);

  useGestures(box);

  return (
    <section className={css.viewer} aria-label={t("viewer.label")}>
      <div
        ref={box}
        className={css.box}
        role="group"
        aria-label={tool ? tool.canvasText(t) : t("viewer.group")}
        tabIndex={0}
        data-canvas=""
        data-hand={hand?.name}
        onKeyDown={pressed}
        onKeyUp={released}
      >
        <canvas
          ref={canvas}
          className={css.canvas}
          role="img"
          aria-label={t("viewer.describe", {
            faces: t("viewer.faces", { count: faces.length }),
            edits: t("viewer.edits", { count: steps }),
          })}
        />
        <Divider />
        {!tool && (faces.length > 1 || faces.some(isDoubted)) && <FaceChips faces={faces} />}
        {tool && pictured && (
          <Suspense fallback={null}>
            <tool.Layer project={project} repaint={repaint} />
          </Suspense>
        )}
      </div>
      <Waiting pictured={pictured} />
      <CompareLabels />
      {!hand?.open && (
        <div className={css.dock}>
          <FaceStrip project={project} faces={faces} />
          {sheet && <CompareButtons />}
          <ZoomBar />
        </div>
      )}
    </section>
  );
}

/** Says that the picture is older than the sliders; every picture that comes gives it time. The first is told in words. */
function Waiting({ pictured }: { pictured: boolean }): ReactNode {
  const { t } = useTranslation();
  const busy = view.useView((state) => state.busy);
  const drawn = view.useView((state) => state.drawn);
  return (
    <>
      {(!pictured || busy) && <div key={drawn} className={css.progress} data-busy="" aria-hidden="true" />}
      {!pictured && <p className={css.opening}>{t("viewer.opening")}</p>}
    </>
  );
}

/** Tells the view how many device pixels the canvas has. */
function useCanvasSize(box: React.RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const dpr = window.devicePixelRatio || 1;
      const { clientWidth, clientHeight } = element;
      const width = Math.max(1, Math.round(clientWidth * dpr));
      view.resize({ width, height: Math.max(1, Math.round(clientHeight * dpr)) }, dpr);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
}

/** A map of the saved recipe that the server draws: what turns it on, where it comes from, how it is laid over. */
type SavedMap = {
  flag: "heat" | "unsure";
  fetch: (project: string, signal: AbortSignal) => Promise<Blob>;
  show: (stage: ViewerSession["stage"], bitmap: ImageBitmap, photo: { width: number; height: number }) => void;
};

const HEAT: SavedMap = {
  flag: "heat",
  fetch: fetchHeat,
  show: (stage, bitmap) => stage.showHeat(bitmap, view.useView.getState().frame),
};

/** Where the cut-out is unsure. */
const UNSURE: SavedMap = {
  flag: "unsure",
  fetch: fetchUnsure,
  show: (stage, bitmap, photo) => stage.showUnsure(bitmap, whole(photo)),
};

/** Fetches a map of the saved recipe while it is shown. */
function useMap(project: Project, session: React.RefObject<ViewerSession | null>, map: SavedMap): void {
  const { id, width, height } = project;
  const shown = view.useView((state) => state[map.flag]);
  const revision = useDocument((state) => (state.save.kind === "saved" ? state.save.revision : null));
  useEffect(() => {
    if (!shown || revision === null) return;
    const abort = new AbortController();
    map
      .fetch(id, abort.signal)
      .then((blob) => createImageBitmap(blob))
      .then((bitmap) => {
        if (abort.signal.aborted) bitmap.close();
        else if (session.current) map.show(session.current.stage, bitmap, { width, height });
      })
      .catch(() => undefined);
    return () => abort.abort();
  }, [shown, revision, id, width, height, session, map]);
}

function CompareLabels(): ReactNode {
  const { t } = useTranslation();
  const compare = view.useView((state) => state.compare);
  const holding = view.useView((state) => state.holding);
  if (holding) return <p className={css.before}>{t("compare.original")}</p>;
  if (compare === "off") return null;
  return (
    <>
      <p className={css.before}>{t("compare.original")}</p>
      <p className={css.after}>{t("compare.edited")}</p>
    </>
  );
}
