import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useView } from "@/canvas/view-store";
import { SwitchLine } from "@/kit/Form";

/** Marks where the cut-out mixes people and ground: what a retoucher looks at first. */
export function Unsure(): ReactNode {
  const { t } = useTranslation();
  const on = useView((s) => s.unsure);
  return (
    <SwitchLine
      text={t("background.unsure")}
      note={t("background.unsureHelp")}
      on={on}
      onChange={(unsure) => useView.setState({ unsure })}
    />
  );
}
