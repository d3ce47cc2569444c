import { TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { type Light, median } from "@/canvas/light";
import { useLight } from "@/canvas/light-meter";
import { toggleClipping, useView } from "@/canvas/view-store";
import { IconButton, Tip, classes } from "@/kit/Button";
import css from "@/panels/Histogram.module.css";

/** Shares below this are a few specks. */
const SPECKS = 0.0005;
const HEIGHT = 64;
const BINS = 256;
const COLORS = { red: "rgb(240 60 60 / 0.75)", green: "rgb(50 190 80 / 0.75)", blue: "rgb(70 120 255 / 0.75)" };

/** How light is spread over the picture that is seen, and how much of it is clipped. */
export function Histogram(): ReactNode {
  const { t, i18n } = useTranslation();
  const canvas = useRef<HTMLCanvasElement>(null);
  const light = useLight((s) => s.light);
  const marked = useView((s) => s.clipping);
  useEffect(() => {
    useView.setState({ measured: true });
    return () => useView.setState({ measured: false });
  }, []);
  useEffect(() => {
    const context = canvas.current?.getContext("2d");
    if (context && light) paint(context, light);
  }, [light]);
  const percent = (share: number) =>
    new Intl.NumberFormat(i18n.language, { style: "percent", maximumFractionDigits: 1 }).format(share);
  const shares = { shadows: percent(light?.shadows ?? 0), highlights: percent(light?.highlights ?? 0) };
  const words = light ? t("light.describe", { median: percent(median(light.luma) / 255), ...shares }) : t("light.waiting");
  return (
    <section className={css.histogram} aria-label={t("light.title")}>
      <canvas ref={canvas} className={css.canvas} width={BINS} height={HEIGHT} role="img" aria-label={words} />
      <div className={css.line}>
        <Clipped kind="shadows" share={light?.shadows ?? 0} text={shares.shadows} />
        <Clipped kind="highlights" share={light?.highlights ?? 0} text={shares.highlights} />
        <IconButton label={t("light.mark")} keys={["J"]} pressed={marked} className={css.mark} onClick={toggleClipping}>
          <TriangleAlert size={15} aria-hidden="true" />
        </IconButton>
      </div>
    </section>
  );
}

type ClippedProps = { kind: "shadows" | "highlights"; share: number; text: string };

/** One warning: what is clipped, in the color that marks it on the photo. */
function Clipped({ kind, share, text }: ClippedProps): ReactNode {
  const { t } = useTranslation();
  const warns = share >= SPECKS;
  return (
    <Tip label={t(`light.${kind}Help`)}>
      <span className={classes(css.clipped, warns && css.warns)} data-clipped={kind} data-warns={warns}>
        {t(`light.${kind}`, { share: text })}
      </span>
    </Tip>
  );
}

function paint(context: CanvasRenderingContext2D, light: Light): void {
  const top = peak(light);
  context.clearRect(0, 0, BINS, HEIGHT);
  context.globalCompositeOperation = "lighter";
  for (const [name, color] of Object.entries(COLORS)) {
    context.fillStyle = color;
    trace(context, light[name as keyof typeof COLORS], top);
    context.lineTo(BINS, HEIGHT);
    context.lineTo(0, HEIGHT);
    context.fill();
  }
  context.globalCompositeOperation = "source-over";
  context.strokeStyle = "#f0f0f0";
  trace(context, light.luma, top);
  context.stroke();
}

/** The count that reaches the upper rim: single spikes, as of a plain backdrop, may stand out over it. */
function peak({ red, green, blue, luma }: Light): number {
  const within = [red, green, blue, luma].flatMap((counts) => [...counts.subarray(1, BINS - 1)]);
  const mean = within.reduce((a, b) => a + b, 0) / within.length;
  return Math.max(1, Math.min(Math.max(...within), 5 * mean));
}

function trace(context: CanvasRenderingContext2D, counts: Uint32Array, top: number): void {
  context.beginPath();
  counts.forEach((count, value) => context.lineTo(value + 0.5, HEIGHT * (1 - Math.min(1, count / top))));
}
