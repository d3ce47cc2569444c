import { useEffect } from "react";
import { dropDraft, useDocument } from "@/document/store";
import { cancel, done, useCrop } from "@/tools/crop/crop-store";

/** What has a use of its own for Enter or Escape. */
const TAKEN = "[role=dialog],[role=alertdialog],[role=menu],[role=listbox],input[type=text]";
const PRESSED = "button,a,select,summary";

/** Enter keeps the crop, Escape goes back: first from what is being done, then from the crop. */
export function useCropKeys(): void {
  useEffect(() => {
    /** Whether what has the focus was clicked: nobody means to press it once more by Enter. */
    let clicked = false;
    const pointed = () => {
      clicked = true;
    };
    const down = (event: KeyboardEvent) => {
      const target = event.target instanceof Element ? event.target : null;
      if (event.defaultPrevented || target?.closest(TAKEN)) return;
      if (event.key === "Enter" && (clicked || !isPressed(target))) done();
      else if (event.key === "Escape") stepBack();
      else {
        clicked &&= event.key !== "Tab";
        return;
      }
      event.preventDefault();
    };
    // Before the editor's own keys, for which Escape means everyone.
    const off = new AbortController();
    const options = { capture: true, signal: off.signal };
    window.addEventListener("keydown", down, options);
    window.addEventListener("pointerdown", pointed, options);
    return () => off.abort();
  }, []);
}

/** Whether Enter presses what has the focus; on the cut there is nothing to press. */
function isPressed(target: Element | null): boolean {
  return target?.closest(PRESSED) != null && target.closest("[data-cut]") === null;
}

function stepBack(): void {
  const { line, doing } = useCrop.getState();
  const draft = useDocument.getState().draft !== null;
  useCrop.setState({ line: false, drawn: null, doing: null });
  if (draft) dropDraft();
  else if (!line && doing === null) cancel();
}
