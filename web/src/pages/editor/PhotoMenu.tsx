import { Menu } from "@base-ui/react/menu";
import { type MouseEvent, type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Project } from "@/api/types";
import { placeOn } from "@/canvas/gestures";
import { inHand } from "@/canvas/tool";
import { compareAs, fit, useView, zoomTo } from "@/canvas/view-store";
import type { Point } from "@/canvas/viewport";
import { Keys } from "@/kit/Button";
import { type ActionId, capsOf } from "@/kit/keys/shortcuts";
import css from "@/pages/editor/PhotoMenu.module.css";
import { startCopy } from "@/panels/copy";
import { openDialog, openPanel, toggleAlone, toggleFullScreen } from "@/panels/workbench";
import { SpotItem } from "@/tools/marks/SpotItem";

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

type PhotoMenuProps = { project: Project; className?: string; inert: boolean; children: ReactNode };

/** Where the menu stands: on the page, and on the photo's pane. */
type Place = { rect: DOMRect; at: Point };

/** The photo's own menu, at the pointer or at the focused photo. */
export function PhotoMenu({ project, className, inert, children }: PhotoMenuProps): ReactNode {
  const { t } = useTranslation();
  const [place, setPlace] = useState<Place | null>(null);
  const inside = useRef<HTMLSpanElement>(null);
  const opened = (event: MouseEvent<HTMLElement>) => {
    const photo = event.target instanceof Element ? event.target.closest("[data-canvas]") : null;
    // A finger that rests on the photo looks at the original.
    if (!photo || useView.getState().holding) return;
    event.preventDefault();
    const rect = new DOMRect(event.clientX, event.clientY, 0, 0);
    setPlace({ rect, at: placeOn(photo, event) });
  };
  return (
    <div className={className} inert={inert} onContextMenu={opened}>
      {children}
      <Menu.Root open={place !== null} onOpenChange={(open) => !open && setPlace(null)}>
        <Menu.Portal container={inside}>
          <Menu.Positioner
            positionMethod="fixed"
            className={css.layer}
            anchor={place ? { getBoundingClientRect: () => place.rect } : null}
            side="bottom"
            align="start"
          >
            <Menu.Popup className={css.menu}>
              {place && inHand()?.open !== true && (
                <SpotItem
                  project={project}
                  at={place.at}
                  item={(text, run) => (
                    <>
                      <Menu.Item className={css.item} onClick={run}>
                        {text}
                      </Menu.Item>
                      <Menu.Separator className={css.rule} />
                    </>
                  )}
                />
              )}
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
      <span ref={inside} className={css.inside} />
    </div>
  );
}
