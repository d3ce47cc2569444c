import { ScanSearch } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { lookThrough, stopLooking, useSuggestions } from "@/api/suggestions";
import { saidOf } from "@/api/client";
import { Button, Tip } from "@/kit/Button";
import { notify } from "@/kit/notices";
import css from "@/pages/set/SetPage.module.css";
import sets from "@/sets/Sets.module.css";

/** Has photos looked at that nobody looked at yet. */
export function LookButton({ set }: { set: string }): ReactNode {
  const { t } = useTranslation();
  const { data: found } = useSuggestions(set);
  if (!found || found.running || found.seen >= found.photos) return null;
  const some = found.seen > 0;
  const begin = () =>
    void lookThrough(set).catch((error: unknown) => notify({ kind: "bad", text: saidOf(error, t("desk.notDone")) }));
  return (
    <Tip label={t("suggest.lookHelp")}>
      <Button className={css.look} onClick={begin}>
        <ScanSearch size={15} aria-hidden="true" />
        {some ? t("suggest.lookMore", { count: found.photos - found.seen }) : t("suggest.look")}
      </Button>
    </Tip>
  );
}

/** How far the looking is. The server goes on without this window. */
export function LookLine({ set }: { set: string }): ReactNode {
  const { t } = useTranslation();
  const { data: found } = useSuggestions(set);
  if (!found?.running) return null;
  const { seen, photos } = found;
  return (
    <div className={sets.exporting}>
      <span>{t("suggest.lookingAt", { done: seen, total: photos })}</span>
      <progress className={sets.progress} max={photos} value={seen} aria-label={t("suggest.looking")} />
      <Button onClick={() => void stopLooking(set).catch(() => undefined)}>{t("sets.stop")}</Button>
    </div>
  );
}
