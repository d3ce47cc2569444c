import { Switch } from "@base-ui/react/switch";
import type { ReactNode } from "react";
import css from "@/kit/Toggle.module.css";

type ToggleProps = {
  labelId: string;
  on: boolean;
  onChange: (on: boolean) => void;
  disabled?: boolean;
};

export function Toggle({ labelId, on, onChange, disabled }: ToggleProps): ReactNode {
  return (
    <Switch.Root
      className={css.root}
      aria-labelledby={labelId}
      checked={on}
      disabled={disabled ?? false}
      onCheckedChange={onChange}
    >
      <Switch.Thumb className={css.thumb} />
    </Switch.Root>
  );
}
