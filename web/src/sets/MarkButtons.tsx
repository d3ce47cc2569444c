import { Flag, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Star } from "lucide-react";
import type { SetPhoto } from "@/api/types";
import { IconButton } from "@/kit/Button";
import { useRoving } from "@/kit/roving";
import { mark } from "@/sets/marks";
import css from "@/sets/Sets.module.css";

type Props = {
  set: string;
  /** The photo whose marks are shown. */
  photo: SetPhoto | undefined;
  /** The photos that are marked. */
  meant: () => string[];
};

/** Pick, reject and stars, by click; the keys stand in the tooltips. */
export function MarkButtons({ set, photo, meant }: Props): ReactNode {
  const { t } = useTranslation();
  const row = useRoving<HTMLDivElement>();
  const stars = photo?.stars ?? 0;
  return (
    <div ref={row} className={css.marks} role="group" aria-label={t("sets.marks")}>
      <IconButton
        label={t("sets.pick")}
        keys={["P"]}
        pressed={photo?.flag === 1}
        onClick={() => mark(set, meant(), { flag: 1 })}
      >
        <Flag size={15} fill={photo?.flag === 1 ? "currentColor" : "none"} aria-hidden="true" />
      </IconButton>
      <IconButton
        label={t("sets.reject")}
        keys={["X"]}
        pressed={photo?.flag === -1}
        onClick={() => mark(set, meant(), { flag: -1 })}
      >
        <X size={16} strokeWidth={2.5} aria-hidden="true" />
      </IconButton>
      {[1, 2, 3, 4, 5].map((each) => (
        <IconButton
          key={each}
          className={css.star}
          label={t("sets.starsOf", { count: each })}
          keys={[String(each)]}
          pressed={stars === each}
          data-lit={each <= stars}
          onClick={() => mark(set, meant(), { stars: each })}
        >
          <Star size={15} fill={each <= stars ? "currentColor" : "none"} aria-hidden="true" />
        </IconButton>
      ))}
    </div>
  );
}
