import { Menu } from "@base-ui/react/menu";
import { type MouseEvent, type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { compareAs, fit, useView, zoomTo } from "@/canvas/view-store";
import { Keys } from "@/kit/Button";
import { type ActionId, capsOf } from "@/kit/keys/shortcuts";
import css from "@/pages/editor/PhotoMenu.module.css";
import { startCopy } from "@/panels/copy";
import { openDialog, openPanel, toggleAlone, toggleFullScreen } from "@/panels/workbench";

type Act = { id: ActionId; run: () => void };

/** What is done with the photo most; the keys of each stand beside it. */
const ACTS: readonly Act[][] = [
  [
    { id: "split", run: () => compareAs("split") },
    { id: "fit", run: fit },
    { id: "actual", run: () => zoomTo(1) },
  ],
  [
    { id: "spots", run: () => openPanel("spots") },
    { id: "fullScreen", run: () => void toggleFullScreen() },
    { id: "panels", run: toggleAlone },
  ],
  [
    { id: "copy", run: startCopy },
    { id: "download", run: () => openDialog("download") },
  ],
];

/** The photo's own menu, at the pointer or at the focused photo. */
export function PhotoMenu({ className, inert, children }: { className?: string; inert: boolean; children: ReactNode }): ReactNode {
  const { t } = useTranslation();
  const [at, setAt] = useState<DOMRect | null>(null);
  const opened = (event: MouseEvent<HTMLElement>) => {
    const photo = event.target instanceof Element ? event.target.closest("[data-canvas]") : null;
    // A finger that rests on the photo looks at the original.
    if (!photo || useView.getState().holding) return;
    event.preventDefault();
    setAt(new DOMRect(event.clientX, event.clientY, 0, 0));
  };
  return (
    <div className={className} inert={inert} onContextMenu={opened}>
      {children}
      <Menu.Root open={at !== null} onOpenChange={(open) => !open && setAt(null)}>
        <Menu.Portal>
          <Menu.Positioner
            className={css.layer}
            anchor={at ? { getBoundingClientRect: () => at } : null}
            side="bottom"
            align="start"
          >
            <Menu.Popup className={css.menu}>
              {ACTS.map((group, place) => (
                <div key={group[0]?.id}>
                  {place > 0 && <Menu.Separator className={css.rule} />}
                  {group.map(({ id, run }) => (
                    <Menu.Item key={id} className={css.item} onClick={run}>
                      <span>{t(`keys.${id}`)}</span>
                      <Keys caps={capsOf(id) ?? []} />
                    </Menu.Item>
                  ))}
                </div>
              ))}
            </Menu.Popup>
          </Menu.Positioner>
        </Menu.Portal>
      </Menu.Root>
    </div>
  );
}
