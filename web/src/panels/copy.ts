/** Copying the finished picture: started inside the click, as browsers demand. */

import { create } from "zustand";
import { exportFile } from "@/api/queries";
import { useDocument } from "@/document/store";
import { openDialog } from "@/panels/workbench";

export type CopyState =
  | { kind: "working" }
  | { kind: "copied" }
  | { kind: "failed" }
  /** The browser gave no clipboard: the picture is shown for copying by hand. */
  | { kind: "by-hand"; picture: Blob };

export const useCopy = create<{ state: CopyState }>(() => ({ state: { kind: "working" } }));

let running: AbortController | null = null;

/** Browsers give pages a clipboard only on secure addresses. */
function hasClipboard(): boolean {
  return window.isSecureContext && typeof ClipboardItem !== "undefined";
}

export function startCopy(): void {
  const { projectId } = useDocument.getState();
  if (projectId === null) return;
  running?.abort();
  const abort = new AbortController();
  running = abort;
  useCopy.setState({ state: { kind: "working" } });
  openDialog("copy");
  const png = exportFile(projectId, { format: "png" }, abort.signal).then((made) => made.blob);
  const copied = hasClipboard()
    ? navigator.clipboard.write([new ClipboardItem({ "image/png": png })])
    : Promise.reject(new Error("This page has no clipboard."));
  const end = (state: CopyState) => {
    if (!abort.signal.aborted) useCopy.setState({ state });
  };
  copied.then(
    () => end({ kind: "copied" }),
    () =>
      png.then(
        (picture) => end({ kind: "by-hand", picture }),
        () => end({ kind: "failed" }),
      ),
  );
}

export function stopCopy(): void {
  running?.abort();
  running = null;
  openDialog(null);
}
