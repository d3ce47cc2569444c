import { EyeOff, Flag, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Hints } from "@/api/suggestions";
import type { SetPhoto, Suggestion } from "@/api/types";
import { Tip } from "@/kit/Button";
import css from "@/pages/set/SetPage.module.css";
import { accept, asked, hintText, ignoreHints, nameIn, sorted } from "@/sets/hints";
import photo from "@/sets/Photos.module.css";
import { PhotoThumb } from "@/sets/PhotoThumb";
import { goTo } from "@/sets/selection";
import sets from "@/sets/Sets.module.css";

const THUMB = 160;

type Props = {
  set: string;
  /** The chosen photos. */
  chosen: readonly SetPhoto[];
  /** All that are seen. */
  photos: readonly SetPhoto[];
  hints: Hints | null;
  /** Whoever only looks sees the reasons. */
  looking: boolean;
};

/** What is suggested of the chosen photos, to be done or waved aside. */
export function HintActions({ set, chosen, photos, hints, looking }: Props): ReactNode {
  const { t } = useTranslation();
  const of = (project: string) => hints?.get(project) ?? [];
  const { reject, pick, kinds } = asked(chosen, of);
  const [only] = chosen;
  if (kinds.length === 0 || !only) return null;
  const own = chosen.length === 1 ? sorted(of(only.project)) : [];
  const words = own.length > 0 ? own.map((hint) => hintText(t, hint, nameIn(set))) : kinds.map((kind) => t(`suggest.kind_${kind}`));
  return (
    <div className={css.hints} role="group" aria-label={t("suggest.suggested")}>
      <Other own={own} photos={photos} />
      <span className={css.reasons}>{words.join(" · ")}</span>
      {!looking && reject.length > 0 && (
        <button type="button" className={sets.trigger} onClick={() => accept(set, reject, -1)}>
          <X size={15} strokeWidth={2.5} aria-hidden="true" />
          {t("suggest.reject", { count: reject.length })}
        </button>
      )}
      {!looking && pick.length > 0 && (
        <button type="button" className={sets.trigger} onClick={() => accept(set, pick, 1)}>
          <Flag size={14} aria-hidden="true" />
          {t("suggest.pick", { count: pick.length })}
        </button>
      )}
      {!looking && (
        <Tip label={t("suggest.ignoreHelp")} keys={["I"]}>
          <button type="button" className={sets.trigger} onClick={() => void ignoreHints(set, chosen.map(({ project }) => project))}>
            <EyeOff size={15} aria-hidden="true" />
            {t("suggest.ignore")}
          </button>
        </Tip>
      )}
    </div>
  );
}

/** The photo that is to be kept of those alike: a click goes there. */
function Other({ own, photos }: { own: readonly Suggestion[]; photos: readonly SetPhoto[] }): ReactNode {
  const { t } = useTranslation();
  const other = own.find(({ kind }) => kind === "alike")?.other;
  const shown = photos.find(({ project }) => project === other);
  if (!shown) return null;
  const order = photos.map(({ project }) => project);
  return (
    <Tip label={t("suggest.goTo", { name: shown.name })}>
      <button
        type="button"
        className={css.other}
        aria-label={t("suggest.goTo", { name: shown.name })}
        onClick={() => goTo(order, shown.project, false)}
      >
        <span className={photo.frame}>
          <PhotoThumb photo={shown} size={THUMB} />
        </span>
      </button>
    </Tip>
  );
}
