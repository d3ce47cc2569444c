import { CloudOff } from "lucide-react";
import { type ReactNode, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/people";
import { duplicateProject, useProjects } from "@/api/queries";
import type { Project } from "@/api/types";
import { Button } from "@/kit/Button";
import { notify } from "@/kit/notices";
import { usePrefs } from "@/kit/prefs";
import { Card, type Deeds, mayDelete } from "@/pages/home/Card";
import { GRACE_MS, letGo, useDeleting } from "@/pages/home/deleting";
import { Finding, Making, PickedBar } from "@/pages/home/Desk";
import css from "@/pages/home/Home.module.css";
import { RenameDialog } from "@/pages/home/RenameDialog";
import { cardKeys, usePicked } from "@/pages/home/use-desk";
import { downloadAll } from "@/panels/quick-download";
import { ShareDialog } from "@/panels/share/ShareDialog";

/** Cards that are seen without scrolling; the others load when they come near. */
const EARLY = 5;
const NONE: Project[] = [];

/** The workspace's projects: found, sorted, chosen, and what can be done with them. */
export function Recent(): ReactNode {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const search = useDeferredValue(text.trim());
  const sort = usePrefs((s) => s.sort);
  const { data, isPending, failureCount, refetch, ...more } = useProjects({ search, sort });
  const going = useDeleting((s) => s.ids);
  const projects = useMemo(() => (data ?? NONE).filter(({ id }) => !going.includes(id)), [data, going]);
  const ids = useMemo(() => projects.map(({ id }) => id), [projects]);
  const picked = usePicked(ids);
  const [renamed, setRenamed] = useState<Project | null>(null);
  const [shared, setShared] = useState<readonly Project[]>(NONE);
  const [stop, setStop] = useState<string | null>(null);
  const deeds = useDeeds(setRenamed, setShared, picked.none);
  const { data: me } = useMe();
  const of = (wanted: readonly string[]) => projects.filter(({ id }) => wanted.includes(id));
  const keys = cardKeys(picked, {
    rename: (id) => {
      if (me?.role !== "viewer") setRenamed(of([id])[0] ?? null);
    },
    remove: (id) => {
      const gone = of(picked.has(id) ? picked.ids : [id]).filter((project) => mayDelete(me, project));
      if (gone.length > 0) deeds.remove(gone);
    },
  });
  const first = stop !== null && ids.includes(stop) ? stop : ids[0];
  const empty = data?.length === 0;
  return (
    <section aria-labelledby="recent" aria-busy={isPending}>
      <div className={css.deskHead}>
        <h2 id="recent" className={css.heading}>
          {t("home.recent")}
        </h2>
        {picked.ids.length > 0 ? (
          <PickedBar projects={of(picked.ids)} deeds={deeds} onNone={picked.none} />
        ) : (
          (!empty || text !== "") && <Finding text={text} onText={setText} />
        )}
      </div>
      {failureCount > 0 && (
        <p className={css.away} role="alert">
          <CloudOff size={18} aria-hidden="true" />
          <span>{t(data ? "home.away" : "home.unreachable")}</span>
          <Button onClick={() => void refetch()}>{t("upload.again")}</Button>
        </p>
      )}
      {empty && (
        <p className={css.none} role="status">
          {search === "" ? t("home.noProjects") : t("desk.nothing", { text: search })}
        </p>
      )}
      <p id="desk-keys" hidden>
        {t("desk.keys")}
      </p>
      <ul className={css.grid} aria-describedby="desk-keys" data-picking={picked.ids.length > 0} onKeyDown={keys}>
        {projects.map((project, place) => (
          <Card
            key={project.id}
            project={project}
            early={place < EARLY}
            picked={picked.has(project.id)}
            stop={project.id === first}
            onStop={() => setStop(project.id)}
            onPick={(through) => picked.toggle(project.id, through)}
            deeds={deeds}
          />
        ))}
        {isPending &&
          [1, 2, 3, 4].map((place) => <li key={place} className={css.ghost} aria-hidden="true" />)}
      </ul>
      {more.hasNextPage && <Older busy={more.isFetchingNextPage} fetch={() => void more.fetchNextPage()} />}
      {renamed && <RenameDialog project={renamed} onClose={() => setRenamed(null)} />}
      <Shared projects={shared} onClose={() => setShared(NONE)} />
      <Making />
    </section>
  );
}

/** The dialog for a link to some projects; none where there are none. */
function Shared(props: { projects: readonly Project[]; onClose: () => void }): ReactNode {
  return props.projects.length > 0 ? <ShareDialog {...props} /> : null;
}

/** More comes by itself when the end of the list comes near. */
function Older({ busy, fetch }: { busy: boolean; fetch: () => void }): ReactNode {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (busy || !button.current) return;
    const watch = new IntersectionObserver(([entry]) => entry?.isIntersecting && fetch(), { rootMargin: "600px" });
    watch.observe(button.current);
    return () => watch.disconnect();
  });
  return (
    <Button ref={button} className={css.older} disabled={busy} onClick={fetch}>
      {t("home.older")}
    </Button>
  );
}

function useDeeds(rename: Deeds["rename"], share: Deeds["share"], done: () => void): Deeds {
  const { t } = useTranslation();
  const bad = () => notify({ kind: "bad", text: t("desk.notDone") });
  const duplicate = async (projects: readonly Project[]) => {
    for (const { id, name } of projects) await duplicateProject(id, t("desk.copyOf", { name }).slice(0, 255));
    done();
  };
  const remove = (projects: readonly Project[]) => {
    const back = letGo(projects.map(({ id }) => id), () => notify({ kind: "bad", text: t("home.notDeleted") }));
    const text = t("desk.deleted", { count: projects.length });
    notify({ kind: "plain", text, action: { label: t("desk.undo"), run: back }, life: GRACE_MS, travels: true });
    done();
  };
  return {
    rename,
    share,
    duplicate: (projects) => void duplicate(projects).catch(bad),
    download: (projects) => void downloadAll(projects).then(done, bad),
    remove,
  };
}
