import { type CSSProperties, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePosterOffer } from "@/api/posters";
import type { Poster, Project } from "@/api/types";
import { useDocument } from "@/document/store";
import { choose } from "@/tools/poster/chosen";
import { LayerStage } from "@/tools/poster/LayerStage";
import { type Board, boardOf } from "@/tools/poster/poster";
import css from "@/tools/poster/Stage.module.css";
import { clearSheet, nameOf, useSheet, wish } from "@/tools/poster/sheet";
import { sizeText } from "@/tools/poster/SizesForm";
import { openPoster, posterNow, sizeNow, usePoster } from "@/tools/poster/store";

/** Keystrokes so near to each other are one wish, in milliseconds. */
const PAUSE_MS = 120;
const MOST = 4096;
const LEAST = 64;

/** The sheet in the middle of the editor: what the file will show, at the screen's scale. */
export function PosterStage({ project }: { project: Project }): ReactNode {
  const { t } = useTranslation();
  const { data: offer } = usePosterOffer();
  useEffect(() => openPoster(project.id), [project.id]);
  useEffect(() => clearSheet, []);
  const poster = usePoster(posterNow);
  const size = usePoster(sizeNow);
  const board = offer && size ? boardOf(offer, size) : null;
  return (
    <section className={css.stage} aria-label={t("poster.stage")} data-poster-stage="">
      {poster && poster.sizes.length > 1 && <SizeTabs poster={poster} size={size} />}
      {poster && board ? (
        <Sheet project={project.id} poster={poster} size={size} board={board} />
      ) : (
        <p className={css.empty}>{t("poster.start")}</p>
      )}
      <Trouble />
    </section>
  );
}

function SizeTabs({ poster, size }: { poster: Poster; size: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className={css.tabs} role="group" aria-label={t("poster.shownSize")}>
      {poster.sizes.map((name) => (
        <button key={name} type="button" className={css.tab} aria-pressed={name === size} onClick={() => usePoster.setState({ size: name })}>
          {sizeText(t, name)}
        </button>
      ))}
    </div>
  );
}

type SheetProps = { project: string; poster: Poster; size: string; board: Board };

function Sheet({ project, poster, size, board }: SheetProps): ReactNode {
  const { t } = useTranslation();
  const box = useRef<HTMLDivElement>(null);
  const fit = useFit(box, board);
  const revision = useDocument((s) => (s.save.kind === "saved" ? s.save.revision : null));
  const longer = Math.min(MOST, Math.max(LEAST, Math.round(Math.max(fit.width, fit.height) * (window.devicePixelRatio || 1))));
  useEffect(() => {
    if (fit.width === 0) return;
    const timer = setTimeout(() => wish({ project, poster, size, longer }), PAUSE_MS);
    return () => clearTimeout(timer);
    // A saved retouch is another picture under the same poster.
  }, [project, poster, size, longer, revision, fit.width]);
  const { url, of, layout, busy } = useSheet();
  const current = of === nameOf({ project, size });
  const measures: CSSProperties = { width: fit.width, height: fit.height };
  return (
    <div ref={box} className={css.box} onPointerDown={(event) => event.target === event.currentTarget && choose([])}>
      <div className={css.sheet} style={measures} aria-busy={busy} data-sheet="">
        {url && current && <img className={css.picture} src={url} alt={t("poster.picture", { size: sizeText(t, size) })} draggable={false} data-poster-picture="" />}
        {layout && current && <LayerStage project={project} poster={poster} size={size} layout={layout} longer={longer} scale={fit.width / layout.width} />}
        {!(url && current) && <span className={css.waiting}>{t("poster.drawing")}</span>}
      </div>
      {busy && <div className={css.progress} aria-hidden="true" />}
    </div>
  );
}

/** The largest the sheet can be in its place, in CSS pixels. */
function useFit(box: React.RefObject<HTMLDivElement | null>, board: Board): { width: number; height: number } {
  const [room, setRoom] = useState({ width: 0, height: 0 });
  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => {
      const style = getComputedStyle(element);
      const width = element.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
      const height = element.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
      setRoom({ width: Math.max(0, width), height: Math.max(0, height) });
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [box]);
  const scale = Math.min(room.width / board.width, room.height / board.height);
  return { width: Math.round(board.width * scale), height: Math.round(board.height * scale) };
}

function Trouble(): ReactNode {
  const { t } = useTranslation();
  const trouble = useSheet((s) => s.trouble);
  if (trouble === undefined) return null;
  return (
    <p className={css.trouble} role="alert">
      {trouble ? `${trouble.message} ${trouble.remedy}` : t("home.unreachable")}
    </p>
  );
}
