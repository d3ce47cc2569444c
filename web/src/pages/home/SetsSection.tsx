import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useSets } from "@/api/sets";
import type { PhotoSet } from "@/api/types";
import { Button } from "@/kit/Button";
import { timeAgo } from "@/kit/i18n/format";
import home from "@/pages/home/Home.module.css";
import css from "@/pages/home/SetsSection.module.css";
import { PhotoThumb } from "@/sets/PhotoThumb";

/** Sets of photos, above what stands alone; nothing where there are none. */
export function SetsSection(): ReactNode {
  const { t } = useTranslation();
  const { data: sets, ...more } = useSets();
  if (!sets?.length) return null;
  return (
    <section aria-labelledby="sets">
      <h2 id="sets" className={home.heading}>
        {t("sets.sets")}
      </h2>
      <ul className={home.grid}>
        {sets.map((set) => (
          <Card key={set.id} set={set} />
        ))}
      </ul>
      {more.hasNextPage && (
        <Button className={home.older} disabled={more.isFetchingNextPage} onClick={() => void more.fetchNextPage()}>
          {t("home.older")}
        </Button>
      )}
    </section>
  );
}

/** Longer side of one of the small pictures. */
const THUMB = 220;

function Card({ set }: { set: PhotoSet }): ReactNode {
  const { t, i18n } = useTranslation();
  return (
    <li className={home.card}>
      <Link href={`/set/${set.id}`} className={home.cardLink}>
        <span className={css.cover} data-count={Math.min(4, set.cover.length)}>
          {set.cover.map((photo) => (
            <span key={photo.project}>
              <PhotoThumb photo={photo} size={THUMB} />
            </span>
          ))}
        </span>
        <span className={home.cardName}>{set.name}</span>
        <span className={home.cardTime}>
          {t("sets.count", { count: set.photos })} · {timeAgo(Date.parse(set.updated), Date.now(), i18n.language)}
        </span>
      </Link>
    </li>
  );
}
