import { Menu } from "@base-ui/react/menu";
import { ClipboardPaste, Copy, ListChecks, SlidersHorizontal, Users } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { type ActionId, capsOf } from "@/kit/keys/shortcuts";
import { Keys } from "@/kit/Button";
import { type Source, copySettings, useCopied } from "@/sets/clipboard";
import { pasteSettings } from "@/sets/pasting";
import { useSelection } from "@/sets/selection";
import { openSetDialog } from "@/sets/set-dialogs";
import css from "@/sets/Sets.module.css";

type Props = {
  set: string;
  /** The settings of the photo that the menu speaks of; null where none is known. */
  source: () => Source | null;
  /** Photos that are pasted on. */
  meant: () => string[];
};

/** Copy, paste, and give to others. */
export function SettingsMenu({ set, source, meant }: Props): ReactNode {
  const { t } = useTranslation();
  const copied = useCopied((s) => s.copied);
  const many = useSelection((s) => s.chosen.size > 1);
  const giveTo = (target: "all" | "chosen") => {
    const from = source();
    if (from) openSetDialog({ kind: "settings", source: from, target });
  };
  return (
    <Menu.Root>
      <Menu.Trigger className={css.trigger} aria-label={t("sets.settings")}>
        <SlidersHorizontal size={15} aria-hidden="true" />
        <span className={css.wide}>{t("sets.settings")}</span>
      </Menu.Trigger>
      <Menu.Portal>
        <Menu.Positioner className={css.layer} side="top" align="end" sideOffset={6}>
          <Menu.Popup className={css.menu}>
            <Item
              icon={<Copy size={15} aria-hidden="true" />}
              text={t("sets.copy")}
              action="copySettings"
              onClick={() => {
                const from = source();
                if (from) copySettings(from);
              }}
            />
            <Item
              icon={<ClipboardPaste size={15} aria-hidden="true" />}
              text={t("sets.paste")}
              action="pasteSettings"
              disabled={copied === null}
              onClick={() => void pasteSettings(set, meant())}
            />
            <Item
              text={t("sets.pastePart")}
              disabled={copied === null}
              onClick={() => copied && openSetDialog({ kind: "settings", source: copied, target: "chosen" })}
            />
            <Menu.Separator className={css.line} />
            <Item icon={<Users size={15} aria-hidden="true" />} text={t("sets.applyAll")} onClick={() => giveTo("all")} />
            <Item
              icon={<ListChecks size={15} aria-hidden="true" />}
              text={t("sets.applyChosen")}
              disabled={!many}
              onClick={() => giveTo("chosen")}
            />
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

type ItemProps = { icon?: ReactNode; text: string; action?: ActionId; disabled?: boolean; onClick: () => void };

function Item({ icon, text, action, disabled, onClick }: ItemProps): ReactNode {
  const caps = action && capsOf(action);
  return (
    <Menu.Item className={css.menuItem} disabled={disabled ?? false} onClick={onClick}>
      <span className={css.icon}>{icon}</span>
      {text}
      {caps && (
        <span className={css.keys}>
          <Keys caps={caps} />
        </span>
      )}
    </Menu.Item>
  );
}
