import { LayoutGrid } from "lucide-react";
import { type MouseEvent, type ReactNode, type RefObject, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { patchPhotos, useSetPhotos } from "@/api/sets";
import { useHints } from "@/api/suggestions";
import type { Project, SetPhoto } from "@/api/types";
import { isEdited } from "@/document/recipe";
import { keptRecipe, useDocument } from "@/document/store";
import { Tip } from "@/kit/Button";
import { useSpan } from "@/kit/use-span";
import css from "@/pages/editor/Filmstrip.module.css";
import { openSource } from "@/sets/clipboard";
import { useWork } from "@/sets/exporting";
import { MarkButtons } from "@/sets/MarkButtons";
import { takeKey } from "@/sets/photo-keys";
import photo from "@/sets/Photos.module.css";
import { Marks, PhotoThumb, described } from "@/sets/PhotoThumb";
import { choose, enterSet, goTo, meant, only, useSelection } from "@/sets/selection";
import { SettingsMenu } from "@/sets/SettingsMenu";
import { seen, showingOf, useShowing } from "@/sets/showing";

/** Longer side of a picture in pixels: its size on screens of two pixels a point. */
const THUMB = 160;
/** CSS pixels from one photo to the next. */
const PITCH = 70;
/** A picture of the open photo is drawn anew after so long without a step. */
const REST_MS = 1500;

type Props = { project: Project; set: string };

/** The photos of the set, to go from one to the next, with their marks, and settings for many. */
export function Filmstrip({ project, set }: Props): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const box = useRef<HTMLDivElement>(null);
  const { data: all } = useSetPhotos(set);
  const showing = useShowing((s) => showingOf(s, set));
  const hints = useHints(set);
  const photos = seen(all ?? [], showing, hints, project.id);
  const order = photos.map((each) => each.project);
  const at = order.indexOf(project.id);
  const openPhoto = photos[at];
  const span = useSpan(box, { axis: "x", pitch: PITCH, count: photos.length, over: 4 });
  useOpenPhoto(set, project.id, at, box);
  if (photos.length === 0) return null;
  const open = (id: string) => {
    if (id !== project.id) go(`/edit/${id}`);
  };
  const listed = {
    set,
    order,
    columns: 1,
    page: 8,
    cursor: project.id,
    onGo: (id: string, extend: boolean) => {
      goTo(order, id, extend);
      open(id);
    },
    onOpen: open,
    onMove: null,
  };
  const click = (event: MouseEvent, id: string) => {
    const plain = !event.shiftKey && !event.ctrlKey && !event.metaKey && !useSelection.getState().choosing;
    choose(order, id, event);
    if (plain) open(id);
  };
  return (
    <section className={css.film} aria-label={t("sets.photos")}>
      <Tip label={t("sets.gallery")} repeats>
        <Link href={`/set/${set}`} className={css.gallery} aria-label={t("sets.gallery")}>
          <LayoutGrid size={17} aria-hidden="true" />
        </Link>
      </Tip>
      <div
        ref={box}
        className={css.list}
        role="listbox"
        aria-label={t("sets.photos")}
        aria-orientation="horizontal"
        aria-multiselectable="true"
        aria-activedescendant={`photo-${project.id}`}
        tabIndex={0}
        data-shares-keys=""
        onKeyDown={(event) => {
          if (takeKey(event, listed)) event.preventDefault();
        }}
      >
        <div className={css.sheet} role="presentation" style={{ width: photos.length * PITCH }}>
          {photos.slice(span.first, span.last).map((each, k) => (
            <Picture
              key={each.project}
              photo={each}
              set={set}
              place={span.first + k}
              count={photos.length}
              current={each.project === project.id}
              onClick={click}
            />
          ))}
          {openPhoto && (at < span.first || at >= span.last) && (
            <Picture photo={openPhoto} set={set} place={at} count={photos.length} current onClick={click} />
          )}
        </div>
      </div>
      <div className={css.tools}>
        <MarkButtons set={set} photo={openPhoto} meant={() => meant(project.id)} />
        <SettingsMenu set={set} source={() => openSource(project.name)} meant={() => meant(project.id)} />
      </div>
    </section>
  );
}

type PictureProps = {
  photo: SetPhoto;
  set: string;
  place: number;
  count: number;
  current: boolean;
  onClick: (event: MouseEvent, project: string) => void;
};

function Picture({ photo: shown, set, place, count, current, onClick }: PictureProps): ReactNode {
  const { t } = useTranslation();
  const { project } = shown;
  const chosen = useSelection((s) => s.chosen.has(project));
  const work = useWork(set, project);
  const touch = useRef(false);
  return (
    <div
      id={`photo-${project}`}
      className={`${photo.small ?? ""} ${shown.flag < 0 ? (photo.dim ?? "") : ""}`}
      role="option"
      aria-selected={chosen || current}
      aria-current={current ? "page" : undefined}
      aria-label={described(t, shown, work)}
      aria-setsize={count}
      aria-posinset={place + 1}
      data-cursor={current}
      data-chosen={chosen}
      style={{ transform: `translateX(${place * PITCH + 4}px)` }}
      onPointerDown={(event) => {
        touch.current = event.pointerType === "touch";
      }}
      onClick={(event) => onClick(event, project)}
      onContextMenu={(event) => {
        // A long press begins to choose.
        if (!touch.current) return;
        event.preventDefault();
        useSelection.setState({ choosing: true });
        onClick(event, project);
      }}
    >
      <span className={photo.frame}>
        <PhotoThumb photo={shown} size={THUMB} />
        <Marks photo={shown} work={work} quiet />
        {shown.stars > 0 && (
          <span className={photo.dots} aria-hidden="true">
            {"★".repeat(shown.stars)}
          </span>
        )}
      </span>
    </div>
  );
}

/** The open photo is the chosen one, it is on the screen, and its picture follows its steps. */
function useOpenPhoto(set: string, project: string, at: number, box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    enterSet(set);
    useSelection.setState((state) => (state.chosen.has(project) ? { cursor: project } : only(project)));
  }, [set, project]);
  useEffect(() => {
    const element = box.current;
    if (!element || at < 0) return;
    const left = at * PITCH;
    const aim = left - (element.clientWidth - PITCH) / 2;
    const hidden = left < element.scrollLeft || left + PITCH > element.scrollLeft + element.clientWidth;
    if (hidden) element.scrollLeft = aim;
  }, [at, box]);
  const saved = useDocument((s) => (s.projectId === project && s.save.kind === "saved" ? s.save.revision : null));
  useEffect(() => {
    if (saved === null) return;
    const timer = setTimeout(() => {
      const edited = isEdited(keptRecipe(useDocument.getState()));
      patchPhotos(set, new Set([project]), { revision: saved, edited });
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [set, project, saved]);
}
