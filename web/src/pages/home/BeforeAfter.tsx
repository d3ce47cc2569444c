import { type CSSProperties, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import css from "@/pages/home/BeforeAfter.module.css";
import after from "@/pages/home/sample-after.webp";
import before from "@/pages/home/sample-before.webp";

/** The same portrait twice: the divider passes over it once by itself, then it is for the hand. */
export function BeforeAfter(): ReactNode {
  const { t } = useTranslation();
  const [percent, setPercent] = useState<number | null>(null);
  const [dragged, setDragged] = useState(false);
  const follow = (event: React.PointerEvent<HTMLElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    setPercent(Math.round(Math.min(100, Math.max(0, (100 * (event.clientX - box.left)) / box.width))));
  };
  return (
    <figure className={css.figure}>
      <div
        className={css.pair}
        data-moving={percent === null}
        style={percent === null ? undefined : ({ "--at": `${percent}%` } as CSSProperties)}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setDragged(true);
          follow(event);
        }}
        onPointerMove={(event) => {
          if (dragged) follow(event);
        }}
        onPointerUp={() => setDragged(false)}
        onPointerCancel={() => setDragged(false)}
        onAnimationEnd={() => setPercent(50)}
      >
        <img src={after} width={600} height={600} alt="" draggable={false} />
        <img className={css.before} src={before} width={600} height={600} alt="" draggable={false} />
        <span className={css.line} />
        <span className={css.word}>{t("desk.before")}</span>
        <span className={css.word}>{t("desk.after")}</span>
        <input
          className={css.range}
          type="range"
          min={0}
          max={100}
          value={percent ?? 50}
          aria-label={t("desk.divider")}
          onChange={(event) => setPercent(Number(event.currentTarget.value))}
        />
      </div>
      <figcaption className={css.credit}>{t("desk.credit")}</figcaption>
    </figure>
  );
}
