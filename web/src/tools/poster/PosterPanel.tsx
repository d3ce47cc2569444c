import { ArrowLeft, LayoutTemplate } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { posterThumbUrl, usePosterOffer } from "@/api/posters";
import type { Poster, PosterOffer, Project } from "@/api/types";
import { useDocument } from "@/document/store";
import { Button, IconButton, classes } from "@/kit/Button";
import panelCss from "@/panels/Panel.module.css";
import { useChosen } from "@/tools/poster/chosen";
import { LayerForm } from "@/tools/poster/LayerForm";
import { LayerList } from "@/tools/poster/LayerList";
import layersCss from "@/tools/poster/Layers.module.css";
import { LookForm } from "@/tools/poster/LookForm";
import { OwnFiles } from "@/tools/poster/OwnFiles";
import { PhotoForm } from "@/tools/poster/PhotoForm";
import css from "@/tools/poster/Poster.module.css";
import { keepPosters } from "@/tools/poster/keeping";
import { ReadLine, Readable } from "@/tools/poster/Readable";
import { SizesForm } from "@/tools/poster/SizesForm";
import { TemplateList, Thumb, templateText } from "@/tools/poster/TemplateList";
import { WordsForm } from "@/tools/poster/WordsForm";
import { useSheet } from "@/tools/poster/sheet";
import { openPoster, posterNow, redoPoster, sizeNow, undoPoster, usePoster } from "@/tools/poster/store";

/** Ctrl+Z in a field takes back a step of the poster: its fields hold no history of their own. */
function steps(event: KeyboardEvent): void {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  const back = key === "z" && !event.shiftKey;
  if (!back && key !== "y" && key !== "z") return;
  event.preventDefault();
  (back ? undoPoster : redoPoster)();
}

/** Everything about the poster, beside its sheet. */
export function PosterPanel({ project }: { project: Project }): ReactNode {
  const { t } = useTranslation();
  const { data: offer } = usePosterOffer();
  useEffect(() => {
    openPoster(project.id);
    return keepPosters(project.id);
  }, [project.id]);
  const poster = usePoster(posterNow);
  const choosing = usePoster((s) => s.choosing) || poster === null;
  const tab = usePoster((s) => s.tab);
  return (
    <div className={panelCss.panel} onKeyDown={steps}>
      <header className={panelCss.header}>
        {choosing && poster && (
          <IconButton label={t("poster.back")} onClick={() => usePoster.setState({ choosing: false })}>
            <ArrowLeft size={17} aria-hidden="true" />
          </IconButton>
        )}
        <h2 className={panelCss.title}>{t(choosing ? "poster.choose" : "poster.title")}</h2>
      </header>
      {poster && !choosing && <Tabs />}
      <div key={choosing ? "choosing" : tab} className={classes(panelCss.body, css.body, "scrolls")}>
        {offer && <Inside project={project} poster={choosing ? null : poster} offer={offer} />}
      </div>
      {!choosing && <ReadLine />}
    </div>
  );
}

/** Templates to choose, or one of the two sides of the poster. */
function Inside({ project, poster, offer }: { project: Project; poster: Poster | null; offer: PosterOffer }): ReactNode {
  const tab = usePoster((s) => s.tab);
  const revision = useDocument((s) => (s.save.kind === "saved" ? s.save.revision : 0));
  if (!poster) return <TemplateList project={project.id} offer={offer} revision={revision} />;
  if (tab === "layers") return <Layers poster={poster} offer={offer} />;
  return <Making project={project} poster={poster} offer={offer} revision={revision} />;
}

const TABS = ["design", "layers"] as const;

function Tabs(): ReactNode {
  const { t } = useTranslation();
  const tab = usePoster((s) => s.tab);
  return (
    <div className={layersCss.tabs} role="group" aria-label={t("poster.title")}>
      {TABS.map((name) => (
        <button key={name} type="button" aria-pressed={tab === name} onClick={() => usePoster.setState({ tab: name })}>
          {t(`posterLayers.tab_${name}`)}
        </button>
      ))}
    </div>
  );
}

/** The layers of the sheet, and what can be set of those that are chosen. */
function Layers({ poster, offer }: { poster: Poster; offer: PosterOffer }): ReactNode {
  const { t } = useTranslation();
  const layout = useSheet((s) => s.layout);
  const ids = useChosen((s) => s.ids);
  const size = usePoster(sizeNow);
  if (!layout) return <p className={css.hint}>{t("poster.drawing")}</p>;
  const chosen = layout.layers.filter((layer) => ids.includes(layer.id));
  return (
    <>
      <LayerList poster={poster} layout={layout} />
      {chosen.length > 0 ? (
        <section className={css.section} aria-label={t("posterLayers.chosen")}>
          <LayerForm poster={poster} size={size} layout={layout} layers={chosen} offer={offer} />
        </section>
      ) : (
        <p className={css.hint}>{t("posterLayers.help")}</p>
      )}
      {chosen.some((layer) => layer.kind === "photo") && <PhotoForm poster={poster} />}
    </>
  );
}

type MakingProps = { project: Project; poster: Poster; offer: PosterOffer; revision: number };

function Making({ project, poster, offer, revision }: MakingProps): ReactNode {
  const { t } = useTranslation();
  const template = offer.templates.find((each) => each.name === poster.template);
  return (
    <>
      <div className={css.chosen}>
        <span className={css.chosenThumb}>
          <Thumb src={posterThumbUrl(project.id, poster.template, 320, revision)} />
        </span>
        <p className={css.chosenName}>
          <strong>{template ? templateText(t, template) : poster.template}</strong>
          <Button onClick={() => usePoster.setState({ choosing: true })}>
            <LayoutTemplate size={15} aria-hidden="true" />
            {t("poster.another")}
          </Button>
        </p>
      </div>
      <WordsForm poster={poster} template={template} />
      <Readable poster={poster} />
      <PhotoForm poster={poster} />
      <LookForm poster={poster} offer={offer} />
      <OwnFiles />
      <SizesForm poster={poster} offer={offer} />
    </>
  );
}
