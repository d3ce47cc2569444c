import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShares } from "@/api/shares";
import type { Project } from "@/api/types";
import { Modal } from "@/kit/Modal";
import css from "@/panels/share/Share.module.css";
import { ShareForm } from "@/panels/share/ShareForm";
import { ShareRow } from "@/panels/share/ShareRow";

type ShareDialogProps = {
  projects: readonly Project[];
  /** Whether the last step is kept: a link shows what the server has. */
  saved?: boolean;
  onClose: () => void;
};

/** A new link to photos; to one of them also what came of the links that there are. */
export function ShareDialog({ projects, saved = true, onClose }: ShareDialogProps): ReactNode {
  const { t } = useTranslation();
  const shown = projects.map(({ id }) => id);
  const only = projects.length === 1 ? projects[0] : undefined;
  return (
    <Modal title={t("share.title")} wide onClose={onClose}>
      <ShareForm shown={shown} saved={saved} {...(only ? { only } : {})} />
      {only && <Links project={only} />}
    </Modal>
  );
}

function Links({ project }: { project: Project }): ReactNode {
  const { t } = useTranslation();
  const { data: shares } = useShares(project.id);
  const [open, setOpen] = useState<string | null>(null);
  if (!shares || shares.length === 0) return null;
  return (
    <section className={css.section} aria-labelledby="share-links">
      <h3 id="share-links" className={css.heading}>
        {t("share.links")}
      </h3>
      <ul>
        {shares.map((share) => (
          <ShareRow
            key={share.id}
            share={share}
            open={open === share.id}
            onOpen={() => setOpen(open === share.id ? null : share.id)}
          />
        ))}
      </ul>
    </section>
  );
}
