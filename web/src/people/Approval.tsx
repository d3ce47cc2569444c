import { BadgeCheck } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useApprove } from "@/api/approvals";
import { ApiError } from "@/api/client";
import { useMe } from "@/api/people";
import type { Project } from "@/api/types";
import { useDocument } from "@/document/store";
import { Button } from "@/kit/Button";
import { timeAgo } from "@/kit/i18n/format";
import { notify } from "@/kit/notices";
import css from "@/people/People.module.css";

/** Who called the picture finished, whether it was changed since, and the button of those who may. */
export function Approval({ project }: { project: Project }): ReactNode {
  const { t, i18n } = useTranslation();
  const { data: me } = useMe();
  const save = useDocument((s) => s.save);
  const approve = useApprove(project.id);
  const may = project.role === "approver" || project.role === "admin";
  const { approval } = project;
  if (!me?.accounts || (!may && !approval)) return null;
  const saved = save.kind === "saved" ? save.revision : null;
  const current = approval !== null && approval.revision === saved;
  const ask = (revision: number | null) =>
    approve.mutate(revision, {
      onError: (error) => {
        const stale = error instanceof ApiError && error.problem.code === "stale";
        notify({ kind: "bad", text: t(stale ? "approval.stale" : "save.tryAgain") });
      },
    });
  return (
    <section className={css.approval} aria-label={t("approval.title")}>
      <BadgeCheck size={18} aria-hidden="true" data-current={current} />
      <p role="status">
        {approval
          ? t(current ? "approval.by" : "approval.changed", {
              who: approval.by,
              time: timeAgo(Date.parse(approval.time), Date.now(), i18n.language),
            })
          : t("approval.none")}
      </p>
      {may && (
        <Button
          disabled={saved === null || approve.isPending}
          onClick={() => ask(current ? null : saved)}
        >
          {t(current ? "approval.withdraw" : "approval.approve")}
        </Button>
      )}
    </section>
  );
}
