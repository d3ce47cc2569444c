import { LoaderCircle, Share } from "lucide-react";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { saidOf } from "@/api/client";
import { exportFile } from "@/api/queries";
import type { ExportSettings, Project } from "@/api/types";
import { Button } from "@/kit/Button";
import dialog from "@/kit/Dialogs.module.css";
import { notify } from "@/kit/notices";
import { shareFile, sharesFiles } from "@/panels/publish/web-share";

type Props = { project: Project; settings: ExportSettings; name: string; possible: boolean };

/** Hands the file to other programs of the device, where it can. */
export function ShareFile({ project, settings, name, possible }: Props): ReactNode {
  const { t } = useTranslation();
  const [making, setMaking] = useState(false);
  const [ready, setReady] = useState<File | null>(null);
  const abort = useRef<AbortController | null>(null);
  const key = JSON.stringify(settings);
  useEffect(() => {
    setReady(null);
    return () => abort.current?.abort();
  }, [key]);
  if (!sharesFiles()) return null;
  const give = async (file: File) => {
    const became = await shareFile(file);
    setReady(became === "again" ? file : null);
    if (became === "refused") notify({ kind: "bad", text: t("publish.notShared") });
  };
  const make = async () => {
    abort.current = new AbortController();
    setMaking(true);
    try {
      const { blob } = await exportFile(project.id, settings, abort.current.signal);
      await give(new File([blob], name, { type: blob.type }));
    } catch (error) {
      if (!abort.current.signal.aborted) notify({ kind: "bad", text: saidOf(error, t("download.failed")) });
    } finally {
      setMaking(false);
    }
  };
  return (
    <Button disabled={!possible || making} onClick={() => void (ready ? give(ready) : make())}>
      {making ? (
        <LoaderCircle size={15} className={dialog.turning} aria-hidden="true" />
      ) : (
        <Share size={15} aria-hidden="true" />
      )}
      {t(ready ? "publish.shareNow" : "share.open")}
    </Button>
  );
}
