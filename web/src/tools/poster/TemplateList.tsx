import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { posterThumbUrl } from "@/api/posters";
import { turn } from "@/api/turns";
import type { PosterOffer, PosterTemplate } from "@/api/types";
import { keyed, word } from "@/kit/i18n/word";
import { fresh, switched } from "@/tools/poster/poster";
import css from "@/tools/poster/Poster.module.css";
import { changePoster, posterNow, usePoster } from "@/tools/poster/store";

const LONG = 320;

type Props = { project: string; offer: PosterOffer; revision: number };

/** Every template with the person's own portrait, by family. */
export function TemplateList({ project, offer, revision }: Props): ReactNode {
  const { t } = useTranslation();
  const now = usePoster((s) => posterNow(s)?.template);
  const families = [...new Set(offer.templates.map((template) => template.family))];
  const choose = (template: PosterTemplate) => {
    const poster = posterNow(usePoster.getState());
    const from = offer.templates.find((each) => each.name === poster?.template);
    if (!poster) changePoster(fresh(template));
    else if (poster.template !== template.name) changePoster(switched(poster, from, template));
    usePoster.setState({ choosing: false });
  };
  return families.map((family) => (
    <section key={family} className={css.family} aria-labelledby={`poster-family-${family}`}>
      <h3 id={`poster-family-${family}`} className={css.heading}>
        {word(t, `poster.families.${family}`, family)}
      </h3>
      <ul className={css.templates}>
        {offer.templates
          .filter((template) => template.family === family)
          .map((template) => (
            <li key={template.name}>
              <button
                type="button"
                className={css.template}
                aria-pressed={template.name === now}
                title={template.summary}
                onClick={() => choose(template)}
              >
                <span className={css.thumb}>
                  <Thumb src={posterThumbUrl(project, template.name, LONG, revision)} />
                </span>
                <span className={css.templateName}>{templateText(t, template)}</span>
              </button>
            </li>
          ))}
      </ul>
    </section>
  ));
}

export function templateText(t: Parameters<typeof word>[0], template: PosterTemplate): string {
  return word(t, `poster.templates.${keyed(template.name)}`, template.label);
}

/** Waits until it is near the screen, and then its turn: what a person does now finds the server free. */
export function Thumb({ src }: { src: string }): ReactNode {
  const place = useRef<HTMLSpanElement>(null);
  const [shown, setShown] = useState<string | null>(null);
  const [ready, setReady] = useState(false);
  const done = useRef<(() => void) | null>(null);
  const image = useRef<HTMLImageElement>(null);
  useEffect(() => {
    let gone = false;
    const watch = new IntersectionObserver(
      (entries) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        watch.disconnect();
        void turn().then((release) => {
          if (gone) {
            release();
            return;
          }
          done.current = release;
          setShown(src);
        });
      },
      { rootMargin: "200px" },
    );
    if (place.current) watch.observe(place.current);
    return () => {
      gone = true;
      watch.disconnect();
      done.current?.();
      // Nobody looks at it any more: the server need not draw it.
      image.current?.removeAttribute("src");
    };
  }, [src]);
  const finish = () => {
    done.current?.();
    setReady(true);
  };
  return (
    <span ref={place} className={css.thumbPlace} data-ready={ready ? "" : undefined}>
      {shown && <img ref={image} src={shown} alt="" draggable={false} onLoad={finish} onError={finish} />}
    </span>
  );
}
