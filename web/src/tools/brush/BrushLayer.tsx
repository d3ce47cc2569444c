import { type CSSProperties, type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue } from "@/api/catalogue";
import { useCatalogue } from "@/api/queries";
import { type Hand, type LayerProps, type Paint, takeHand } from "@/canvas/tool";
import { useView } from "@/canvas/view-store";
import { changesPixels } from "@/document/masks";
import { stepOf } from "@/document/recipe";
import { shownRecipe, useDocument } from "@/document/store";
import { announce } from "@/kit/announce";
import { isTinted, resize, useBrush } from "@/tools/brush/brush-store";
import css from "@/tools/brush/Brush.module.css";
import { Tint, paintLine } from "@/tools/brush/overlay";
import { Painter } from "@/tools/brush/painter";

/** The brush in the hand: it paints, tints what is painted, and shows where it stands. */
export function BrushLayer({ repaint }: LayerProps): ReactNode {
  const { t } = useTranslation();
  const { data: catalogue } = useCatalogue();
  useEffect(() => {
    if (!catalogue) return;
    const painter = new Painter(catalogue, () => announce(t("brush.painted")));
    const putBack = takeHand(handOf(painter, catalogue));
    return () => {
      painter.cancel();
      putBack();
    };
  }, [catalogue, t]);
  useEffect(() => {
    const stops = [
      // The brush itself is an element of its own: moving it draws nothing.
      useBrush.subscribe((now, before) => {
        if (now.cursor === before.cursor) repaint();
      }),
      useDocument.subscribe(repaint),
      useView.subscribe((now, before) => {
        if (now.busy !== before.busy) repaint();
      }),
    ];
    return () => {
      for (const stop of stops) stop();
    };
  }, [repaint]);
  return <Cursor />;
}

function handOf(painter: Painter, catalogue: Catalogue): Hand {
  return {
    name: "brush",
    cursor: () => "none",
    paint: tinted(catalogue),
    hover: (at) => painter.hover(at),
    drag: painter,
    resize,
    key: (key, shift) => painter.key(key, shift),
  };
}

function tinted(catalogue: Catalogue): Paint {
  const tint = new Tint();
  return (context, state, pane) => {
    const brush = useBrush.getState();
    const { target, pointed } = brush;
    const document = useDocument.getState();
    const tool = catalogue.tools.find((each) => each.op === target);
    const mask = tool && stepOf(shownRecipe(document), tool, document)?.mask;
    if (!mask || state.holding) return;
    // until the pixels have come, the tint stands for them
    const painting = document.draft !== null || state.busy;
    if (isTinted(brush, changesPixels(tool), painting)) tint.paint(context, state, pane, mask, document.faces);
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
