import { type CSSProperties, type ReactNode, Suspense, lazy, useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { ApiError } from "@/api/client";
import { queries, tellOpened, useCatalogue, usePeople, useProject } from "@/api/queries";
import type { Face, Project, Revision } from "@/api/types";
import type { Tool } from "@/canvas/tool";
import { Viewer } from "@/canvas/Viewer";
import { useTakeOver } from "@/document/newer";
import { type Session, openSession } from "@/document/session";
import { settle, useDocument } from "@/document/store";
import { Button } from "@/kit/Button";
import { notify } from "@/kit/notices";
import { useTitle } from "@/kit/use-title";
import css from "@/pages/editor/Editor.module.css";
import { Filmstrip } from "@/pages/editor/Filmstrip";
import { PhotoMenu } from "@/pages/editor/PhotoMenu";
import { Rail } from "@/pages/editor/Rail";
import { ReportLine } from "@/pages/editor/ReportLine";
import { SaveBanner } from "@/pages/editor/SaveBanner";
import { SheetHandle } from "@/pages/editor/SheetHandle";
import { TopBar } from "@/pages/editor/TopBar";
import { useEditorKeys } from "@/pages/editor/use-editor-keys";
import { CopyDialog } from "@/panels/CopyDialog";
import { DownloadDialog } from "@/panels/DownloadDialog";
import { ShareDialog } from "@/panels/share/ShareDialog";
import { HistoryPanel } from "@/panels/HistoryPanel";
import { PresetsDialog } from "@/panels/PresetsDialog";
import { ReportPanel } from "@/panels/ReportPanel";
import { UpscalePanel } from "@/panels/UpscalePanel";
import { RetouchPanel } from "@/panels/RetouchPanel";
import { SavePresetDialog } from "@/panels/SavePresetDialog";
import { type PanelName, openDialog, useWorkbench, watchFullScreen } from "@/panels/workbench";
import { BRUSH } from "@/tools/brush/tool";
import { CROP } from "@/tools/crop/tool";
import { MARKS } from "@/tools/marks/tool";
import { SetDialogs } from "@/sets/SetDialogs";
import { UploadList } from "@/uploads/UploadList";
import { Approval } from "@/people/Approval";

/** Panels that say in their own words what changed, or need the room. */
const WITHOUT_LINE: readonly PanelName[] = ["report", "crop", "design", "poster"];

const DesignPanel = lazy(async () => ({ default: (await import("@/panels/design/DesignPanel")).DesignPanel }));
const PosterPanel = lazy(async () => ({ default: (await import("@/tools/poster/PosterPanel")).PosterPanel }));
const PosterStage = lazy(async () => ({ default: (await import("@/tools/poster/PosterStage")).PosterStage }));
const PosterDownload = lazy(async () => ({ default: (await import("@/tools/poster/PosterDownload")).PosterDownload }));

/** What can be taken in the hand: each is also a panel of its name. */
const TOOLS: readonly Tool[] = [CROP, BRUSH, MARKS];

const NOBODY: Face[] = [];

export function EditorPage({ id }: { id: string }): ReactNode {
  const { t } = useTranslation();
  const { data, failureReason: error, refetch } = useProject(id);
  if (error && !data) {
    return (
      <main className={css.missing}>
        <h1>{t("editor.missing")}</h1>
        <p>{t(error instanceof ApiError ? "editor.missingHelp" : "refusal.unreachable.help")}</p>
        {!(error instanceof ApiError) && <Button onClick={() => void refetch()}>{t("upload.again")}</Button>}
        <Link href="/" className={css.link}>
          {t("bar.home")}
        </Link>
      </main>
    );
  }
  if (!data) return <main className={css.missing} aria-busy="true" />;
  return <OpenEditor key={id} project={data.project} log={data.log} />;
}

function OpenEditor({ project, log }: { project: Project; log: Revision[] }): ReactNode {
  const { t } = useTranslation();
  const { data: catalogue } = useCatalogue();
  const people = usePeople(project.id);
  const session = useSession(project, log);
  const open = session !== null;
  const take = useCallback(() => {
    void session?.takeOver().then((others) => {
      const last = others.at(-1);
      if (!last) return;
      const text = last.mine ? t("save.takenHere") : t("save.taken", { author: last.author });
      notify({ kind: "plain", text });
    });
  }, [session, t]);
  useTakeOver(project, take);
  useEditorKeys(project, catalogue, people ?? NOBODY);
  useEffect(() => {
    if (open && people) useDocument.setState({ faces: people });
  }, [open, people]);
  const tool = useTool();
  const sheet = useWorkbench((s) => s.sheet);
  const postered = useWorkbench((s) => s.panel === "poster");
  const alone = useWorkbench((s) => s.alone);
  useEffect(watchFullScreen, []);
  useTitle(project.name);
  useEffect(() => tellOpened(project.id), [project.id]);

  return (
    <div className={css.editor} data-alone={alone} style={{ "--sheet": sheet } as CSSProperties}>
      <TopBar project={project} />
      <SaveBanner project={project} />
      <Rail />
      <main className={css.main}>
        <h1 className="visually-hidden">{t("editor.title", { name: project.name })}</h1>
        {open && (
          <PhotoMenu project={project} {...(css.viewer ? { className: css.viewer } : {})} inert={postered}>
            <Viewer project={project} tool={tool} />
          </PhotoMenu>
        )}
        {open && postered && (
          <Suspense fallback={null}>
            <PosterStage project={project} />
          </Suspense>
        )}
        {!postered && project.set !== null && <Filmstrip project={project} set={project.set} />}
        <div className={css.uploads}>
          <UploadList />
        </div>
      </main>
      <aside className={css.aside} aria-label={t("panel.label")}>
        <SheetHandle />
        {open && <Panels project={project} />}
      </aside>
      <Dialogs project={project} />
      {project.set !== null && <SetDialogs set={project.set} />}
    </div>
  );
}

function Panels({ project }: { project: Project }): ReactNode {
  const { data: catalogue } = useCatalogue();
  const people = usePeople(project.id);
  const panel = useWorkbench((s) => s.panel);
  const tool = useTool();
  return (
    <>
      <div className={css.panelBox}>
        {panel === "retouch" && catalogue && (
          <RetouchPanel project={project} catalogue={catalogue} faces={people} />
        )}
        {panel === "design" && catalogue && (
          <Suspense fallback={null}>
            <DesignPanel project={project} catalogue={catalogue} />
          </Suspense>
        )}
        {tool && catalogue && (
          <Suspense fallback={null}>
            <tool.Panel project={project} catalogue={catalogue} />
          </Suspense>
        )}
        {panel === "upscale" && <UpscalePanel project={project} faces={people} />}
        {panel === "poster" && (
          <Suspense fallback={null}>
            <PosterPanel project={project} />
          </Suspense>
        )}
        {panel === "history" && (
          <HistoryPanel catalogue={catalogue}>
            <Approval project={project} />
          </HistoryPanel>
        )}
        {panel === "report" && <ReportPanel project={project} />}
      </div>
      {!WITHOUT_LINE.includes(panel) && <ReportLine project={project} />}
    </>
  );
}

function useTool(): Tool | null {
  const panel = useWorkbench((s) => s.panel);
  return TOOLS.find((tool) => tool.name === panel) ?? null;
}

function Dialogs({ project }: { project: Project }): ReactNode {
  const dialog = useWorkbench((s) => s.dialog);
  const postered = useWorkbench((s) => s.panel === "poster");
  const saved = useDocument((s) => s.save.kind === "saved");
  if (dialog === "download" && postered) {
    return (
      <Suspense fallback={null}>
        <PosterDownload project={project} />
      </Suspense>
    );
  }
  if (dialog === "share") return <ShareDialog projects={[project]} saved={saved} onClose={() => openDialog(null)} />;
  if (dialog === "download") return <DownloadDialog project={project} />;
  if (dialog === "copy") return <CopyDialog project={project} />;
  if (dialog === "presets") return <PresetsDialog project={project} />;
  return dialog === "savePreset" ? <SavePresetDialog /> : null;
}

/** Opens the history of the project; null until it is there. */
function useSession(project: Project, log: Revision[]): Session | null {
  const { t } = useTranslation();
  const [open, setOpen] = useState<Session | null>(null);
  useEffect(() => {
    let gone = false;
    let close: (() => void) | null = null;
    void openSession(project, log).then((session) => {
      if (gone) {
        session.close();
        return;
      }
      close = session.close;
      setOpen(session);
      if (session.restored > 0) {
        notify({ kind: "plain", text: t("save.restored", { count: session.restored }) });
      }
    });
    // A drag whose end the window never hears of ends when the window is left.
    window.addEventListener("blur", settle);
    window.addEventListener("pointercancel", settle);
    return () => {
      gone = true;
      window.removeEventListener("blur", settle);
      window.removeEventListener("pointercancel", settle);
      close?.();
      setOpen(null);
      void queries.invalidateQueries({ queryKey: ["projects"] });
    };
    // A renamed project is the same session.
  }, [project.id]);
  return open;
}
