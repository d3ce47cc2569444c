import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { openAppDialog } from "@/kit/app-dialogs";
import { Keys } from "@/kit/Button";
import css from "@/kit/Dialogs.module.css";
import { IS_MAC, SHORTCUTS, type Section, keyCaps } from "@/kit/keys/shortcuts";
import { Modal } from "@/kit/Modal";

const SECTIONS: Section[] = ["edit", "brush", "compare", "view", "people", "file"];

/** The keyboard map, searchable; from the same table that binds the keys. */
export function KeysDialog(): ReactNode {
  const { t } = useTranslation();
  const search = useRef<HTMLInputElement>(null);
  const [wanted, setWanted] = useState("");
  const found = SHORTCUTS.filter(({ id }) =>
    t(`keys.${id}`).toLowerCase().includes(wanted.trim().toLowerCase()),
  );
  return (
    <Modal title={t("keys.title")} wide first={search} onClose={() => openAppDialog(null)}>
      <input
        ref={search}
        className={`${css.text ?? ""} ${css.search ?? ""}`}
        type="search"
        placeholder={t("keys.search")}
        aria-label={t("keys.search")}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      {found.length === 0 && <p className={css.note}>{t("keys.none")}</p>}
      <div className={css.columns}>
        {SECTIONS.map((section) => {
          const own = found.filter((shortcut) => shortcut.section === section);
          if (own.length === 0) return null;
          return (
            <section key={section} className={css.section}>
              <h3>{t(`keys.section.${section}`)}</h3>
              <ul>
                {own.map(({ id, chords }) => (
                  <li key={id} className={css.key}>
                    {t(`keys.${id}`)}
                    <span className={css.chords}>
                      {chords.map((chord) => (
                        <Keys key={JSON.stringify(chord)} caps={keyCaps(chord, IS_MAC)} />
                      ))}
                    </span>
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
      </div>
      <p className={css.note}>{t("keys.mouse")}</p>
    </Modal>
  );
}
