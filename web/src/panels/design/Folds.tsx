import { ChevronDown } from "lucide-react";
import { type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { setPref, usePrefs } from "@/kit/prefs";
import { Chips } from "@/panels/design/Chips";
import css from "@/panels/design/Design.module.css";
import { USUAL, useDesign } from "@/panels/design/design-store";
import { Settings } from "@/panels/design/Settings";

/** Words to add, and what else can be asked: heads side by side, one body each below. */
export function Folds(): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const folded = usePrefs((s) => s.folded);
  // Once there are candidates, the words give them their place.
  const fresh = useDesign((s) => s.asking.words.round === null && s.asking.words.state === "idle");
  const changed = useDesign((s) => !s.keep || JSON.stringify(s.settings) !== JSON.stringify(USUAL));
  const folds = [
    { name: "words", open: !(folded["design/words"] ?? !fresh), changed: false, body: <Chips /> },
    { name: "settings", open: folded["design/settings"] === false, changed, body: <Settings /> },
  ] as const;
  return (
    <>
      <div className={css.foldHead}>
        {folds.map(({ name, open, changed: dirty }) => (
          <button
            key={name}
            type="button"
            className={css.fold}
            aria-expanded={open}
            aria-controls={`${id}-${name}`}
            onClick={() => setPref({ folded: { ...usePrefs.getState().folded, [`design/${name}`]: open } })}
          >
            <ChevronDown size={14} aria-hidden="true" />
            {t(`design.${name}`)}
            {dirty && <span className={css.dot} role="img" aria-label={t("panel.changed")} />}
          </button>
        ))}
      </div>
      {folds.map(({ name, open, body }) => (
        <div key={name} id={`${id}-${name}`} hidden={!open}>
          {open && body}
        </div>
      ))}
    </>
  );
}
