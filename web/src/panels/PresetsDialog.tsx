import type { TFunction } from "i18next";
import { Download, GripVertical, Star, Trash2, Upload } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { ApiError } from "@/api/client";
import { refusalText } from "@/api/refusals";
import type { OwnPreset, Project } from "@/api/types";
import { announce } from "@/kit/announce";
import { Button, IconButton, classes } from "@/kit/Button";
import { Modal, ModalFooter } from "@/kit/Modal";
import { notify } from "@/kit/notices";
import { useOrder } from "@/kit/use-order";
import { BuiltInPresets } from "@/panels/BuiltInPresets";
import {
  changePreset,
  deletePreset,
  exportPresets,
  importPresets,
  orderPresets,
  useOwnPresets,
} from "@/panels/own-presets";
import { OwnPresetPicture } from "@/panels/OwnPresetPicture";
import css from "@/panels/PresetsDialog.module.css";
import { openDialog } from "@/panels/workbench";

const LONGEST = 80;
const READ = ".json,.cube,.xmp";

/** Says why something was not done, in the server's words where it had some. */
function complain(t: TFunction, error: unknown): void {
  const said = error instanceof ApiError ? refusalText(t, error.problem) : null;
  notify({ kind: "bad", text: said ? `${said.title} ${said.help}` : t("save.tryAgain") });
}

export function deleteWithUndo(t: TFunction, preset: OwnPreset): void {
  deletePreset(preset).then(
    (back) => {
      const action = { label: t("bar.undo"), run: () => void back().catch((error: unknown) => complain(t, error)) };
      notify({ kind: "plain", text: t("ownPresets.removed", { name: preset.name }), action });
    },
    (error: unknown) => complain(t, error),
  );
}

/** A person's own presets: names, favourites, order, files. */
export function PresetsDialog({ project }: { project: Project }): ReactNode {
  const { t } = useTranslation();
  const own = useOwnPresets();
  const { order, dragged, handle } = useOrder(
    own.map(({ id }) => id),
    (ids, id) => {
      const name = own.find((each) => each.id === id)?.name ?? "";
      announce(t("ownPresets.moved", { name, place: ids.indexOf(id) + 1, count: ids.length }));
      orderPresets(ids).catch((error: unknown) => complain(t, error));
    },
  );
  const rows = order.map((id) => own.find((each) => each.id === id)).filter((each) => each !== undefined);
  return (
    <Modal title={t("ownPresets.manage")} onClose={() => openDialog(null)}>
      <p className={css.note}>{t(own.length > 0 ? "ownPresets.help" : "ownPresets.none")}</p>
      <ul className={css.list}>
        {rows.map((preset) => (
          <li key={preset.id} className={classes(css.row, preset.id === dragged && css.dragged)}>
            <button
              type="button"
              className={css.handle}
              aria-label={t("ownPresets.move", { name: preset.name })}
              {...handle(preset.id)}
            >
              <GripVertical size={16} aria-hidden="true" />
            </button>
            <span className={css.picture}>
              <OwnPresetPicture project={project} preset={preset} />
            </span>
            <Name preset={preset} />
            <IconButton
              label={t("ownPresets.star", { name: preset.name })}
              pressed={preset.favourite}
              className={classes(css.star, preset.favourite && css.starred)}
              onClick={() => {
                changePreset(preset.id, { favourite: !preset.favourite }).catch((error: unknown) => complain(t, error));
              }}
            >
              <Star size={16} aria-hidden="true" />
            </IconButton>
            <IconButton label={t("ownPresets.remove", { name: preset.name })} onClick={() => deleteWithUndo(t, preset)}>
              <Trash2 size={16} aria-hidden="true" />
            </IconButton>
          </li>
        ))}
      </ul>
      <Files empty={own.length === 0} />
      <BuiltInPresets project={project} />
    </Modal>
  );
}

/** The name, to be typed over: Enter or leaving the field keeps it, Escape takes it back. */
function Name({ preset }: { preset: OwnPreset }): ReactNode {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const keep = () => {
    const name = typed?.trim();
    setTyped(null);
    if (!name || name === preset.name) return;
    changePreset(preset.id, { name }).catch((error: unknown) => {
      const taken = error instanceof ApiError && error.problem.code === "taken";
      if (taken) notify({ kind: "bad", text: t("ownPresets.taken", { name }) });
      else complain(t, error);
    });
  };
  return (
    <input
      className={css.name}
      aria-label={t("ownPresets.nameOf", { name: preset.name })}
      maxLength={LONGEST}
      value={typed ?? preset.name}
      onChange={(event) => setTyped(event.currentTarget.value)}
      onBlur={keep}
      onKeyDown={(event) => {
        if (event.key === "Enter") event.currentTarget.blur();
        if (event.key !== "Escape" || typed === null) return;
        event.stopPropagation();
        setTyped(null);
      }}
    />
  );
}

function Files({ empty }: { empty: boolean }): ReactNode {
  const { t } = useTranslation();
  const field = useRef<HTMLInputElement>(null);
  const take = async (file: File) => {
    const { added, left } = await importPresets(file);
    const what = left.length > 0 ? ` ${t("ownPresets.left", { what: left.join("; ") })}` : "";
    const said = added > 0 ? t("ownPresets.imported", { count: added }) : t("ownPresets.nothingNew");
    notify({ kind: what ? "lasting" : "plain", text: said + what });
  };
  return (
    <ModalFooter>
      <input
        ref={field}
        type="file"
        hidden
        accept={READ}
        data-presets-file
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          event.currentTarget.value = "";
          if (file) take(file).catch((error: unknown) => complain(t, error));
        }}
      />
      <Button title={t("ownPresets.importHelp")} onClick={() => field.current?.click()}>
        <Upload size={15} aria-hidden="true" />
        {t("ownPresets.import")}
      </Button>
      <Button disabled={empty} onClick={() => void exportPresets().catch((error: unknown) => complain(t, error))}>
        <Download size={15} aria-hidden="true" />
        {t("ownPresets.export")}
      </Button>
    </ModalFooter>
  );
}
