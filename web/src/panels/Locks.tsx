import { Lock as Closed, LockOpen } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue } from "@/api/catalogue";
import type { Lock } from "@/api/types";
import { withLock } from "@/document/recipe";
import { commit, recipeNow, shownRecipe, useDocument } from "@/document/store";
import { Tip } from "@/kit/Button";
import { Toggle } from "@/kit/Toggle";
import css from "@/panels/Panel.module.css";

/** Guards of skin and color, by the panel whose sliders they hold. */
const CHIPS: Record<string, Lock[]> = { face: ["natural", "skin_tone"], makeup: ["natural"], reshape: [], adjust: [] };
const GUARDS = ["identity", "straight_lines"] as const;

function turn(catalogue: Catalogue, lock: Lock, on: boolean): void {
  commit(`lock ${lock} ${on ? "on" : "off"}`, withLock(recipeNow(), catalogue.tools, lock, on));
}

export function LockChips({ catalogue, panel }: { catalogue: Catalogue; panel: string }): ReactNode {
  const { t } = useTranslation();
  const locks = useDocument((s) => shownRecipe(s).locks);
  const own = CHIPS[panel] ?? [];
  if (own.length === 0) return null;
  return (
    <div className={css.locks}>
      {own.map((lock) => {
        const on = locks[lock];
        const Icon = on ? Closed : LockOpen;
        return (
          <Tip key={lock} label={t(`lock.${lock}_${on ? "on" : "off"}`)}>
            <button
              type="button"
              className={css.lock}
              aria-pressed={on}
              onClick={() => turn(catalogue, lock, !on)}
            >
              <Icon size={13} aria-hidden="true" />
              {t(`lock.${lock}`)}
            </button>
          </Tip>
        );
      })}
    </div>
  );
}

/** What a person should know before a face changes its shape, and the guards against too much. */
export function ReshapeGuards({ catalogue }: { catalogue: Catalogue }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className={css.guards}>
      <p className={css.guardNote}>{t("reshape.recorded")}</p>
      {GUARDS.map((lock) => (
        <Guard key={lock} catalogue={catalogue} lock={lock} />
      ))}
    </div>
  );
}

function Guard({ catalogue, lock }: { catalogue: Catalogue; lock: (typeof GUARDS)[number] }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const on = useDocument((s) => shownRecipe(s).locks[lock]);
  return (
    <div className={css.guard}>
      <span className={css.optionText}>
        <span id={id}>{t(`lock.${lock}`)}</span>
        <small className={css.guardHelp}>{t(`lock.${lock}_${on ? "on" : "off"}`)}</small>
      </span>
      <Toggle labelId={id} on={on} onChange={(next) => turn(catalogue, lock, next)} />
    </div>
  );
}
