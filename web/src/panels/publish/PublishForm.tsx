import { ExternalLink, LoaderCircle, Send } from "lucide-react";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { postTrouble, sendPost, useChannels, useDraft } from "@/api/posts";
import { useMe } from "@/api/people";
import type { Channel, ExportPreset, PostDraft, Project } from "@/api/types";
import { exportText } from "@/document/names";
import { useDocument } from "@/document/store";
import { Button } from "@/kit/Button";
import dialog from "@/kit/Dialogs.module.css";
import { Field, SwitchLine } from "@/kit/Form";
import download from "@/panels/Download.module.css";
import { grouped } from "@/panels/download";
import css from "@/panels/publish/Publish.module.css";
import { openDialog } from "@/panels/workbench";

type Props = { project: Project; exports: readonly ExportPreset[] };

/** A post with one of the accounts that the server holds. */
export function PublishForm({ project, exports }: Props): ReactNode {
  const { data: channels } = useChannels(project.id);
  if (!channels) return null;
  const first = channels[0];
  return first ? <Publish project={project} exports={exports} channels={channels} first={first} /> : <NoAccount />;
}

function NoAccount(): ReactNode {
  const { t } = useTranslation();
  const { data: me } = useMe();
  return (
    <div className={css.nobody}>
      <p>{t("publish.none")}</p>
      <p className={css.hint}>{t(me?.accounts ? "publish.noneShared" : "publish.noneAlone")}</p>
      {!me?.accounts && <code className={css.command}>freckle publish --to mastodon --at URL --secret-file FILE --save NAME</code>}
    </div>
  );
}

type PublishProps = Props & { channels: readonly Channel[]; first: Channel };

function Publish({ project, exports, channels, first }: PublishProps): ReactNode {
  const { t } = useTranslation();
  const [name, setName] = useState(first.name);
  const [preset, setPreset] = useState("web");
  const [label, setLabel] = useState(true);
  const [caption, setCaption] = useState("");
  const [alt, setAlt] = useState<string | null>(null);
  const channel = channels.find((each) => each.name === name) ?? first;
  const saved = useDocument((s) => s.save.kind === "saved");
  const settings = { channel: channel.name, preset, label };
  const drawn = useDraft(project.id, settings, saved);
  const draft = drawn.data;
  const sending = useSending(project, channel, () => void drawn.refetch());
  const words = alt ?? draft?.alt ?? "";
  const used = caption.trim().length + (label && draft ? draft.label.length + (caption.trim() ? 2 : 0) : 0);
  const tooLong = draft !== undefined && (over(used, draft.most_text) || over(words.length, draft.most_alt));
  const possible = draft !== undefined && !drawn.isFetching && !tooLong && !sending.busy;
  if (sending.address !== null) return <Posted channel={channel} address={sending.address} />;
  return (
    <form
      className={download.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (possible) sending.send({ ...settings, caption: caption.trim(), alt: words.trim(), state: draft.state });
      }}
    >
      <Field label={t("publish.account")}>
        {(id) => (
          <select id={id} className={download.select} value={channel.name} onChange={(event) => setName(event.currentTarget.value)}>
            {channels.map((each) => (
              <option key={each.name} value={each.name}>{`${each.name} · ${each.host}`}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("publish.shape")}>
        {(id) => (
          <select id={id} className={download.select} value={preset} onChange={(event) => setPreset(event.currentTarget.value)}>
            {grouped(exports)
              .filter((group) => group.name === "web" || group.name === "networks")
              .map((group) => (
                <optgroup key={group.name} label={t(`download.group_${group.name}`)}>
                  {group.presets.map((each) => (
                    <option key={each.name} value={each.name}>
                      {exportText(t, each.name, each.label)}
                    </option>
                  ))}
                </optgroup>
              ))}
          </select>
        )}
      </Field>
      <Picture draft={draft} working={drawn.isFetching} />
      {drawn.error && !drawn.isFetching && (
        <p className={css.bad} role="alert">
          {postTrouble(t, drawn.error, channel.host)}
        </p>
      )}
      <Words label={t("publish.caption")} value={caption} used={used} most={draft?.most_text ?? 0} onChange={setCaption} />
      <Words
        label={t("publish.alt")}
        help={t("publish.altHelp")}
        value={words}
        used={words.length}
        most={draft?.most_alt ?? 0}
        onChange={setAlt}
      />
      <SwitchLine
        text={t("publish.label")}
        {...(draft && label ? { note: draft.label } : {})}
        on={label}
        onChange={setLabel}
      />
      <footer className={download.footer}>
        {sending.trouble !== null && (
          <p className={css.bad} role="alert">
            {sending.trouble}
          </p>
        )}
        {sending.busy && (
          <p className={download.size} role="status">
            <progress className={download.progress} aria-label={t("publish.sending", { host: channel.host })} />
            <span>{t("publish.sending", { host: channel.host })}</span>
          </p>
        )}
        <div className={download.buttons}>
          <Button onClick={() => openDialog(null)}>{t("common.cancel")}</Button>
          <Button look="strong" type="submit" disabled={!possible}>
            {sending.busy ? <LoaderCircle size={16} className={dialog.turning} aria-hidden="true" /> : <Send size={16} aria-hidden="true" />}
            {t(channel.draft ? "publish.makeDraft" : "publish.post")}
          </Button>
        </div>
        {!saved && <p className={dialog.note}>{t("download.unsaved")}</p>}
      </footer>
    </form>
  );
}

function over(used: number, most: number): boolean {
  return most > 0 && used > most;
}

/** The post itself. It goes on where the dialog is left: what was sent cannot be called back. */
function useSending(project: Project, channel: Channel, redraw: () => void) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<string | null>(null);
  const [address, setAddress] = useState<string | null>(null);
  const send = (post: Parameters<typeof sendPost>[1]) => {
    setBusy(true);
    setTrouble(null);
    sendPost(project.id, post)
      .then(setAddress, (error: unknown) => {
        setTrouble(postTrouble(t, error, channel.host));
        if (error instanceof ApiError && error.problem.code === "stale") redraw();
      })
      .finally(() => setBusy(false));
  };
  return { busy, trouble, address, send };
}

function Picture({ draft, working }: { draft: PostDraft | undefined; working: boolean }): ReactNode {
  const { t } = useTranslation();
  return (
    <figure className={css.picture} aria-busy={working}>
      {draft && <img src={`data:image/jpeg;base64,${draft.picture}`} alt={draft.alt} />}
      <figcaption className={css.hint} role="status">
        {working || !draft ? t("publish.drawing") : t("download.pixels", { width: draft.width, height: draft.height })}
      </figcaption>
    </figure>
  );
}

type WordsProps = {
  label: string;
  help?: string;
  value: string;
  used: number;
  most: number;
  onChange: (value: string) => void;
};

function Words({ label, help, value, used, most, onChange }: WordsProps): ReactNode {
  const { t } = useTranslation();
  return (
    <Field label={label}>
      {(id) => (
        <>
          <textarea
            id={id}
            className={css.words}
            rows={3}
            aria-describedby={`${id}-help`}
            aria-invalid={over(used, most)}
            value={value}
            onChange={(event) => onChange(event.currentTarget.value)}
          />
          <p id={`${id}-help`} className={css.under} data-over={over(used, most)}>
            <span>{help}</span>
            {most > 0 && <span className={css.count}>{t("publish.count", { used, most })}</span>}
          </p>
        </>
      )}
    </Field>
  );
}

function Posted({ channel, address }: { channel: Channel; address: string }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className={css.posted} role="status">
      <p>{t(channel.draft ? "publish.drafted" : "publish.posted", { host: channel.host })}</p>
      {/^https?:/.test(address) && (
        <a href={address} target="_blank" rel="noopener noreferrer">
          <ExternalLink size={15} aria-hidden="true" />
          {t("publish.see")}
        </a>
      )}
      <Button look="strong" onClick={() => openDialog(null)}>
        {t("common.close")}
      </Button>
    </div>
  );
}
