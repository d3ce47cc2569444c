import { Minus, Plus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue, Tool } from "@/api/catalogue";
import type { Stroke } from "@/api/types";
import { strokesOf, withoutStrokes } from "@/document/masks";
import { commit, recipeNow, shownRecipe, useDocument } from "@/document/store";
import { IconButton } from "@/kit/Button";
import { useTouch } from "@/kit/use-narrow";
import { useBrush } from "@/tools/brush/brush-store";
import css from "@/tools/brush/Brush.module.css";

type ListProps = { catalogue: Catalogue; tool: Tool };

const NONE: Stroke[] = [];

/** Every stroke of the tool, the latest first, to point at and to delete. */
export function StrokeList({ catalogue, tool }: ListProps): ReactNode {
  const { t } = useTranslation();
  const touch = useTouch();
  const strokes = useDocument((s) => {
    const found = strokesOf(shownRecipe(s), tool, s);
    return found.length > 0 ? found : NONE;
  });
  const remove = (gone: (stroke: Stroke, index: number) => boolean) => {
    useBrush.setState({ pointed: null });
    const recipe = withoutStrokes(recipeNow(), catalogue.tools, tool, useDocument.getState(), gone);
    commit(`unstroke ${tool.op}`, recipe);
  };
  return (
    <section className={css.section}>
      <div className={css.listHead}>
        <h3>{t("brush.strokes")}</h3>
        {strokes.length > 0 && <span className={css.count}>{strokes.length}</span>}
        {strokes.length > 0 && (
          <IconButton label={t("brush.clear")} onClick={() => remove(() => true)}>
            <Trash2 size={15} aria-hidden="true" />
          </IconButton>
        )}
      </div>
      {strokes.length === 0 && <p className={css.hint}>{t("brush.empty")}</p>}
      {strokes.length > 0 && (
        <ul className={css.strokes}>
          {strokes
            .map((stroke, index) => (
              <StrokeRow key={index} stroke={stroke} index={index} onDelete={() => remove((_s, k) => k === index)} />
            ))
            .reverse()}
        </ul>
      )}
      <p className={css.hint}>{t(touch ? "brush.hintTouch" : "brush.hint")}</p>
    </section>
  );
}

type RowProps = { stroke: Stroke; index: number; onDelete: () => void };

function StrokeRow({ stroke, index, onDelete }: RowProps): ReactNode {
  const { t } = useTranslation();
  const number = index + 1;
  const point = (pointed: number | null) => () => useBrush.setState({ pointed });
  const Icon = stroke.mode === "add" ? Plus : Minus;
  return (
    <li
      className={css.stroke}
      onPointerEnter={point(index)}
      onPointerLeave={point(null)}
      onFocus={point(index)}
      onBlur={point(null)}
    >
      <span className={css.sign} data-mode={stroke.mode} aria-hidden="true">
        <Icon size={12} />
      </span>
      <span className={css.strokeName}>
        {t(stroke.mode === "add" ? "brush.strokeAdd" : "brush.strokeRemove", { number })}
      </span>
      <span className={css.place}>{t(stroke.space === "face" ? "brush.onFace" : "brush.onPhoto")}</span>
      <IconButton label={t("brush.delete", { number })} className={css.delete} onClick={onDelete}>
        <Trash2 size={14} aria-hidden="true" />
      </IconButton>
    </li>
  );
}
