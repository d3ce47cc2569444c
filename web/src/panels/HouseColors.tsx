import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useHouseColors } from "@/api/guide";
import { Tip } from "@/kit/Button";
import css from "@/panels/Color.module.css";

type Props = { value: string | null; onPick: (hex: string) => void };

/** The colors of the style guide, beside a field that takes any color. */
export function HouseColors({ value, onPick }: Props): ReactNode {
  const { t } = useTranslation();
  const house = useHouseColors();
  if (house.length === 0) return null;
  return (
    <div className={css.house} role="group" aria-label={t("style.colors")}>
      {house.map(([name, hex]) => (
        <Tip key={name} label={name}>
          <button
            type="button"
            className={css.swatch}
            style={{ backgroundColor: hex }}
            aria-label={t("color.brand", { name, hex })}
            aria-pressed={hex === value}
            onClick={() => onPick(hex)}
          />
        </Tip>
      ))}
    </div>
  );
}
