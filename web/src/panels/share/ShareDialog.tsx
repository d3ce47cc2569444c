import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useShares } from "@/api/shares";
import type { Project } from "@/api/types";
import { Modal } from "@/kit/Modal";
import { openDialog } from "@/panels/workbench";
import css from "@/panels/share/Share.module.css";
import { ShareForm } from "@/panels/share/ShareForm";
import { ShareRow } from "@/panels/share/ShareRow";

/** Links to this photo: a new one, and what came of the others. */
export function ShareDialog({ project }: { project: Project }): ReactNode {
  const { t } = useTranslation();
  const { data: shares } = useShares(project.id);
  const [open, setOpen] = useState<string | null>(null);
  return (
    <Modal title={t("share.title")} wide onClose={() => openDialog(null)}>
      <ShareForm project={project} />
      {shares && shares.length > 0 && (
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
      )}
    </Modal>
  );
}
