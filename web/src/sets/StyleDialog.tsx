import type { TFunction } from "i18next";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "wouter";
import type { Catalogue } from "@/api/catalogue";
import { saidOf } from "@/api/client";
import { CHECKED_AT_ONCE, checkStyle, useGuide } from "@/api/guide";
import { useCatalogue } from "@/api/queries";
import { useSetPhotos } from "@/api/sets";
import type { Breach, StyleAnswer } from "@/api/types";
import { opText } from "@/document/names";
import { openAppDialog } from "@/kit/app-dialogs";
import { Button } from "@/kit/Button";
import { Modal, ModalFooter } from "@/kit/Modal";
import { notify } from "@/kit/notices";
import { chooseAll } from "@/sets/selection";
import { openSetDialog } from "@/sets/set-dialogs";
import css from "@/sets/Sets.module.css";
import { useTargets } from "@/sets/Targets";

/** Which photos of the set, as they are finished now, break the style guide. */
export function StyleDialog({ set }: { set: string }): ReactNode {
  const { t } = useTranslation();
  const guide = useGuide();
  const { all } = useTargets(set);
  const { found, done, begin, stop } = useCheck(set, all);
  const close = () => openSetDialog(null);
  if (!guide) {
    return (
      <Modal title={t("style.checkTitle")} onClose={close}>
        <p>{guide === null && t("style.none")}</p>
        <ModalFooter>
          <Button
            look="strong"
            onClick={() => {
              close();
              openAppDialog("settings");
            }}
          >
            {t("style.toSettings")}
          </Button>
        </ModalFooter>
      </Modal>
    );
  }
  const bad = found?.photos.filter(({ breaches }) => breaches.length > 0) ?? [];
  return (
    <Modal title={t("style.checkTitle")} wide onClose={close}>
      <p className={css.note}>{t("style.version", { name: guide.name, version: guide.version })}</p>
      {done !== null && (
        <p role="status">
          {t("style.checked", { done, total: all.length })}
          <progress className={css.progress} max={all.length} value={done} aria-label={t("style.checking")} />
        </p>
      )}
      {found && <Found set={set} found={found} bad={bad} />}
      <ModalFooter>
        {done === null ? <Button onClick={close}>{t("common.close")}</Button> : <Button onClick={stop}>{t("sets.stop")}</Button>}
        {bad.length > 0 && (
          <Button
            onClick={() => {
              chooseAll(bad.map(({ project }) => project));
              close();
            }}
          >
            {t("style.choose")}
          </Button>
        )}
        <Button look="strong" disabled={done !== null || all.length === 0} onClick={() => void begin()}>
          {t("style.check", { count: all.length })}
        </Button>
      </ModalFooter>
    </Modal>
  );
}

type FoundProps = { set: string; found: StyleAnswer; bad: StyleAnswer["photos"] };

function Found({ set, found, bad }: FoundProps): ReactNode {
  const { t } = useTranslation();
  const { data: catalogue } = useCatalogue();
  const { data: photos = [] } = useSetPhotos(set);
  const names = new Map(photos.map(({ project, name }) => [project, name]));
  return (
    <>
      <p role="status">
        {t("style.keep", { count: found.photos.length - bad.length })} {t("style.break", { count: bad.length })}
      </p>
      <ul className={css.said}>
        {bad.map(({ project, breaches }) => (
          <li key={project}>
            <Link href={`/edit/${project}`}>{names.get(project)}</Link>
            <ul>
              {breaches.map((breach, k) => (
                <li key={k}>{sentence(t, catalogue, breach)}</li>
              ))}
            </ul>
          </li>
        ))}
        {found.failed.map(({ project, name, message }) => (
          <li key={project}>{t("sets.applyFailedOf", { name, message })}</li>
        ))}
      </ul>
    </>
  );
}

/** A rule that is broken, in words; tools by their names. */
function sentence(t: TFunction, catalogue: Catalogue | undefined, { rule, found, asked, what }: Breach): string {
  const [op = "", field] = what.split(".");
  const tool = rule === "used" || rule === "cap";
  return t(`style.rule_${rule}`, { found, asked: asked.replace(" to ", "–"), what: tool ? opText(t, catalogue, op, field) : what });
}

function useCheck(set: string, projects: string[]) {
  const { t } = useTranslation();
  const [found, setFound] = useState<StyleAnswer | null>(null);
  const [done, setDone] = useState<number | null>(null);
  const stopping = useRef(new AbortController());
  useEffect(() => () => stopping.current.abort(), []);
  const begin = async () => {
    stopping.current = new AbortController();
    const { signal } = stopping.current;
    const all: StyleAnswer = { photos: [], failed: [] };
    setFound(null);
    try {
      for (let start = 0; start < projects.length; start += CHECKED_AT_ONCE) {
        setDone(start);
        const some = await checkStyle(set, projects.slice(start, start + CHECKED_AT_ONCE), signal);
        all.photos.push(...some.photos);
        all.failed.push(...some.failed);
        setFound({ ...all });
      }
    } catch (error) {
      if (!signal.aborted) notify({ kind: "bad", text: saidOf(error, t("desk.notDone")) });
    }
    setDone(null);
  };
  return { found, done, begin, stop: () => stopping.current.abort() };
}
