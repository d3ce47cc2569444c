import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useSetPhotos } from "@/api/sets";
import { useHints } from "@/api/suggestions";
import type { SetPhoto } from "@/api/types";
import { Radios } from "@/kit/Form";
import { useSelection } from "@/sets/selection";
import type { Target } from "@/sets/set-dialogs";
import { ALL, isFiltered, seen, showingOf, useShowing } from "@/sets/showing";

/** The photos that each target means, without `but`; in the order in which they are seen. */
export function useTargets(set: string, but: string | null = null): Record<Target, string[]> {
  const { data: photos = [] } = useSetPhotos(set);
  const chosen = useSelection((s) => s.chosen);
  const showing = useShowing((s) => showingOf(s, set));
  const hints = useHints(set);
  const named = (some: SetPhoto[]) => some.map(({ project }) => project).filter((project) => project !== but);
  const sorted = seen(photos, { ...ALL, sort: showing.sort }, hints);
  return {
    all: named(sorted),
    chosen: named(sorted.filter(({ project }) => chosen.has(project))),
    picked: named(sorted.filter(({ flag }) => flag === 1)),
    seen: isFiltered(showing) ? named(seen(photos, showing, hints)) : [],
  };
}

type Props = {
  targets: Record<Target, string[]>;
  value: Target;
  onChange: (target: Target) => void;
};

/** Which photos: only groups that somebody is in are offered. */
export function TargetRadios({ targets, value, onChange }: Props): ReactNode {
  const { t } = useTranslation();
  const offered = (["all", "chosen", "picked", "seen"] as const).filter(
    (target) => target === "all" || target === value || targets[target].length > 0,
  );
  return (
    <Radios
      label={t("sets.which")}
      value={value}
      options={offered.map((target) => ({
        value: target,
        text: t(`sets.target_${target}`, { count: targets[target].length }),
      }))}
      onChange={onChange}
    />
  );
}
