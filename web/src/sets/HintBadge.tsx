import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Suggestion } from "@/api/types";
import { classes } from "@/kit/Button";
import { hintText, sorted } from "@/sets/hints";
import css from "@/sets/Photos.module.css";

type Props = { hints: readonly Suggestion[]; nameOf: (project: string) => string };

/** Why somebody might look at a photo; whoever does not see it hears it with the photo's name. */
export function HintBadge({ hints, nameOf }: Props): ReactNode {
  const { t } = useTranslation();
  const [first, ...more] = sorted(hints);
  if (!first) return null;
  // Drawn by the style sheet: what a photo is called stays what is written on it.
  return (
    <span className={classes(css.hint, first.kind === "best" && css.good)} data-hint="" aria-hidden="true">
      <span data-text={hintText(t, first, nameOf)} />
      {more.length > 0 && <b data-text={`+${more.length}`} />}
    </span>
  );
}

/** Whether a click hit the badge. */
export function onHint(target: EventTarget): boolean {
  return target instanceof Element && target.closest("[data-hint]") !== null;
}
