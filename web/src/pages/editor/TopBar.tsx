import { Copy, Download, History, House, Redo2, Share2, Undo2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useRename } from "@/api/queries";
import type { Project } from "@/api/types";
import { CompareButtons } from "@/canvas/CompareButtons";
import { redoing, undoing } from "@/document/history";
import { useHandover } from "@/document/handover";
import { redo, undo, useDocument } from "@/document/store";
import { Button, IconButton, Tip } from "@/kit/Button";
import { capsOf } from "@/kit/keys/shortcuts";
import { useSheet } from "@/kit/use-narrow";
import css from "@/pages/editor/Editor.module.css";
import { HandoverButtons } from "@/pages/editor/HandoverButtons";
import { SaveStatus } from "@/pages/editor/SaveStatus";
import { startCopy } from "@/panels/copy";
import { openDialog, togglePanel, useWorkbench } from "@/panels/workbench";
import { redoPoster, undoPoster, usePoster } from "@/tools/poster/store";

export function TopBar({ project }: { project: Project }): ReactNode {
  const { t } = useTranslation();
  const handover = useHandover();
  const postered = useWorkbench((s) => s.panel === "poster");
  const sheet = useSheet();
  return (
    <header className={css.bar}>
      <div className={css.left}>
        {!handover && (
          <Tip label={t("bar.home")} repeats>
            <Link href="/" className={css.home} aria-label={t("bar.home")}>
              <House size={18} aria-hidden="true" />
            </Link>
          </Tip>
        )}
        <NameField project={project} />
        <SaveStatus />
      </div>
      <div className={css.middle}>
        {postered ? (
          <PosterSteps />
        ) : (
          <>
            <HistoryButtons />
            {!sheet && (
              <>
                <span className={css.rule} />
                <CompareButtons />
              </>
            )}
          </>
        )}
      </div>
      <div className={css.right}>
        {!postered && (
          <span className={css.wideOnly}>
            <IconButton label={t("bar.copy")} keys={capsOf("copy")} onClick={startCopy}>
              <Copy size={17} aria-hidden="true" />
            </IconButton>
          </span>
        )}
        {!postered && !handover && (
          <IconButton label={t("share.title")} onClick={() => openDialog("share")}>
            <Share2 size={17} aria-hidden="true" />
          </IconButton>
        )}
        {handover && !postered ? <HandoverButtons handover={handover} /> : <DownloadButton />}
      </div>
    </header>
  );
}

function DownloadButton(): ReactNode {
  const { t } = useTranslation();
  return (
    <Button
      look="strong"
      className={css.download}
      aria-label={t("bar.download")}
      onClick={() => openDialog("download")}
    >
      <Download size={16} aria-hidden="true" />
      <span className={css.downloadText}>{t("bar.download")}</span>
    </Button>
  );
}

function HistoryButtons(): ReactNode {
  const { t } = useTranslation();
  const undoable = useDocument((s) => s.draft !== null || undoing(s.history, s.asked) !== null);
  const redoable = useDocument((s) => redoing(s.history, s.asked) !== null);
  const panel = useWorkbench((s) => s.panel);
  return (
    <div className={css.cluster}>
      <StepButtons undoable={undoable} redoable={redoable} undo={undo} redo={redo} />
      <span className={css.wideOnly}>
        <IconButton
          label={t("bar.history")}
          keys={capsOf("history")}
          pressed={panel === "history"}
          onClick={() => togglePanel("history")}
        >
          <History size={17} aria-hidden="true" />
        </IconButton>
      </span>
    </div>
  );
}

/** A poster has steps of its own, beside those of the retouch. */
function PosterSteps(): ReactNode {
  const undoable = usePoster((s) => s.past.length > 0);
  const redoable = usePoster((s) => s.future.length > 0);
  return (
    <div className={css.cluster}>
      <StepButtons undoable={undoable} redoable={redoable} undo={undoPoster} redo={redoPoster} />
    </div>
  );
}

type StepsProps = { undoable: boolean; redoable: boolean; undo: () => void; redo: () => void };

function StepButtons({ undoable, redoable, undo, redo }: StepsProps): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <IconButton label={t("bar.undo")} keys={capsOf("undo")} disabled={!undoable} onClick={undo}>
        <Undo2 size={18} aria-hidden="true" />
      </IconButton>
      <IconButton label={t("bar.redo")} keys={capsOf("redo")} disabled={!redoable} onClick={redo}>
        <Redo2 size={18} aria-hidden="true" />
      </IconButton>
    </>
  );
}

function NameField({ project }: { project: Project }): ReactNode {
  const { t } = useTranslation();
  const rename = useRename(project.id);
  const [typed, setTyped] = useState<string | null>(null);
  const take = () => {
    const name = typed?.trim();
    if (name && name !== project.name) rename.mutate(name);
    setTyped(null);
  };
  return (
    <input
      className={css.name}
      aria-label={t("bar.name")}
      maxLength={255}
      spellCheck={false}
      value={typed ?? (rename.isPending ? rename.variables : project.name)}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setTyped(null);
      }}
    />
  );
}
