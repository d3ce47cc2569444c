import { type ReactNode, Suspense, lazy, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fetchHeat, queries, useAnalysis } from "@/api/queries";
import type { Face, Project } from "@/api/types";
import { useBrush } from "@/brush/brush-store";
import { useWorkbench } from "@/editor/workbench";
import { keptRecipe, useDocument } from "@/document/store";
import { editCount, isDoubted } from "@/recipe/recipe";
import { useSavedReport } from "@/panels/report";
import { notify } from "@/ui/notices";
import { Divider } from "@/viewer/Divider";
import { FaceChips } from "@/people/FaceChips";
import { FaceStrip } from "@/viewer/FaceStrip";
import { MarkLabel } from "@/viewer/MarkLabel";
import { type ViewerSession, startViewer } from "@/viewer/session";
import { ofKind, spotMarks } from "@/viewer/spots";
import { pressed, released, useGestures } from "@/viewer/use-gestures";
import * as view from "@/viewer/view-store";
import { ZoomBar } from "@/viewer/ZoomBar";
import css from "@/viewer/Viewer.module.css";

const NOBODY: Face[] = [];

const BrushLayer = lazy(async () => ({ default: (await import("@/brush/BrushLayer")).BrushLayer }));

export function Viewer({ project }: { project: Project }): ReactNode {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const session = useRef<ViewerSession | null>(null);
  const [pictured, setPictured] = useState(false);
  const { data: analysis } = useAnalysis(project.id);
  const report = useSavedReport(project.id);
  const recipe = useDocument(keptRecipe);
  const brushing = useWorkbench((state) => state.panel === "brush");
  const inHand = useBrush((state) => state.inHand);
  const faces = analysis?.faces ?? NOBODY;
  const kind = view.useView((state) => state.spotKind);
  const { width, height } = project;
  const shownMarks = useMemo(
    () => ofKind(spotMarks(analysis, report, recipe, { width, height }), kind),
    [analysis, report, recipe, width, height, kind],
  );

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
    session.current?.stage.mark({ faces, spots: shownMarks });
  }, [faces, shownMarks, pictured]);

  useCanvasSize(box);
  useHeat(project, session);

  useGestures(box, shownMarks, faces);

  return (
    <section className={css.viewer} aria-label={t("viewer.label")}>
      <div
        ref={box}
        className={css.box}
        role="group"
        aria-label={t(brushing ? "brush.canvas" : "viewer.group")}
        tabIndex={0}
        data-canvas=""
        data-brush={brushing && inHand ? "" : undefined}
        onKeyDown={pressed}
        onKeyUp={released}
      >
        <canvas
          ref={canvas}
          className={css.canvas}
          role="img"
          aria-label={t("viewer.describe", {
            faces: t("viewer.faces", { count: faces.length }),
            edits: t("viewer.edits", { count: editCount(recipe) }),
          })}
        />
        <Divider />
        {!brushing && <MarkLabel marks={shownMarks} />}
        {!brushing && (faces.length > 1 || faces.some(isDoubted)) && <FaceChips faces={faces} />}
        {brushing && pictured && (
          <Suspense fallback={null}>
            <BrushLayer viewer={session} />
          </Suspense>
        )}
      </div>
      <Waiting pictured={pictured} />
      <CompareLabels />
      <FaceStrip project={project} faces={faces} />
      <ZoomBar />
    </section>
  );
}

/** Says that a picture is on its way: the first one in words. */
function Waiting({ pictured }: { pictured: boolean }): ReactNode {
  const { t } = useTranslation();
  const late = view.useView((state) => state.busy && state.link !== "live");
  return (
    <>
      {(!pictured || late) && <div className={css.progress} aria-hidden="true" />}
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

/** Fetches the heat map of the saved recipe while it is shown. */
function useHeat(project: Project, session: React.RefObject<ViewerSession | null>): void {
  const heat = view.useView((state) => state.heat);
  const revision = useDocument((state) => (state.save.kind === "saved" ? state.save.revision : null));
  useEffect(() => {
    if (!heat || revision === null) return;
    const abort = new AbortController();
    fetchHeat(project.id, abort.signal)
      .then((blob) => createImageBitmap(blob))
      .then((bitmap) => {
        if (abort.signal.aborted) bitmap.close();
        else session.current?.stage.showHeat(bitmap);
      })
      .catch(() => undefined);
    return () => abort.abort();
  }, [heat, revision, project.id, session]);
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
