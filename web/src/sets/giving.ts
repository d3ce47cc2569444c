/** Giving settings to many photos: how far it is, an end before its end, and what failed. */

import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { saidOf } from "@/api/client";
import type { Part } from "@/api/sets";
import type { Applied } from "@/api/types";
import { notify } from "@/kit/notices";
import { type Source, give, outcome } from "@/sets/clipboard";
import { openSetDialog } from "@/sets/set-dialogs";

const NOBODY: Applied = { changed: [], same: [], failed: [] };

export type Giving = ReturnType<typeof useGiving>;

export function useGiving(set: string, source: Source) {
  const { t } = useTranslation();
  const [done, setDone] = useState<number | null>(null);
  const [total, setTotal] = useState(0);
  /** What came of all runs; photos that failed are tried again, or left. */
  const came = useRef<Applied>(NOBODY);
  const [failed, setFailed] = useState<Applied["failed"]>([]);
  const stopping = useRef(new AbortController());
  const close = (stopped: boolean) => {
    const text = stopped ? t("sets.applyStopped", { count: came.current.changed.length }) : outcome(came.current);
    notify({ kind: came.current.failed.length > 0 ? "lasting" : "plain", text });
    openSetDialog(null);
  };
  const run = async (projects: string[], part: Part) => {
    stopping.current = new AbortController();
    setFailed([]);
    setTotal(projects.length);
    setDone(0);
    try {
      const now = await give(set, projects, source, part, setDone, stopping.current.signal);
      const { changed, same } = came.current;
      came.current = { changed: [...changed, ...now.changed], same: [...same, ...now.same], failed: now.failed };
      setDone(null);
      if (now.failed.length > 0) setFailed(now.failed);
      else close(stopping.current.signal.aborted);
    } catch (error) {
      notify({ kind: "bad", text: saidOf(error, t("sets.applyFailed")) });
      setDone(null);
    }
  };
  return { done, total, failed, run, stop: () => stopping.current.abort(), skip: () => close(false) };
}
