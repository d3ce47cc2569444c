/** Names of tools, groups, panels and presets: the language's own word, else the server's label. */

import type { TFunction } from "i18next";
import { type Catalogue, type Tool, mainControl } from "@/api/catalogue";
import { keyed, word } from "@/kit/i18n/word";

export function groupText(t: TFunction, group: string): string {
  return word(t, `groups.${keyed(group)}`, group);
}

export function panelText(t: TFunction, catalogue: Catalogue | undefined, name: string): string {
  const label = catalogue?.panels.find((panel) => panel.name === name)?.label ?? name;
  return word(t, `panels.${keyed(name)}`, label);
}

export function presetText(t: TFunction, name: string, label: string = name): string {
  return word(t, `presets.${keyed(name)}`, label);
}

export function presetHelp(t: TFunction, name: string, summary: string): string {
  return word(t, `presets.help_${keyed(name)}`, summary);
}

export function optionText(t: TFunction, option: string): string {
  return word(t, `options.${keyed(option)}`, option.replaceAll("_", " "));
}

/** A tool's name, or with `field` the name of one of its controls; its main slider is the tool. */
export function opText(
  t: TFunction,
  catalogue: Catalogue | undefined,
  op: string,
  field?: string,
): string {
  const tool = catalogue?.tools.find((each) => each.op === op);
  const main = tool && mainControl(tool)?.field;
  if (field && field !== main) return fieldText(t, tool, op, field);
  return word(t, `ops.${op}.label`, tool?.label ?? op);
}

function fieldText(t: TFunction, tool: Tool | undefined, op: string, field: string): string {
  const label = tool?.controls.find((control) => control.field === field)?.label ?? field;
  return word(t, `ops.${op}.${field}`, word(t, `fields.${field}`, label));
}

/** What a control does, in a sentence: the tooltip. */
export function helpText(t: TFunction, op: string, field: string, fallback: string): string {
  return word(t, `ops.${op}.help_${field}`, word(t, `fields.help_${field}`, fallback));
}

/** What a brush tool does to the places that are painted. */
export function brushHelp(t: TFunction, op: string, fallback: string): string {
  return word(t, `brush.toolHelp.${op}`, fallback);
}

/** A place that pictures go to. */
export function exportText(t: TFunction, name: string, label: string): string {
  return word(t, `exports.${keyed(name)}`, label);
}

/** A part of a face that something covers. */
export function featureText(t: TFunction, feature: string): string {
  return word(t, `report.feature.${keyed(feature)}`, feature);
}
