import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { saidOf } from "@/api/client";
import { makeShare } from "@/api/shares";
import type { Project, Terms } from "@/api/types";
import { Button } from "@/kit/Button";
import dialogs from "@/kit/Dialogs.module.css";
import { copyText } from "@/kit/copy-text";
import { Field, Segments } from "@/kit/Form";
import { notify } from "@/kit/notices";
import css from "@/panels/share/Share.module.css";
import { MorePhotos } from "@/panels/share/MorePhotos";
import { ShareOptions } from "@/panels/share/ShareOptions";
import { ASKS, type Draft, FRESH, requestOf } from "@/panels/share/share-terms";

type ShareFormProps = {
  /** The projects that the link shows. */
  shown: readonly string[];
  saved: boolean;
  /** The one project that others of the workspace may join. */
  only?: Project;
};

/** Photos behind one link at most. */
const MOST_SHOWN = 500;

/** Makes a link for one guest; it is shown once, to be sent by whatever way one likes. */
export function ShareForm({ shown, saved, only }: ShareFormProps): ReactNode {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<Draft>(FRESH);
  const [added, setAdded] = useState<string[]>([]);
  const projects = [...shown, ...added];
  const [link, setLink] = useState<string | null>(null);
  const change = (terms: Partial<Terms>) => setDraft({ ...draft, terms: { ...draft.terms, ...terms } });
  const { terms } = draft;
  const possible = draft.guest.trim() !== "" && saved && projects.length > 0 && projects.length <= MOST_SHOWN;
  const make = () => {
    setLink(null);
    makeShare(requestOf(draft, projects)).then(
      (made) => {
        setLink(made);
        setDraft({ ...draft, guest: "", password: "" });
      },
      (error: unknown) => notify({ kind: "bad", text: saidOf(error, t("save.tryAgain")) }),
    );
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (possible) make();
      }}
    >
      <p className={css.help}>{t("share.help", { count: projects.length })}</p>
      <Field label={t("share.whom")}>
        {(id) => (
          <input
            id={id}
            className={dialogs.text}
            required
            maxLength={120}
            value={draft.guest}
            onChange={(event) => setDraft({ ...draft, guest: event.currentTarget.value })}
          />
        )}
      </Field>
      <Segments
        label={t("share.asked")}
        value={terms.ask}
        options={ASKS.map((value) => ({ value, text: t(`share.ask.${value}`) }))}
        onChange={(ask) => change({ ask })}
      />
      {terms.ask === "choose" && <Bounds terms={terms} count={projects.length} onChange={change} />}
      {only ? (
        <MorePhotos project={only} chosen={projects} onChange={(all) => setAdded(all.filter((id) => !shown.includes(id)))} />
      ) : (
        <p className={css.help}>{t("share.photos", { count: projects.length })}</p>
      )}
      <ShareOptions draft={draft} onDraft={setDraft} onTerms={change} />
      <Button look="strong" type="submit" className={css.make} disabled={!possible}>
        {t("share.make")}
      </Button>
      {!saved && <p className={css.hint}>{t("download.unsaved")}</p>}
      {projects.length > MOST_SHOWN && <p className={css.hint}>{t("share.tooMany", { most: MOST_SHOWN })}</p>}
      {link !== null && <Made link={link} />}
    </form>
  );
}

type BoundsProps = { terms: Terms; count: number; onChange: (terms: Partial<Terms>) => void };

/** From how many to how many pictures may be chosen. */
function Bounds({ terms, count, onChange }: BoundsProps): ReactNode {
  const { t } = useTranslation();
  const number = (text: string) => Math.max(1, Math.min(500, Math.round(Number(text)) || 1));
  return (
    <div className={css.bounds}>
      <Field label={t("share.least")}>
        {(id) => (
          <input
            id={id}
            className={dialogs.text}
            type="number"
            min={1}
            max={500}
            value={terms.least}
            onChange={(event) => {
              const least = number(event.currentTarget.value);
              onChange({ least, most: terms.most === null ? null : Math.max(least, terms.most) });
            }}
          />
        )}
      </Field>
      <Field label={t("share.most")}>
        {(id) => (
          <input
            id={id}
            className={dialogs.text}
            type="number"
            min={1}
            max={500}
            placeholder={String(count)}
            value={terms.most ?? ""}
            onChange={(event) => {
              const { value } = event.currentTarget;
              const most = value === "" ? null : number(value);
              onChange({ most, least: most === null ? terms.least : Math.min(terms.least, most) });
            }}
          />
        )}
      </Field>
    </div>
  );
}

function Made({ link }: { link: string }): ReactNode {
  const { t } = useTranslation();
  const here = /^(localhost|127\.|\[::1\])/.test(location.hostname);
  return (
    <div className={css.made} role="status">
      <p className={css.note}>{t("share.linkHelp")}</p>
      <div className={css.row}>
        <input
          className={dialogs.text}
          aria-label={t("share.link")}
          readOnly
          value={link}
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button onClick={() => copyText(t, link)}>{t("members.copy")}</Button>
      </div>
      {here && <p className={css.note}>{t("share.onlyHere")}</p>}
    </div>
  );
}
