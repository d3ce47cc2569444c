import { ExternalLink, Send } from "lucide-react";
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
  const [settings, setSettings] = useState({ channel: first.name, preset: "web", label: true });
  const channel = channels.find((each) => each.name === settings.channel) ?? first;
  const saved = useDocument((s) => s.save.kind === "saved");
  const drawn = useDraft(project.id, settings, saved);
  const draft = drawn.data;
  const sending = useSending(project, channel, () => void drawn.refetch());
  const words = useWords(draft, settings.label);
  const possible = draft !== undefined && !drawn.isFetching && !words.tooLong && !sending.busy;
  const change = (some: Partial<typeof settings>) => setSettings({ ...settings, ...some });
  if (sending.address !== null) return <Posted channel={channel} address={sending.address} />;
  return (
    <form
      className={download.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (possible) sending.send({ ...settings, caption: words.caption.trim(), alt: words.alt.trim(), state: draft.state });
      }}
    >
      <Where settings={settings} channels={channels} exports={exports} onChange={change} />
      <Picture draft={draft} working={drawn.isFetching} />
      <Trouble text={drawn.error && !drawn.isFetching ? postTrouble(t, drawn.error, channel.host) : null} />
      <Texts draft={draft} words={words} />
      <SwitchLine
        text={t("publish.label")}
        note={settings.label ? words.label : ""}
        on={settings.label}
        onChange={(label) => change({ label })}
      />
      <footer className={download.footer}>
        <Trouble text={sending.trouble} />
        <Going channel={channel} {...sending} />
        <div className={download.buttons}>
          <Button onClick={() => openDialog(null)}>{t("common.cancel")}</Button>
          <Button look="strong" type="submit" disabled={!possible}>
            <Send size={16} aria-hidden="true" />
            {t(channel.draft ? "publish.makeDraft" : "publish.post")}
          </Button>
        </div>
        {!saved && <p className={dialog.note}>{t("download.unsaved")}</p>}
      </footer>
    </form>
  );
}

/** Caption and alternative text; the latter is the draft's until somebody writes another. */
function useWords(draft: PostDraft | undefined, label: boolean) {
  const [caption, setCaption] = useState("");
  const [own, setAlt] = useState<string | null>(null);
  const alt = own ?? draft?.alt ?? "";
  const used = lengthOf([caption.trim(), label ? (draft?.label ?? "") : ""]);
  const tooLong = draft !== undefined && (over(used, draft.most_text) || over(alt.length, draft.most_alt));
  return { caption, setCaption, alt, setAlt, used, tooLong, label: draft?.label ?? "" };
}

function Texts({ draft, words }: { draft: PostDraft | undefined; words: ReturnType<typeof useWords> }): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <Words
        label={t("publish.caption")}
        value={words.caption}
        used={words.used}
        most={draft?.most_text ?? 0}
        onChange={words.setCaption}
      />
      <Words
        label={t("publish.alt")}
        help={t("publish.altHelp")}
        value={words.alt}
        used={words.alt.length}
        most={draft?.most_alt ?? 0}
        onChange={words.setAlt}
      />
    </>
  );
}

/** Characters of parts that stand apart by an empty line. */
function lengthOf(parts: string[]): number {
  return parts.filter(Boolean).join("\n\n").length;
}

type WhereProps = {
  settings: { channel: string; preset: string };
  channels: readonly Channel[];
  exports: readonly ExportPreset[];
  onChange: (some: { channel?: string; preset?: string }) => void;
};

/** With which account, in which shape. */
function Where({ settings, channels, exports, onChange }: WhereProps): ReactNode {
  const { t } = useTranslation();
  const groups = grouped(exports).filter(({ name }) => name === "web" || name === "networks");
  return (
    <>
      <Field label={t("publish.account")}>
        {(id) => (
          <select
            id={id}
            className={download.select}
            value={settings.channel}
            onChange={(event) => onChange({ channel: event.currentTarget.value })}
          >
            {channels.map(({ name, host }) => (
              <option key={name} value={name}>{`${name} · ${host}`}</option>
            ))}
          </select>
        )}
      </Field>
      <Field label={t("publish.shape")}>
        {(id) => (
          <select
            id={id}
            className={download.select}
            value={settings.preset}
            onChange={(event) => onChange({ preset: event.currentTarget.value })}
          >
            {groups.map((group) => (
              <optgroup key={group.name} label={t(`download.group_${group.name}`)}>
                {group.presets.map(({ name, label }) => (
                  <option key={name} value={name}>
                    {exportText(t, name, label)}
                  </option>
                ))}
              </optgroup>
            ))}
          </select>
        )}
      </Field>
    </>
  );
}

function Trouble({ text }: { text: string | null }): ReactNode {
  if (text === null) return null;
  return (
    <p className={css.bad} role="alert">
      {text}
    </p>
  );
}

/** How far a place is cannot be told: the bar moves by itself. */
function Going({ channel, busy }: { channel: Channel; busy: boolean }): ReactNode {
  const { t } = useTranslation();
  if (!busy) return null;
  const text = t("publish.sending", { host: channel.host });
  return (
    <p className={download.size} role="status">
      <progress className={download.progress} aria-label={text} />
      <span>{text}</span>
    </p>
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
    <div className={css.picture} aria-busy={working}>
      {draft && <img src={`data:image/jpeg;base64,${draft.picture}`} alt={draft.alt} />}
      <p className={css.hint} role="status">
        {working || !draft ? t("publish.drawing") : t("download.pixels", { width: draft.width, height: draft.height })}
      </p>
    </div>
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
