import { LoaderCircle } from "lucide-react";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { drawLook } from "@/api/looks";
import { type Part, carriedOver, photosToTry, setThumbUrl, useSetPhotos } from "@/api/sets";
import type { SetPhoto } from "@/api/types";
import { Button } from "@/kit/Button";
import { type Source, light } from "@/sets/clipboard";
import { fetchSource } from "@/sets/pasting";
import css from "@/sets/Trial.module.css";

/** Pixels of a picture's longer side. */
const SIZE = 480;
const COUNT = 3;

type Props = { set: string; source: Source; part: Part; photos: string[] };

/** Three photos before and after: a look is seen on those that differ most. */
export function Trial({ set, source, part, photos }: Props): ReactNode {
  const { t } = useTranslation();
  const { data: all = [] } = useSetPhotos(set);
  const [picks, setPicks] = useState<string[] | null>(null);
  const named = photos.join(" ");
  useEffect(() => {
    const asking = new AbortController();
    const some = named.split(" ");
    photosToTry(set, some, asking.signal).then(setPicks, () => !asking.signal.aborted && setPicks(some.slice(0, COUNT)));
    return () => asking.abort();
  }, [set, named]);
  const known = new Map(all.map((photo) => [photo.project, photo]));
  return (
    <>
      <p className={css.help}>{t("sets.tryHelp")}</p>
      <ol className={css.trial} aria-busy={picks === null}>
        {(picks ?? Array<null>(COUNT).fill(null)).map((project, slot) => {
          const photo = project === null ? undefined : known.get(project);
          return (
            <li key={slot}>
              {photo ? <Pair key={photo.project} photo={photo} source={source} part={part} /> : <div className={css.place} />}
              <select
                className={css.which}
                aria-label={t("sets.tryWhich", { number: slot + 1 })}
                value={project ?? ""}
                disabled={picks === null}
                onChange={(event) => setPicks((picks ?? []).with(slot, event.currentTarget.value))}
              >
                {photos.map((each) => (
                  <option key={each} value={each}>
                    {known.get(each)?.name}
                  </option>
                ))}
              </select>
            </li>
          );
        })}
      </ol>
    </>
  );
}

function Pair({ photo, source, part }: { photo: SetPhoto; source: Source; part: Part }): ReactNode {
  const { t } = useTranslation();
  const { src, failed, again } = useAfter(photo.project, source, part);
  return (
    <div className={css.pair}>
      <img className={css.picture} src={setThumbUrl(photo, SIZE)} alt={t("sets.tryBefore", { name: photo.name })} />
      {src !== null && <img className={css.picture} src={src} alt={t("sets.tryAfter", { name: photo.name })} />}
      {src === null && (
        <div className={css.place} role="status">
          {failed ? (
            <>
              <span>{t("sets.tryFailed")}</span>
              <Button onClick={again}>{t("sets.again")}</Button>
            </>
          ) : (
            <LoaderCircle size={22} className={css.turning} aria-label={t("sets.trying")} />
          )}
        </div>
      )}
    </div>
  );
}

/** The photo as it would be: nothing is written. */
function useAfter(project: string, source: Source, part: Part) {
  const [src, setSrc] = useState<string | null>(null);
  const [failed, setFailed] = useState(false);
  const [tries, setTries] = useState(0);
  const asked = JSON.stringify(part);
  useEffect(() => {
    const drawing = new AbortController();
    let url: string | null = null;
    const draw = async () => {
      const { recipe: onto } = await fetchSource(project);
      const recipe = await carriedOver(light(source.recipe), onto, JSON.parse(asked) as Part);
      const { blob } = await drawLook(project, recipe, SIZE, drawing.signal);
      if (drawing.signal.aborted) return;
      url = URL.createObjectURL(blob);
      setSrc(url);
    };
    setSrc(null);
    setFailed(false);
    draw().catch(() => !drawing.signal.aborted && setFailed(true));
    return () => {
      drawing.abort();
      if (url !== null) URL.revokeObjectURL(url);
    };
  }, [project, source, asked, tries]);
  return { src, failed, again: () => setTries(tries + 1) };
}
