import { type CSSProperties, type ReactNode, type RefObject, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useCatalogue } from "@/api/queries";
import css from "@/brush/Brush.module.css";
import { useBrush } from "@/brush/brush-store";
import { Tint, paintLine } from "@/brush/overlay";
import { Painter } from "@/brush/painter";
import { takeBrush } from "@/brush/port";
import type { Catalogue } from "@/catalogue/catalogue";
import { shownRecipe, useDocument } from "@/document/store";
import { stepOf } from "@/recipe/recipe";
import { announce } from "@/ui/announce";
import type { ViewerSession } from "@/viewer/session";
import type { Overlay } from "@/viewer/stage";
import { useView } from "@/viewer/view-store";

/** The brush in the hand: it paints, tints what is painted, and shows where it stands. */
export function BrushLayer({ viewer }: { viewer: RefObject<ViewerSession | null> }): ReactNode {
  const { t } = useTranslation();
  const { data: catalogue } = useCatalogue();
  useEffect(() => {
    if (!catalogue) return;
    const painter = new Painter(catalogue, () => announce(t("brush.painted")));
    const putBack = takeBrush(painter);
    useBrush.setState({ inHand: true });
    return () => {
      useBrush.setState({ inHand: false });
      painter.cancel();
      putBack();
    };
  }, [catalogue, t]);
  useEffect(() => {
    const board = viewer.current?.stage;
    if (!catalogue || !board) return;
    board.setOverlay(overlayOf(catalogue));
    const again = () => board.invalidate();
    const stops = [
      // The brush itself is an element of its own: moving it draws nothing.
      useBrush.subscribe((now, before) => {
        if (now.cursor === before.cursor) again();
      }),
      useDocument.subscribe(again),
    ];
    return () => {
      for (const stop of stops) stop();
      board.setOverlay(null);
    };
  }, [catalogue, viewer]);
  return <Cursor />;
}

function overlayOf(catalogue: Catalogue): Overlay {
  const tint = new Tint();
  return (context, state, pane) => {
    const { target, overlay, pointed } = useBrush.getState();
    const document = useDocument.getState();
    const tool = catalogue.tools.find((each) => each.op === target);
    const mask = tool && stepOf(shownRecipe(document), tool, document)?.mask;
    if (!mask || state.holding) return;
    if (overlay) tint.paint(context, state, pane, mask, document.faces);
    const stroke = pointed === null ? undefined : mask.strokes[pointed];
    if (stroke) paintLine(context, state, pane, stroke, document.faces);
  };
}

/** Below this many pixels a ring cannot be seen: a cross stands for it. */
const SMALL = 7;

function Cursor(): ReactNode {
  const cursor = useBrush((s) => s.cursor);
  const size = useBrush((s) => s.size);
  const feather = useBrush((s) => s.feather);
  const mode = useBrush((s) => s.mode);
  const holding = useView((s) => s.holding);
  if (!cursor || holding) return null;
  const place = {
    "--x": `${cursor.x}px`,
    "--y": `${cursor.y}px`,
    "--size": `${size}px`,
    "--core": `${Math.max(0, size * (1 - feather))}px`,
  } as CSSProperties;
  return (
    <div className={css.cursor} style={place} data-mode={mode} aria-hidden="true">
      {size >= SMALL && <span className={css.ring} />}
      {size >= SMALL * 2 && feather > 0.05 && feather < 0.95 && <span className={css.core} />}
      <span className={css.cross} />
    </div>
  );
}
