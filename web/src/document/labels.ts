/**
 * Labels of history steps: short words that every language can say in its own way.
 *
 * `set smooth.amount 35` · `eye smooth off` · `reset smooth` · `group Skin` · `panel face` · `amount face 80` ·
 * `lock natural off` · `preset natural` · `natural face` · `spot heal` · `person exclude` · `name` · `own smooth` ·
 * `stroke dodge` · `unstroke dodge` · `crop angle` · `look Film noir` · `open` · `goto 12` · `undo 12`.
 */

import type { TFunction } from "i18next";
import type { Catalogue } from "@/api/catalogue";
import type { Lock } from "@/api/types";
import { minus } from "@/kit/i18n/format";
import { word } from "@/kit/i18n/word";
import { groupText, opText, optionText, panelText, presetText } from "@/document/names";

export function gotoLabel(revision: number): string {
  return `goto ${revision}`;
}

/** Of a step that takes back an earlier one and leaves what others did since. */
export function backLabel(revision: number): string {
  return `undo ${revision}`;
}

/** The id of the entry that a step took back, or null for another label. */
export function backTarget(label: string): string | null {
  const found = /^undo (\d+)$/.exec(label);
  return found ? `r${found[1] ?? ""}` : null;
}

/** The id of the entry that an undo, redo or jump went to, or null for another label. */
export function gotoTarget(label: string): string | null {
  const found = /^goto (\d+)$/.exec(label);
  return found ? `r${found[1] ?? ""}` : null;
}

type Teller = (words: string[], t: TFunction, catalogue: Catalogue | undefined) => string;

const SPOTS: Record<string, `history.spot${"Add" | "Heal" | "HealAll" | "KeepAll" | "Remove"}`> = {
  add: "history.spotAdd",
  heal: "history.spotHeal",
  healAll: "history.spotHealAll",
  keepAll: "history.spotKeepAll",
  remove: "history.spotRemove",
};

const TELLERS: Record<string, Teller> = {
  open: (_words, t) => t("history.open"),
  set: ([path = "", value = ""], t, catalogue) => {
    const [op = "", field = ""] = path.split(".");
    return t("history.set", { name: opText(t, catalogue, op, field), value: valueText(value, t) });
  },
  eye: ([op = "", state = ""], t, catalogue) =>
    t(state === "off" ? "history.hide" : "history.show", { name: opText(t, catalogue, op) }),
  reset: ([op = ""], t, catalogue) => t("history.reset", { name: opText(t, catalogue, op) }),
  group: (words, t) => t("history.reset", { name: groupText(t, words.join(" ")) }),
  panel: ([name = ""], t, catalogue) =>
    t("history.reset", { name: panelText(t, catalogue, name) }),
  amount: ([panel = "", value = ""], t, catalogue) =>
    t("history.amount", { name: panelText(t, catalogue, panel), value }),
  lock: ([lock = "", state = ""], t) =>
    t(state === "on" ? "history.lockOn" : "history.lockOff", { name: t(`lock.${lockOf(lock)}`) }),
  natural: (_words, t) => t("history.natural"),
  preset: (words, t) => t("history.preset", { name: presetText(t, words.join(" ")) }),
  look: (words, t) => t("history.look", { name: words.join(" ") }),
  spot: ([action = ""], t) => t(SPOTS[action] ?? "history.spotKeep"),
  paste: (_words, t) => t("history.paste"),
  person: ([action = ""], t) => t(action === "exclude" ? "history.exclude" : "history.include"),
  undo: (_words, t) => t("history.back"),
  goto: (_words, t) => t("history.earlier"),
  name: (_words, t) => t("history.name"),
  own: ([op = ""], t, catalogue) =>
    op === "all" ? t("people.sameAsEveryone") : t("history.own", { name: opText(t, catalogue, op) }),
  crop: ([what = ""], t) => word(t, `history.crop.${what}`, t("crop.title")),
  stroke: ([op = ""], t, catalogue) => t("history.stroke", { name: opText(t, catalogue, op) }),
  unstroke: ([op = ""], t, catalogue) => t("history.unstroke", { name: opText(t, catalogue, op) }),
};

const LOCKS: readonly Lock[] = ["natural", "skin_tone", "identity", "straight_lines"];

function lockOf(name: string): Lock {
  return LOCKS.find((lock) => lock === name) ?? "natural";
}

function valueText(value: string, t: TFunction): string {
  if (value === "true") return t("common.on");
  if (value === "false") return t("common.off");
  if (/^[a-z][a-z_]*$/.test(value)) return optionText(t, value);
  return minus(value);
}

/** What a person reads for a label; labels of other programs stay as they are. */
export function labelText(label: string, t: TFunction, catalogue: Catalogue | undefined): string {
  const [verb = "", ...words] = label.split(" ");
  const tell = Object.hasOwn(TELLERS, verb) ? TELLERS[verb] : undefined;
  return tell ? tell(words, t, catalogue) : label;
}
