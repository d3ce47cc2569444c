import { Slider } from "@base-ui/react/slider";
import { type CSSProperties, type KeyboardEvent, type ReactNode, useEffect, useRef } from "react";
import css from "@/kit/Slider.module.css";
import { slideByTouch } from "@/kit/touch-slide";

/** How a value came to be: whole drags are steps; presses and keys merge with their neighbours. */
export type Way = "drag" | "press" | "keys";

export type TrackProps = {
  labelId: string;
  valueText: string;
  value: number;
  min: number;
  max: number;
  step: number;
  /** Where the fill starts. */
  origin: number;
  /** Values marked on the track. */
  natural?: number | undefined;
  cap?: number | undefined;
  floor?: number | undefined;
  disabled?: boolean;
  onPreview: (value: number) => void;
  onCommit: (value: number, way: Way) => void;
  onReset?: () => void;
};

function wayOf(reason: string): Way {
  if (reason === "drag") return "drag";
  return reason === "keyboard" ? "keys" : "press";
}

/** A real range input with our own fill: it starts at the resting value, not at the left end. */
export function Track(props: TrackProps): ReactNode {
  const { value, min, max, origin, natural, cap, floor } = props;
  const share = (at: number) => `${(((at - min) / (max - min)) * 100).toFixed(3)}%`;
  const marks: CSSProperties = {
    "--from": share(Math.min(value, origin)),
    "--to": share(Math.max(value, origin)),
    "--origin": share(origin),
  } as CSSProperties;
  // A press that becomes a drag is a drag to its end.
  const dragged = useRef(false);

  const root = useTouch(props);

  const resets = (event: KeyboardEvent) => {
    if (event.key !== "Delete" && event.key !== "Backspace") return;
    event.preventDefault();
    props.onReset?.();
  };

  return (
    <Slider.Root
      ref={root}
      className={css.root}
      value={value}
      min={min}
      max={max}
      step={props.step}
      largeStep={Math.max(props.step, (max - min) / (min < 0 ? 20 : 10))}
      disabled={props.disabled ?? false}
      onValueChange={(next, details) => {
        dragged.current = details.reason === "drag" || (dragged.current && details.reason !== "track-press");
        props.onPreview(next);
      }}
      onValueCommitted={(next, details) => {
        const way = dragged.current ? "drag" : wayOf(details.reason);
        dragged.current = false;
        props.onCommit(next, way);
      }}
    >
      <Slider.Control className={css.control} data-slider="" style={marks}>
        <Slider.Track className={css.track}>
          <span className={css.fill} />
          {floor !== undefined && floor > min && (
            <span className={css.beyond} style={{ left: 0, width: share(floor) }} />
          )}
          {cap !== undefined && cap < max && (
            <span className={css.beyond} style={{ left: share(cap), right: 0 }} />
          )}
          {origin !== min && origin !== max && <span className={css.rest} />}
          {natural !== undefined && natural !== origin && (
            <span className={css.natural} style={{ left: share(natural) }} />
          )}
          <Slider.Thumb
            className={css.thumb}
            aria-labelledby={props.labelId}
            getAriaValueText={() => props.valueText}
            onKeyDown={resets}
          />
        </Slider.Track>
      </Slider.Control>
    </Slider.Root>
  );
}

/** Fingers slide by a rule of their own. */
function useTouch(props: TrackProps) {
  const root = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const track = () => element.querySelector<HTMLElement>("[data-slider]");
    return slideByTouch(element, track, () => {
      const { value, min, max, step, disabled = false, onPreview, onCommit } = latest.current;
      return { value, min, max, step, disabled, preview: onPreview, commit: (next) => onCommit(next, "drag") };
    });
  }, []);
  return root;
}
