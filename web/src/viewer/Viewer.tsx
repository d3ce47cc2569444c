import { type KeyboardEvent, type ReactNode, Suspense, lazy, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { fetchHeat, queries, useAnalysis } from "@/api/queries";
import type { Project } from "@/api/types";
import { brushPort } from "@/brush/port";
import { useWorkbench } from "@/editor/workbench";
import { commit, recipeNow, shownRecipe, useDocument } from "@/document/store";
import { editCount } from "@/recipe/recipe";
import { useSavedReport } from "@/panels/report";
import { announce } from "@/ui/announce";
import { usePrefs } from "@/ui/prefs";
import { notify } from "@/ui/notices";
import { Divider } from "@/viewer/Divider";
import { FaceStrip } from "@/viewer/FaceStrip";
import { listen } from "@/viewer/gestures";
import { faceAt, spotAt } from "@/viewer/overlays";
import { type ViewerSession, startViewer } from "@/viewer/session";
import { flipped, spotMarks } from "@/viewer/spots";
import * as view from "@/viewer/view-store";
import { type Point, toPhoto } from "@/viewer/viewport";
import { ZoomBar } from "@/viewer/ZoomBar";
import css from "@/viewer/Viewer.module.css";

const PAN_STEP = 64;

const BrushLayer = lazy(async () => ({ default: (await import("@/brush/BrushLayer")).BrushLayer }));

export function Viewer({ project }: { project: Project }): ReactNode {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const session = useRef<ViewerSession | null>(null);
  const [pictured, setPictured] = useState(false);
  const { data: analysis } = useAnalysis(project.id);
  const report = useSavedReport(project.id);
  const recipe = useDocument(shownRecipe);
  const person = useDocument((state) => state.person);
  const link = view.useView((state) => state.link);
  const busy = view.useView((state) => state.busy);
  const brushing = useWorkbench((state) => state.panel === "brush");
  const { width, height } = project;
  const marks = useMemo(
    () => spotMarks(analysis, report, recipe, { width, height }),
    [analysis, report, recipe, width, height],
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
    session.current?.stage.mark({ faces: analysis?.faces ?? [], spots: marks, chosen: person });
  }, [analysis, marks, person, pictured]);

  useCanvasSize(box);
  useHeat(project, session);

  useEffect(() => {
    if (!box.current) return;
    const find = (at: Point) => spotAt(view.useView.getState(), view.paneOf(view.useView.getState()), marks, at);
    return listen(box.current, () => usePrefs.getState().wheelZooms, {
      click: (at) => {
        const state = view.useView.getState();
        const mark = state.spots ? find(at) : undefined;
        if (mark) {
          commit(`spot ${mark.healed ? "keep" : "heal"}`, flipped(recipeNow(), state.photo, mark));
          announce(t(mark.healed ? "history.spotKeep" : "history.spotHeal"));
          return;
        }
        const face = faceAt(analysis?.faces ?? [], toPhoto(state.viewport, view.paneOf(state), at));
        if ((analysis?.faces.length ?? 0) > 1) useDocument.setState({ person: face?.key ?? null });
      },
      hover: (at) => {
        brushPort()?.hover(at);
        const over = at !== null && view.useView.getState().spots && find(at) !== undefined;
        if (box.current) box.current.dataset["over"] = String(over);
      },
    });
  }, [analysis, marks, t]);

  const arrows = (event: KeyboardEvent) => {
    const step = { ArrowLeft: [1, 0], ArrowRight: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
    const { dpr } = view.useView.getState();
    if (event.target !== event.currentTarget) return;
    if (brushPort()?.key(event.key, event.shiftKey)) {
      event.preventDefault();
      return;
    }
    if (step) {
      event.preventDefault();
      view.panBy((step[0] ?? 0) * PAN_STEP * dpr, (step[1] ?? 0) * PAN_STEP * dpr);
    }
    if (event.key === " " && box.current) {
      event.preventDefault();
      box.current.dataset["panning"] = "true";
    }
  };

  return (
    <section className={css.viewer} aria-label={t("viewer.label")}>
      <div
        ref={box}
        className={css.box}
        role="group"
        aria-label={t(brushing ? "brush.canvas" : "viewer.group")}
        tabIndex={0}
        data-canvas=""
        data-brush={brushing && pictured ? "" : undefined}
        onKeyDown={arrows}
        onKeyUp={(event) => {
          if (event.key === " ") delete box.current?.dataset["panning"];
        }}
      >
        <canvas
          ref={canvas}
          className={css.canvas}
          role="img"
          aria-label={t("viewer.describe", {
            faces: t("viewer.faces", { count: analysis?.faces.length ?? 0 }),
            edits: t("viewer.edits", { count: editCount(recipe) }),
          })}
        />
        <Divider />
        {brushing && pictured && (
          <Suspense fallback={null}>
            <BrushLayer stage={() => session.current?.stage ?? null} />
          </Suspense>
        )}
      </div>
      {(!pictured || (busy && link !== "live")) && <div className={css.progress} aria-hidden="true" />}
      {!pictured && <p className={css.opening}>{t("viewer.opening")}</p>}
      <CompareLabels />
      <FaceStrip project={project} faces={analysis?.faces ?? []} />
      <ZoomBar />
    </section>
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
