/** Languages: English comes with the page, the others when they are chosen. */

import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en, type Text } from "@/kit/i18n/en";
import { usePrefs } from "@/kit/prefs";

export const LANGUAGES = [
  { code: "en", name: "English" },
  { code: "zh-CN", name: "简体中文" },
  { code: "es", name: "Español" },
  { code: "de", name: "Deutsch" },
  { code: "fr", name: "Français" },
] as const;

export type Language = (typeof LANGUAGES)[number]["code"];

const LOADERS: Record<Language, () => Promise<Text>> = {
  en: () => Promise.resolve(en),
  "zh-CN": async () => (await import("@/kit/i18n/zh")).zh,
  es: async () => (await import("@/kit/i18n/es")).es,
  de: async () => (await import("@/kit/i18n/de")).de,
  fr: async () => (await import("@/kit/i18n/fr")).fr,
};

/** The best of our languages for what the browser asks for. */
export function preferredLanguage(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const base = tag.toLowerCase().split("-")[0];
    const found = LANGUAGES.find((language) => language.code.split("-")[0] === base);
    if (found) return found.code;
  }
  return "en";
}

export async function setLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "translation")) {
    i18next.addResourceBundle(language, "translation", await LOADERS[language]());
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export async function startLanguages(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
  });
  const chosen = usePrefs.getState().language ?? preferredLanguage(navigator.languages);
  await setLanguage(chosen);
  usePrefs.subscribe((state, before) => {
    if (state.language && state.language !== before.language) void setLanguage(state.language);
  });
}
