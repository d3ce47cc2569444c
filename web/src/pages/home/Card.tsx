import { Menu } from "@base-ui/react/menu";
import { BadgeCheck, CopyPlus, Download, MoreHorizontal, PencilLine, Share2, Trash2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import { useMe } from "@/api/people";
import { projectThumbUrl, thumbUrl } from "@/api/queries";
import type { Me, Project } from "@/api/types";
import { isEdited } from "@/document/recipe";
import { timeAgo } from "@/kit/i18n/format";
import css from "@/pages/home/Home.module.css";

/** Longer side of a card's picture: its width on screens of two pixels a point. */
const THUMB = 420;

/** What can be done with projects; `null` where whoever looks may not. */
export type Deeds = {
  rename: (project: Project) => void;
  duplicate: (projects: readonly Project[]) => void;
  download: (projects: readonly Project[]) => void;
  share: (projects: readonly Project[]) => void;
  remove: (projects: readonly Project[]) => void;
};

/** What destroys is for whoever made it, and for admins. */
export function mayDelete(me: Me | undefined, project: Project): boolean {
  return me?.role === "admin" || (me?.role !== "viewer" && project.owner === me?.user);
}

type CardProps = {
  project: Project;
  /** Seen without scrolling: its picture does not wait. */
  early: boolean;
  picked: boolean;
  /** The one card that Tab comes to. */
  stop: boolean;
  onStop: () => void;
  onPick: (through: boolean) => void;
  deeds: Deeds;
};

export function Card(props: CardProps): ReactNode {
  const { project, early, picked, stop, onStop, onPick } = props;
  const { t, i18n } = useTranslation();
  const { data: me } = useMe();
  const tabIndex = stop ? 0 : -1;
  return (
    <li className={css.card} data-picked={picked} onFocus={onStop}>
      <Link href={`/edit/${project.id}`} className={css.cardLink} data-card={project.id} tabIndex={tabIndex}>
        <span className={css.thumb}>
          <Thumb project={project} early={early} />
          {project.approval?.current && (
            <span className={css.approved} title={t("approval.of", { who: project.approval.by })}>
              <BadgeCheck size={14} aria-hidden="true" />
              {t("approval.done")}
            </span>
          )}
        </span>
        <span className={css.cardName}>{project.name}</span>
        <span className={css.cardTime}>
          {me?.accounts && project.owner !== me.user && `${project.owner_name} · `}
          {timeAgo(Date.parse(project.updated), Date.now(), i18n.language)}
        </span>
      </Link>
      <label className={css.pick}>
        <input
          type="checkbox"
          checked={picked}
          tabIndex={tabIndex}
          aria-label={t("desk.pick", { name: project.name })}
          onClick={(event) => onPick(event.shiftKey)}
          onChange={() => undefined}
        />
      </label>
      <CardMenu {...props} me={me} tabIndex={tabIndex} />
    </li>
  );
}

/** The edited photo; until it is drawn, and where it cannot be, the original stands for it. */
function Thumb({ project, early }: { project: Project; early: boolean }): ReactNode {
  const [there, setThere] = useState(false);
  const edited = isEdited(project.recipe);
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

type MenuProps = CardProps & { me: Me | undefined; tabIndex: number };

function CardMenu({ project, deeds, me, tabIndex }: MenuProps): ReactNode {
  const { t } = useTranslation();
  const edits = me?.role !== "viewer";
  return (
    <Menu.Root>
      <Menu.Trigger className={css.more} aria-label={t("home.more", { name: project.name })} tabIndex={tabIndex}>
        <MoreHorizontal size={17} aria-hidden="true" />
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={css.layer} align="end" sideOffset={4}>
          <Menu.Popup className={css.menu}>
            {edits && (
              <>
                <Menu.Item className={css.menuItem} onClick={() => deeds.rename(project)}>
                  <PencilLine size={15} aria-hidden="true" />
                  {t("desk.rename")}
                </Menu.Item>
                <Menu.Item className={css.menuItem} onClick={() => deeds.duplicate([project])}>
                  <CopyPlus size={15} aria-hidden="true" />
                  {t("desk.duplicate")}
                </Menu.Item>
              </>
            )}
            <Menu.Item className={css.menuItem} onClick={() => deeds.download([project])}>
              <Download size={15} aria-hidden="true" />
              {t("desk.download")}
            </Menu.Item>
            {edits && (
              <Menu.Item className={css.menuItem} onClick={() => deeds.share([project])}>
                <Share2 size={15} aria-hidden="true" />
                {t("share.open")}
              </Menu.Item>
            )}
            {mayDelete(me, project) && (
              <Menu.Item className={css.menuItem} onClick={() => deeds.remove([project])}>
                <Trash2 size={15} aria-hidden="true" />
                {t("home.delete")}
              </Menu.Item>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
