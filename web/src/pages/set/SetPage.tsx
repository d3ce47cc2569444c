import { House, MoreHorizontal, Palette, Plus, Share2, Trash2 } from "lucide-react";
import { Menu } from "@base-ui/react/menu";
import { type ReactNode, useCallback, useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { ApiError } from "@/api/client";
import { useMe } from "@/api/people";
import { movePhotos, renameSet, useSet, useSetPhotos } from "@/api/sets";
import { type Hints, useHints } from "@/api/suggestions";
import type { PhotoSet, SetPhoto } from "@/api/types";
import { openAppDialog } from "@/kit/app-dialogs";
import { Button, IconButton, Tip } from "@/kit/Button";
import { bindKeys } from "@/kit/keys/bind";
import { notify } from "@/kit/notices";
import { usePrefs } from "@/kit/prefs";
import { useTitle } from "@/kit/use-title";
import { Actions } from "@/pages/set/Actions";
import { Filters } from "@/pages/set/Filters";
import { LookLine } from "@/pages/set/Looking";
import { PhotoGrid } from "@/pages/set/PhotoGrid";
import css from "@/pages/set/SetPage.module.css";
import { ExportLine } from "@/sets/ExportLine";
import { copyFrom, pasteSettings } from "@/sets/pasting";
import { enterSet, useSelection } from "@/sets/selection";
import { openSetDialog } from "@/sets/set-dialogs";
import { SetDialogs } from "@/sets/SetDialogs";
import sets from "@/sets/Sets.module.css";
import { seen, showingOf, useShowing } from "@/sets/showing";
import { UploadList } from "@/uploads/UploadList";
import { pickFiles, useInto } from "@/uploads/uploads";

/** All photos of a set: looked through, marked, given one look, written. */
export function SetPage({ id }: { id: string }): ReactNode {
  const { t } = useTranslation();
  const { data: set, failureReason: error, refetch } = useSet(id);
  if (error && !set) {
    return (
      <main className={css.missing}>
        <h1>{t("sets.missing")}</h1>
        <p>{t(error instanceof ApiError ? "sets.missingHelp" : "refusal.unreachable.help")}</p>
        {!(error instanceof ApiError) && <Button onClick={() => void refetch()}>{t("upload.again")}</Button>}
        <Link href="/">{t("bar.home")}</Link>
      </main>
    );
  }
  return set ? <OpenSet set={set} /> : <main className={css.missing} aria-busy="true" />;
}

function OpenSet({ set }: { set: PhotoSet }): ReactNode {
  const { t } = useTranslation();
  const { data: all } = useSetPhotos(set.id);
  const showing = useShowing((s) => showingOf(s, set.id));
  const hints = useHints(set.id);
  const photos = useMemo(() => seen(all ?? [], showing, hints), [all, showing, hints]);
  const looking = useMe().data?.role === "viewer";
  const meant = useMeant(photos);
  useInto(looking ? null : set.id);
  useEffect(() => enterSet(set.id), [set.id]);
  useTitle(set.name);
  useSetKeys(set.id, meant);
  return (
    <div className={css.page}>
      <SetBar set={set} count={all?.length ?? set.photos} looking={looking} />
      <main className={css.main}>
        <h1 className="visually-hidden">{t("sets.title", { name: set.name })}</h1>
        <Filters set={set.id} shown={photos.length} total={all?.length ?? 0} looking={looking} />
        <LookLine set={set.id} />
        <UploadList />
        <ExportLine set={set.id} />
        {photos.length === 0 ? (
          <p className={css.nothing} aria-busy={all === undefined}>
            {all && t(all.length > 0 ? "sets.noneSeen" : "sets.empty")}
          </p>
        ) : (
          <Gallery set={set.id} photos={photos} hints={hints} orderly={showing.sort === "set" && !looking} />
        )}
        <Actions set={set.id} photos={photos} hints={hints} meant={meant} looking={looking} />
      </main>
      <SetDialogs set={set.id} />
    </div>
  );
}

type BarProps = { set: PhotoSet; count: number; looking: boolean };

function SetBar({ set, count, looking }: BarProps): ReactNode {
  const { t } = useTranslation();
  return (
    <header className={css.bar}>
      <Tip label={t("bar.home")} repeats>
        <Link href="/" className={css.home} aria-label={t("bar.home")}>
          <House size={18} aria-hidden="true" />
        </Link>
      </Tip>
      <SetName set={set} />
      <span className={css.count}>{t("sets.count", { count })}</span>
      <span className={css.gap} />
      {!looking && (
        <Button onClick={pickFiles} aria-label={t("sets.add")}>
          <Plus size={16} aria-hidden="true" />
          <span className={css.wide}>{t("sets.add")}</span>
        </Button>
      )}
      <Button look="strong" disabled={count === 0} onClick={() => openSetDialog({ kind: "export", target: "all" })}>
        {t("sets.export")}
      </Button>
      {!looking && <MoreMenu count={count} />}
    </header>
  );
}

type GalleryProps = { set: string; photos: SetPhoto[]; hints: Hints | null; orderly: boolean };

function Gallery({ set, photos, hints, orderly }: GalleryProps): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const move = useCallback(
    (before: string | null) => {
      const { chosen } = useSelection.getState();
      const moved = photos.map(({ project }) => project).filter((project) => chosen.has(project));
      movePhotos(set, moved, before).catch(() => notify({ kind: "bad", text: t("sets.notMoved") }));
    },
    [set, photos, t],
  );
  const open = useCallback((project: string) => go(`/edit/${project}`), [go]);
  return (
    <PhotoGrid
      set={set}
      photos={photos}
      hints={hints}
      onOpen={open}
      onMove={orderly ? move : null}
    />
  );
}

function useSetKeys(set: string, meant: () => string[]): void {
  useEffect(() =>
    bindKeys(
      {
        copySettings: () => {
          const [first] = meant();
          if (first !== undefined) void copyFrom(first).catch(() => undefined);
        },
        pasteSettings: () => void pasteSettings(set, meant()),
        download: () => openSetDialog({ kind: "export", target: "all" }),
        overlay: () => openAppDialog("keys"),
      },
      () => usePrefs.getState().letterKeys,
    ),
  );
}

/** The photos that something is done to: those chosen that are seen, else the one with the focus. */
function useMeant(photos: SetPhoto[]): () => string[] {
  return () => {
    const { chosen, cursor } = useSelection.getState();
    const order = photos.map(({ project }) => project);
    const some = order.filter((project) => chosen.has(project));
    if (some.length > 0) return some;
    return cursor !== null && order.includes(cursor) ? [cursor] : [];
  };
}

function SetName({ set }: { set: PhotoSet }): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const take = () => {
    const name = typed?.trim();
    setTyped(null);
    if (name && name !== set.name) renameSet(set.id, name).catch(() => notify({ kind: "bad", text: t("sets.notRenamed") }));
  };
  return (
    <input
      className={css.name}
      aria-label={t("sets.name")}
      maxLength={255}
      spellCheck={false}
      readOnly={set.role === "viewer"}
      value={typed ?? set.name}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={take}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key === "Escape") setTyped(null);
      }}
    />
  );
}

function MoreMenu({ count }: { count: number }): ReactNode {
  const { t } = useTranslation();
  return (
    <Menu.Root>
      <Menu.Trigger render={<IconButton label={t("sets.more")} />}>
        <MoreHorizontal size={18} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={sets.layer} align="end" sideOffset={4}>
          <Menu.Popup className={sets.menu}>
            <Menu.Item className={sets.menuItem} onClick={() => useSelection.setState({ choosing: true })}>
              <span className={sets.icon} />
              {t("sets.choosePhotos")}
            </Menu.Item>
            <Menu.Item className={sets.menuItem} disabled={count === 0} onClick={() => openSetDialog({ kind: "share", target: "all" })}>
              <span className={sets.icon}>
                <Share2 size={15} aria-hidden="true" />
              </span>
              {t("share.open")}
            </Menu.Item>
            <Menu.Item className={sets.menuItem} disabled={count === 0} onClick={() => openSetDialog({ kind: "style" })}>
              <span className={sets.icon}>
                <Palette size={15} aria-hidden="true" />
              </span>
              {t("sets.style")}
            </Menu.Item>
            <Menu.Item className={sets.menuItem} onClick={() => openSetDialog({ kind: "delete" })}>
              <span className={sets.icon}>
                <Trash2 size={15} aria-hidden="true" />
              </span>
              {t("sets.delete")}
            </Menu.Item>
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
