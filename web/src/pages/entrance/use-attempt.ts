import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Doing, refusalOf } from "@/people/refusals";

type Attempt = {
  busy: boolean;
  /** Why the last attempt failed, in the person's language. */
  wrong: string | null;
  attempt: (work: () => Promise<void>) => void;
};

/** Tries something with the server, once at a time, and says why it did not work. */
export function useAttempt(doing: Doing, before: string | null = null): Attempt {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [wrong, setWrong] = useState(before);
  const attempt = (work: () => Promise<void>) => {
    setBusy(true);
    setWrong(null);
    work()
      .catch((error: unknown) => setWrong(refusalOf(t, error, doing)))
      .finally(() => setBusy(false));
  };
  return { busy, wrong, attempt };
}
