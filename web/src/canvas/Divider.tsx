import type { CSSProperties, ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useView } from "@/canvas/view-store";
import css from "@/canvas/Viewer.module.css";

/** The divider of the split view: a real range input, for keys, touch and screen readers. */
export function Divider(): ReactNode {
  const { t } = useTranslation();
  const compare = useView((state) => state.compare);
  const split = useView((state) => state.split);
  if (compare !== "split") return null;
  const percent = Math.round(split * 100);
  // A double click goes on to the next of left, middle and right.
  const next = () => useView.setState({ split: split < 0.25 ? 0.5 : split < 0.75 ? 1 : 0 });
  return (
    <div className={css.divider} style={{ "--split": `${percent}%` } as CSSProperties}>
      <span className={css.line} />
      <span className={css.grip} data-own-pointer="" onPointerDown={follow} onDoubleClick={next} />
      <input
        className={css.range}
        type="range"
        min={0}
        max={100}
        value={percent}
        aria-label={t("compare.divider")}
        aria-valuetext={t("compare.dividerAt", { percent })}
        onChange={(event) => useView.setState({ split: Number(event.currentTarget.value) / 100 })}
      />
    </div>
  );
}

function follow(event: React.PointerEvent<HTMLElement>): void {
  const grip = event.currentTarget;
  const box = grip.parentElement?.getBoundingClientRect();
  if (!box) return;
  grip.setPointerCapture(event.pointerId);
  const off = new AbortController();
  const move = (moved: PointerEvent) => {
    const share = (moved.clientX - box.left) / box.width;
    useView.setState({ split: Math.min(1, Math.max(0, share)) });
  };
  grip.addEventListener("pointermove", move, { signal: off.signal });
  for (const end of ["pointerup", "pointercancel", "lostpointercapture"]) {
    grip.addEventListener(end, () => off.abort(), { signal: off.signal });
  }
}
