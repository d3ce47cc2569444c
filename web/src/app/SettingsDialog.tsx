import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { GuideSection } from "@/app/GuideSection";
import { openAppDialog } from "@/kit/app-dialogs";
import css from "@/kit/Dialogs.module.css";
import { Field, Segments, SwitchLine } from "@/kit/Form";
import { LANGUAGES, type Language } from "@/kit/i18n";
import { Modal } from "@/kit/Modal";
import { setPref, usePrefs } from "@/kit/prefs";

export function SettingsDialog(): ReactNode {
  const { t, i18n } = useTranslation();
  const { theme, wheelZooms, letterKeys } = usePrefs();
  return (
    <Modal title={t("settings.title")} onClose={() => openAppDialog(null)}>
      <Segments
        label={t("settings.theme")}
        value={theme}
        options={[
          { value: "system", text: t("settings.system") },
          { value: "dark", text: t("settings.dark") },
          { value: "light", text: t("settings.light") },
        ]}
        onChange={(next) => setPref({ theme: next })}
      />
      <Field label={t("settings.language")}>
        {(id) => (
          <select
            id={id}
            className={css.text}
            value={i18n.language}
            onChange={(event) => setPref({ language: event.currentTarget.value as Language })}
          >
            {LANGUAGES.map(({ code, name }) => (
              <option key={code} value={code} lang={code}>
                {name}
              </option>
            ))}
          </select>
        )}
      </Field>
      <SwitchLine
        text={t("settings.wheel")}
        note={t("settings.wheelHelp")}
        on={wheelZooms}
        onChange={(on) => setPref({ wheelZooms: on })}
      />
      <SwitchLine
        text={t("settings.letters")}
        note={t("settings.lettersHelp")}
        on={letterKeys}
        onChange={(on) => setPref({ letterKeys: on })}
      />
      <GuideSection />
    </Modal>
  );
}
