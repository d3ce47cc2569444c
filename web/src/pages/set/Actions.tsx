import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { takeOut } from "@/api/sets";
import type { Hints } from "@/api/suggestions";
import type { SetPhoto } from "@/api/types";
import { notify } from "@/kit/notices";
import { HintActions } from "@/pages/set/HintActions";
import css from "@/pages/set/SetPage.module.css";
import { MarkButtons } from "@/sets/MarkButtons";
import { fetchSource } from "@/sets/pasting";
import { chooseNone, useSelection } from "@/sets/selection";
import { openSetDialog } from "@/sets/set-dialogs";
import sets from "@/sets/Sets.module.css";
import { SettingsMenu } from "@/sets/SettingsMenu";

type Props = { set: string; photos: SetPhoto[]; hints: Hints | null; meant: () => string[]; looking: boolean };

/** What can be done with the chosen photos. */
export function Actions({ set, photos, hints, meant, looking }: Props): ReactNode {
  const { t } = useTranslation();
  const all = useSelection((s) => s.chosen);
  const choosing = useSelection((s) => s.choosing);
  const chosen = photos.filter(({ project }) => all.has(project));
  const count = chosen.length;
  const [first] = chosen;
  const [source, setSource] = useState<Awaited<ReturnType<typeof fetchSource>> | null>(null);
  const id = first?.project;
  const revision = first?.revision;
  useEffect(() => {
    setSource(null);
    if (id === undefined) return;
    let gone = false;
    fetchSource(id).then((found) => !gone && setSource(found), () => undefined);
    return () => {
      gone = true;
    };
  }, [id, revision]);
  if (count === 0 && !choosing) return null;
  return (
    <section className={css.actions} aria-label={t("sets.actions")}>
      <HintActions set={set} chosen={chosen} photos={photos} hints={hints} looking={looking} />
      <strong aria-live="polite">{t("sets.chosen", { count })}</strong>
      <MarkButtons set={set} photo={first} meant={meant} />
      <SettingsMenu set={set} source={() => source} meant={meant} />
      <button type="button" className={sets.trigger} disabled={count === 0} onClick={() => openSetDialog({ kind: "export", target: "chosen" })}>
        {t("sets.export")}
      </button>
      {!looking && (
        <button type="button" className={sets.trigger} disabled={count === 0} onClick={() => openSetDialog({ kind: "share", target: "chosen" })}>
          {t("share.open")}
        </button>
      )}
      <button
        type="button"
        className={sets.trigger}
        disabled={count === 0}
        onClick={() => void takeOut(set, meant()).catch(() => notify({ kind: "bad", text: t("sets.notMoved") }))}
      >
        {t("sets.takeOut")}
      </button>
      <button type="button" className={sets.trigger} onClick={chooseNone}>
        {t("sets.chooseNone")}
      </button>
    </section>
  );
}
