import type { TFunction } from "i18next";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import type { Catalogue } from "@/api/catalogue";
import type { Face, Project } from "@/api/types";
import * as view from "@/canvas/view-store";
import { leftToRight } from "@/document/people";
import { hasNatural, withNatural } from "@/document/recipe";
import { commit, recipeNow, redo, undo, useDocument } from "@/document/store";
import { announce } from "@/kit/announce";
import { openAppDialog } from "@/kit/app-dialogs";
import { bindKeys } from "@/kit/keys/bind";
import { usePrefs } from "@/kit/prefs";
import { startCopy } from "@/panels/copy";
import { openDialog, openPanel, toggleAlone, toggleFullScreen, togglePanel, useWorkbench } from "@/panels/workbench";
import { photosKnown } from "@/api/sets";
import { hintsKnown } from "@/api/suggestions";
import { copySettings, openSource } from "@/sets/clipboard";
import { type Mark, mark } from "@/sets/marks";
import { pasteSettings } from "@/sets/pasting";
import { meant } from "@/sets/selection";
import { seen, showingOf, useShowing } from "@/sets/showing";
import { notify } from "@/kit/notices";
import { resize, soften, toggleOverlay, turnOver } from "@/tools/brush/brush-store";
import { redoPoster, undoPoster } from "@/tools/poster/store";

/** Goes through the people from left to right; past the last one is everyone. */
function stepPerson(faces: Face[], direction: 1 | -1): void {
  const keys = [null, ...leftToRight(faces).map((face) => face.key)];
  const now = keys.indexOf(useDocument.getState().person);
  const next = keys[(now + direction + keys.length) % keys.length] ?? null;
  useDocument.setState({ person: next });
}

function natural(catalogue: Catalogue | undefined): void {
  if (!catalogue) return;
  const at = useDocument.getState();
  const tools = catalogue.tools.filter((tool) => tool.panel === at.panel);
  if (!hasNatural(tools)) return;
  commit(`natural ${at.panel}`, withNatural(recipeNow(), catalogue.tools, tools, at));
}

/** Ctrl+C copies the picture only where the canvas has the focus. */
function copy(): boolean {
  if (!document.activeElement?.closest("[data-canvas]")) return false;
  startCopy();
  return true;
}

function brushing(): boolean {
  return useWorkbench.getState().panel === "brush";
}

function postering(): boolean {
  return useWorkbench.getState().panel === "poster";
}

/** Keys of the brush are left to the browser while it is not in the hand. */
function brush(work: () => void): () => boolean {
  return () => {
    if (brushing()) work();
    return brushing();
  };
}

/** Opens the neighbor in the strip; without one the key is the browser's. */
function turnTo({ id, set }: Project, direction: 1 | -1, go: (path: string) => void): boolean {
  if (set === null) return false;
  const photos = seen(photosKnown(set), showingOf(useShowing.getState(), set), hintsKnown(set), id);
  const next = photos[photos.findIndex(({ project }) => project === id) + direction];
  if (next) go(`/edit/${next.project}`);
  return next !== undefined;
}

/** Marks the chosen photos of the strip, the open one among them. */
function markHere({ id, set }: Project, given: Mark): boolean {
  if (set !== null) mark(set, meant(id), given);
  return set !== null;
}

function copyHere({ name }: Project, t: TFunction): boolean {
  const source = openSource(name);
  if (source) {
    copySettings(source);
    notify({ kind: "plain", text: t("sets.copied", { name }) });
  }
  return source !== null;
}

export function useEditorKeys(project: Project, catalogue: Catalogue | undefined, faces: Face[]): void {
  const { t } = useTranslation();
  const [, go] = useLocation();
  useEffect(
    () =>
      bindKeys(
        {
          undo: () => {
            (postering() ? undoPoster : undo)();
            announce(t("bar.undone"));
          },
          redo: () => {
            (postering() ? redoPoster : redo)();
            announce(t("bar.redone"));
          },
          history: () => togglePanel("history"),
          natural: () => natural(catalogue),
          original: view.hold,
          split: () => view.compareAs("split"),
          side: () => view.compareAs("side"),
          heat: () => view.useView.setState((s) => ({ heat: !s.heat })),
          clipping: () => {
            view.toggleClipping();
            announce(t(view.useView.getState().clipping ? "light.marked" : "light.unmarked"));
          },
          fit: view.fit,
          actual: () => view.zoomTo(1),
          double: () => view.zoomTo(2),
          zoomIn: () => view.zoomStep(1),
          zoomOut: () => view.zoomStep(-1),
          zoomToggle: () => view.zoomToggle(),
          fullScreen: () => void toggleFullScreen(),
          panels: toggleAlone,
          spots: () => (brushing() ? toggleOverlay() : togglePanel("spots")),
          design: () => togglePanel("design"),
          crop: () => togglePanel("crop"),
          brush: () => togglePanel("brush"),
          erase: brush(turnOver),
          smaller: brush(() => resize(-1)),
          larger: brush(() => resize(1)),
          harder: brush(() => soften(-1)),
          softer: brush(() => soften(1)),
          nextFace: () => stepPerson(faces, 1),
          previousFace: () => stepPerson(faces, -1),
          everyone: () => {
            if (useWorkbench.getState().alone) {
              useWorkbench.setState({ alone: false });
              return;
            }
            useDocument.setState({ person: null });
            openPanel("retouch");
          },
          nextPhoto: () => turnTo(project, 1, go),
          previousPhoto: () => turnTo(project, -1, go),
          pick: () => markHere(project, { flag: 1 }),
          reject: () => markHere(project, { flag: -1 }),
          unflag: () => markHere(project, { flag: 0 }),
          stars: (_down, event) => markHere(project, { stars: Number(/[1-5]$/.exec(event?.code ?? event?.key ?? "")?.[0] ?? 0) }),
          copySettings: () => copyHere(project, t),
          pasteSettings: () => void pasteSettings(project.set, meant(project.id)),
          copy,
          savePreset: () => openDialog("savePreset"),
          download: () => openDialog("download"),
          overlay: () => openAppDialog("keys"),
        },
        () => usePrefs.getState().letterKeys,
      ),
    [project, catalogue, faces, t, go],
  );
}
