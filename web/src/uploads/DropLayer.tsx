import { ImageDown } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useLocation } from "wouter";
import { clockTime } from "@/kit/i18n/format";
import { notify } from "@/kit/notices";
import { dropped, named } from "@/uploads/dropped";
import { ACCEPT, FILE_INPUT_ID, addFiles, useUploads } from "@/uploads/uploads";
import css from "@/uploads/Uploads.module.css";

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}

/** Photos can be dropped or pasted anywhere on the page. */
export function DropLayer(): ReactNode {
  const { t, i18n } = useTranslation();
  const [, go] = useLocation();
  const dragging = useUploads((s) => s.dragging);

  useEffect(() => {
    const open = (project: string) => go(`/edit/${project}`);
    const over = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      // Whoever takes files where they are now says so first.
      const taken = event.defaultPrevented;
      event.preventDefault();
      useUploads.setState({ dragging: !taken });
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) useUploads.setState({ dragging: false });
    };
    const drop = (event: DragEvent) => {
      useUploads.setState({ dragging: false });
      if (!event.dataTransfer || event.defaultPrevented || !carriesFiles(event)) return;
      event.preventDefault();
      void dropped(event.dataTransfer).then(
        ({ files, folders, name }) => {
          if (files.length > 0) addFiles(files, open, name);
          else notify({ kind: "bad", text: t("upload.noPhotos", { count: folders }) });
        },
        () => notify({ kind: "bad", text: t("upload.notRead") }),
      );
    };
    const paste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      if (files.length === 0 || event.defaultPrevented) return;
      event.preventDefault();
      const name = t("upload.pasted", { time: clockTime(Date.now(), null, i18n.language) });
      addFiles(files.map((file) => named(file, name)), open);
    };
    const off = new AbortController();
    const options = { signal: off.signal };
    window.addEventListener("dragover", over, options);
    window.addEventListener("dragleave", leave, options);
    window.addEventListener("drop", drop, options);
    window.addEventListener("paste", paste, options);
    return () => off.abort();
  }, [go, t, i18n]);

  return (
    <>
      <input
        id={FILE_INPUT_ID}
        hidden
        type="file"
        multiple
        accept={ACCEPT}
        aria-label={t("upload.choose")}
        onChange={(event) => {
          addFiles([...(event.currentTarget.files ?? [])], (project) => go(`/edit/${project}`));
          event.currentTarget.value = "";
        }}
      />
      {dragging && (
        <div className={css.drop} aria-hidden="true">
          <ImageDown size={32} strokeWidth={1.5} />
          {t("upload.drop")}
        </div>
      )}
    </>
  );
}
