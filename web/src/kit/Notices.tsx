import { CircleAlert, X } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useAnnouncement } from "@/kit/announce";
import { Button, IconButton } from "@/kit/Button";
import { dismiss, useNotices } from "@/kit/notices";
import css from "@/kit/Notices.module.css";

/** Messages at the edge of the page, and the page's one live region. */
export function Notices(): ReactNode {
  const { t } = useTranslation();
  const list = useNotices((s) => s.list);
  const text = useAnnouncement((s) => s.text);
  return (
    <>
      <div className={css.stack} role="region" aria-label={t("common.messages")}>
        {list.map((notice) => (
          <div key={notice.id} className={css.notice} role={notice.kind === "bad" ? "alert" : "status"}>
            {notice.kind === "bad" && <CircleAlert size={16} className={css.bad} aria-hidden="true" />}
            <span className={css.text}>{notice.text}</span>
            {notice.action && (
              <Button
                onClick={() => {
                  notice.action?.run();
                  dismiss(notice.id);
                }}
              >
                {notice.action.label}
              </Button>
            )}
            <IconButton label={t("common.dismiss")} onClick={() => dismiss(notice.id)}>
              <X size={15} aria-hidden="true" />
            </IconButton>
          </div>
        ))}
      </div>
      <div className="visually-hidden" aria-live="polite">
        {text}
      </div>
    </>
  );
}
