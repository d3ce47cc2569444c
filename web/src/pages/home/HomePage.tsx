import { CloudOff, Image, Keyboard, MoreHorizontal, Settings, Sparkle, Trash2 } from "lucide-react";
import { Menu } from "@base-ui/react/menu";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useLocation } from "wouter";
import { ApiError } from "@/api/client";
import { useMe } from "@/api/people";
import { deleteProject, projectThumbUrl, thumbUrl, useProjects } from "@/api/queries";
import type { Project } from "@/api/types";
import { openAppDialog } from "@/kit/app-dialogs";
import { Button, IconButton } from "@/kit/Button";
import { timeAgo } from "@/kit/i18n/format";
import { Logo } from "@/kit/Logo";
import { Modal, ModalFooter } from "@/kit/Modal";
import { notify } from "@/kit/notices";
import css from "@/pages/home/Home.module.css";
import { AccountMenu, WorkspaceMenu } from "@/people/PeopleMenus";
import { UploadList } from "@/uploads/UploadList";
import { openSample, pickFiles } from "@/uploads/uploads";

export function HomePage(): ReactNode {
  const { t } = useTranslation();
  const looking = useMe().data?.role === "viewer";
  return (
    <div className={css.page}>
      <header className={css.bar}>
        <Logo />
        <WorkspaceMenu />
        <span className={css.gap} />
        <IconButton className={css.forMouse} label={t("rail.keys")} keys={["?"]} onClick={() => openAppDialog("keys")}>
          <Keyboard size={18} aria-hidden="true" />
        </IconButton>
        <IconButton label={t("rail.settings")} onClick={() => openAppDialog("settings")}>
          <Settings size={18} aria-hidden="true" />
        </IconButton>
        <AccountMenu />
      </header>
      <main className={`${css.main ?? ""} scrolls`}>
        <div className={css.inner}>
          <h1 className={css.title}>{t("home.title")}</h1>
          <p className={css.lead}>{t("home.lead")}</p>
          {looking ? <p className={css.none}>{t("team.viewerHome")}</p> : <CreateNew />}
          <UploadList />
          <Recent />
        </div>
      </main>
    </div>
  );
}

function CreateNew(): ReactNode {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [opening, setOpening] = useState(false);
  const sample = () => {
    setOpening(true);
    openSample((id) => go(`/edit/${id}`))
      .catch((error: unknown) => {
        const text = error instanceof ApiError ? `${error.problem.message} ${error.problem.remedy}` : t("home.noSample");
        notify({ kind: "bad", text });
      })
      .finally(() => setOpening(false));
  };
  return (
    <section aria-labelledby="create-new">
      <h2 id="create-new" className={css.heading}>
        {t("home.createNew")}
      </h2>
      <div className={css.create}>
        <button type="button" className={css.image} onClick={pickFiles}>
          <Image size={28} strokeWidth={1.5} aria-hidden="true" />
          <span className={css.imageTitle}>{t("home.image")}</span>
          <span className={`${css.imageHelp ?? ""} ${css.forMouse ?? ""}`}>{t("home.imageHelp")}</span>
          <span className={`${css.imageHelp ?? ""} ${css.forTouch ?? ""}`}>{t("home.imageHelpTouch")}</span>
          <span className={css.formats}>JPEG · PNG · WebP · TIFF · HEIC · AVIF · RAW</span>
        </button>
        <button type="button" className={css.sample} disabled={opening} onClick={sample}>
          <Sparkle size={22} strokeWidth={1.5} aria-hidden="true" />
          <span className={css.imageTitle}>{t("home.sample")}</span>
          <span className={css.imageHelp}>{t("home.sampleHelp")}</span>
        </button>
      </div>
    </section>
  );
}

function Recent(): ReactNode {
  const { t } = useTranslation();
  const { data: projects, isPending, failureCount, refetch, ...more } = useProjects();
  return (
    <section aria-labelledby="recent" aria-busy={isPending}>
      <h2 id="recent" className={css.heading}>
        {t("home.recent")}
      </h2>
      {failureCount > 0 && (
        <p className={css.away} role="alert">
          <CloudOff size={18} aria-hidden="true" />
          <span>{t(projects ? "home.away" : "home.unreachable")}</span>
          <Button onClick={() => void refetch()}>{t("upload.again")}</Button>
        </p>
      )}
      {projects?.length === 0 && <p className={css.none}>{t("home.noProjects")}</p>}
      <ul className={css.grid}>
        {projects?.map((project, place) => (
          <Card key={project.id} project={project} early={place < EARLY} />
        ))}
        {isPending &&
          [1, 2, 3, 4].map((place) => <li key={place} className={css.ghost} aria-hidden="true" />)}
      </ul>
      {more.hasNextPage && (
        <Button
          className={css.older}
          disabled={more.isFetchingNextPage}
          onClick={() => void more.fetchNextPage()}
        >
          {t("home.older")}
        </Button>
      )}
    </section>
  );
}

/** Longer side of a card's picture: its width on screens of two pixels a point. */
const THUMB = 420;
/** Cards that are seen without scrolling; the others load when they come near. */
const EARLY = 5;

type CardProps = { project: Project; early: boolean };

/** The edited photo; until it is drawn, and where it cannot be, the original stands for it. */
function Thumb({ project, early }: CardProps): ReactNode {
  const [there, setThere] = useState(false);
  const edited = project.recipe.steps.length > 0 || project.recipe.flips.length > 0;
  const common = { alt: "", draggable: false, loading: early ? "eager" : "lazy" } as const;
  return (
    <>
      <img {...common} src={thumbUrl(project.photo, THUMB)} />
      {edited && (
        <img
          {...common}
          className={css.edited}
          data-there={there}
          src={projectThumbUrl(project, THUMB)}
          onLoad={() => setThere(true)}
        />
      )}
    </>
  );
}

function Card({ project, early }: CardProps): ReactNode {
  const { t, i18n } = useTranslation();
  const [asking, setAsking] = useState(false);
  const { data: me } = useMe();
  // What destroys is for whoever made it, and for admins.
  const mine = me?.role === "admin" || (me?.role !== "viewer" && project.owner === me?.user);
  const remove = () => {
    setAsking(false);
    deleteProject(project.id).catch(() => notify({ kind: "bad", text: t("home.notDeleted") }));
  };
  return (
    <li className={css.card}>
      <Link href={`/edit/${project.id}`} className={css.cardLink}>
        <span className={css.thumb}>
          <Thumb project={project} early={early} />
        </span>
        <span className={css.cardName}>{project.name}</span>
        <span className={css.cardTime}>
          {me?.accounts && project.owner !== me.user && `${project.owner_name} · `}
          {timeAgo(Date.parse(project.updated), Date.now(), i18n.language)}
        </span>
      </Link>
      {mine && (
        <Menu.Root>
          <Menu.Trigger className={css.more} aria-label={t("home.more", { name: project.name })}>
            <MoreHorizontal size={17} aria-hidden="true" />
          </Menu.Trigger>
          <Menu.Portal>
            <Menu.Positioner className={css.layer} align="end" sideOffset={4}>
              <Menu.Popup className={css.menu}>
                <Menu.Item className={css.menuItem} onClick={() => setAsking(true)}>
                  <Trash2 size={15} aria-hidden="true" />
                  {t("home.delete")}
                </Menu.Item>
              </Menu.Popup>
            </Menu.Positioner>
          </Menu.Portal>
        </Menu.Root>
      )}
      {asking && (
        <Modal title={t("home.deleteTitle", { name: project.name })} onClose={() => setAsking(false)}>
          <p>{t("home.deleteHelp")}</p>
          <ModalFooter>
            <Button onClick={() => setAsking(false)}>{t("common.cancel")}</Button>
            <Button look="strong" onClick={remove}>
              {t("home.delete")}
            </Button>
          </ModalFooter>
        </Modal>
      )}
    </li>
  );
}
