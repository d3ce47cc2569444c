import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue, CurveControl, Tool } from "@/api/catalogue";
import type { Point } from "@/api/types";
import { opText } from "@/document/names";
import { valueOf } from "@/document/recipe";
import { shownRecipe, useDocument } from "@/document/store";
import { changer } from "@/panels/ControlRow";
import { curveAt, withNewPoint, withPoint, withoutPoint } from "@/panels/curve";
import css from "@/panels/Curve.module.css";

type CurveRowProps = { catalogue: Catalogue; tool: Tool; control: CurveControl };
/** A press this near a point (shares of the side) takes it. */
const NEAR = 0.06;
const STEPS = 64;
const KEYS: Record<string, Point> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
};

/** A tone curve: press to add a point, drag to move it, Delete to remove it. */
export function CurveRow({ catalogue, tool, control }: CurveRowProps): ReactNode {
  const { t } = useTranslation();
  const held = useRef<{ number: number; points: Point[] } | null>(null);
  const points = useDocument((s) => valueOf(shownRecipe(s), tool, control, s)) as Point[];
  const change = changer(catalogue, tool, control.field);

  const grasp = (event: PointerEvent<SVGSVGElement>) => {
    const place = placeOf(event);
    const near = points.findIndex(([x, y]) => Math.hypot(x - place[0], y - place[1]) < NEAR);
    held.current = near >= 0 ? { number: near, points } : withNewPoint(points, place);
    if (!held.current) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    if (near < 0) change.preview(held.current.points);
  };
  const move = (event: PointerEvent<SVGSVGElement>) => {
    if (!held.current) return;
    held.current.points = withPoint(held.current.points, held.current.number, placeOf(event));
    change.preview(held.current.points);
  };
  const release = () => {
    if (held.current) change.commit(held.current.points, "drag");
    held.current = null;
  };
  const press = (event: KeyboardEvent, number: number) => {
    const way = KEYS[event.key];
    const [x, y] = points[number] ?? [0, 0];
    const step = event.shiftKey ? 0.1 : 0.01;
    if (way) change.commit(withPoint(points, number, [x + step * way[0], y + step * way[1]]), "press");
    else if (event.key === "Delete" || event.key === "Backspace") change.commit(withoutPoint(points, number), "press");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  return (
    <div className={css.row} data-control={`${tool.op}.${control.field}`}>
      <svg
        className={css.frame}
        viewBox="-4 -4 108 108"
        role="group"
        aria-label={opText(t, catalogue, tool.op, control.field)}
        onPointerDown={grasp}
        onPointerMove={move}
        onPointerUp={release}
        onPointerCancel={release}
      >
        <path className={css.grid} d="M0 0H100V100H0ZM25 0V100M50 0V100M75 0V100M0 25H100M0 50H100M0 75H100M0 100L100 0" />
        <path className={css.line} d={lineOf(points)} />
        {points.map(([x, y], number) => (
          <circle
            key={number}
            className={css.point}
            cx={100 * x}
            cy={100 * (1 - y)}
            r={3}
            tabIndex={0}
            role="slider"
            aria-label={t("control.curvePoint", { number: number + 1, from: percent(x), to: percent(y) })}
            aria-valuenow={percent(y)}
            aria-valuemin={0}
            aria-valuemax={100}
            onKeyDown={(event) => press(event, number)}
          />
        ))}
      </svg>
      <p className={css.help}>{t("control.curve")}</p>
    </div>
  );
}

function percent(share: number): number {
  return Math.round(100 * share);
}

/** Where a pointer is, as tone before and after. */
function placeOf(event: PointerEvent<SVGSVGElement>): Point {
  const box = event.currentTarget.getBoundingClientRect();
  const border = (4 / 108) * box.width;
  const side = box.width - 2 * border;
  return [(event.clientX - box.left - border) / side, 1 - (event.clientY - box.top - border) / side];
}

function lineOf(points: Point[]): string {
  const at = Array.from({ length: STEPS + 1 }, (_, k) => k / STEPS);
  return `M${at.map((x) => `${(100 * x).toFixed(2)} ${(100 * (1 - curveAt(points, x))).toFixed(2)}`).join("L")}`;
}
