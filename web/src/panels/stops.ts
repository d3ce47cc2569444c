/** Where a slider stops, and what is said when somebody wants to go further. */

import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { SliderControl } from "@/api/catalogue";
import { announce } from "@/kit/announce";
import { shown } from "@/kit/NumberField";

/** How long the sentence stands after the last touch of the stop. */
const STAND_MS = 4000;

export type Limit = { at: number; lock: boolean };

type Ends = Pick<SliderControl, "min" | "max" | "cap" | "floor">;

/** The end that a wanted value lies beyond, or null: the lock's own, or the slider's. */
export function limitOf(control: Ends, wanted: number, locked: boolean): Limit | null {
  const least = locked ? Math.max(control.min, control.floor) : control.min;
  const most = locked ? Math.min(control.max, control.cap) : control.max;
  if (wanted > most) return { at: most, lock: most < control.max };
  if (wanted < least) return { at: least, lock: least > control.min };
  return null;
}

export type Said = { text: string; lock: boolean };

/** The sentence about the stop that was last touched, and what it is told of wanted values by. */
export function useStops(control: SliderControl, name: string, locked: boolean): [Said | null, (wanted: number) => void] {
  const { t } = useTranslation();
  const [limit, setLimit] = useState<Limit | null>(null);
  const text = limit && t(limit.lock ? "control.lockStops" : limit.at === control.max ? "control.most" : "control.least", { name, value: shown(limit.at) });
  useEffect(() => {
    if (!limit) return;
    if (text) announce(text);
    const timer = setTimeout(() => setLimit(null), STAND_MS);
    return () => clearTimeout(timer);
  }, [limit, text]);
  const tell = (wanted: number) => {
    const next = limitOf(control, wanted, locked);
    // What stands there goes by itself, so that it can be read when the value has been taken.
    if (next && (next.at !== limit?.at || next.lock !== limit.lock)) setLimit(next);
  };
  return [limit && text ? { text, lock: limit.lock } : null, tell];
}
