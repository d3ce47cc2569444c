import { Activity, Brush, CircleDot, Crop, History, ImagePlus, Keyboard, LayoutTemplate, Maximize2, Settings, SlidersHorizontal, WandSparkles } from "lucide-react";
import type { LucideIcon } from "lucide-react";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { useHandover } from "@/document/handover";
import { openAppDialog } from "@/kit/app-dialogs";
import { useRoving } from "@/kit/roving";
import { SHEET } from "@/kit/use-narrow";
import css from "@/pages/editor/Editor.module.css";
import { type PanelName, openPanel, toggleSheet, useWorkbench } from "@/panels/workbench";
import { pickFiles } from "@/uploads/uploads";

const PANELS: { name: PanelName; icon: LucideIcon }[] = [
  { name: "retouch", icon: SlidersHorizontal },
  { name: "design", icon: WandSparkles },
  { name: "crop", icon: Crop },
  { name: "brush", icon: Brush },
  { name: "spots", icon: CircleDot },
  { name: "upscale", icon: Maximize2 },
  { name: "poster", icon: LayoutTemplate },
  { name: "history", icon: History },
  { name: "report", icon: Activity },
];

export function Rail(): ReactNode {
  const { t } = useTranslation();
  const handover = useHandover();
  const panel = useWorkbench((s) => s.panel);
  const row = useRoving<HTMLElement>();
  useEffect(() => {
    // A phone's bar is longer than its screen: what is open must be seen in it.
    row.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [panel, row]);
  return (
    <nav ref={row} className={css.rail} aria-label={t("rail.label")}>
      {!handover && (
        <>
          <RailButton icon={ImagePlus} text={t("rail.upload")} onClick={pickFiles} />
          <span className={css.railLine} />
        </>
      )}
      {PANELS.map(({ name, icon }) => (
        <RailButton
          key={name}
          icon={icon}
          text={t(`rail.${name}`)}
          current={panel === name}
          onClick={() => pick(name)}
        />
      ))}
      <span className={css.railGap} />
      <RailButton wide icon={Keyboard} text={t("rail.keys")} onClick={() => openAppDialog("keys")} />
      <RailButton icon={Settings} text={t("rail.settings")} onClick={() => openAppDialog("settings")} />
    </nav>
  );
}

/** On a phone a second tap on the same panel shuts its sheet. */
function pick(name: PanelName): void {
  const { panel, sheet } = useWorkbench.getState();
  if (panel === name && sheet > 0 && matchMedia(SHEET).matches) toggleSheet();
  else openPanel(name);
}

type RailButtonProps = {
  icon: LucideIcon;
  text: string;
  current?: boolean;
  /** Left out on phones, which have no keyboard. */
  wide?: boolean;
  onClick: () => void;
};

function RailButton({ icon: Icon, text, current, wide, onClick }: RailButtonProps): ReactNode {
  return (
    <button
      type="button"
      className={css.railButton}
      data-wide={wide ? "" : undefined}
      aria-current={current ? "true" : undefined}
      title={text}
      onClick={onClick}
    >
      <Icon size={19} strokeWidth={1.75} aria-hidden="true" />
      <span>{text}</span>
    </button>
  );
}
