import { Tooltip } from "@base-ui/react/tooltip";
import type { ButtonHTMLAttributes, ReactNode, Ref } from "react";
import css from "@/kit/Button.module.css";

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "className"> & {
  className?: string | undefined;
  look?: "strong" | "plain" | "quiet";
  ref?: Ref<HTMLButtonElement>;
};

export function Button({ look = "plain", className, ...props }: ButtonProps): ReactNode {
  return <button type="button" className={classes(css.button, css[look], className)} {...props} />;
}

type IconButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** What the button does: its name and its tooltip. */
  label: string;
  /** Keys that do the same, shown beside the label. */
  keys?: string[] | undefined;
  pressed?: boolean | undefined;
  ref?: Ref<HTMLButtonElement>;
};

export function IconButton({ label, keys, pressed, className, ...props }: IconButtonProps): ReactNode {
  return (
    <Tip label={label} keys={keys} repeats>
      <button
        type="button"
        aria-label={label}
        aria-pressed={pressed}
        className={classes(css.icon, className)}
        {...props}
      />
    </Tip>
  );
}

/** Tooltips stay off the bar at the top: what is to be clicked next stands there. CSS pixels. */
const CLEAR = { top: 52, right: 6, bottom: 6, left: 6 };

type TipProps = {
  label: ReactNode;
  keys?: string[] | undefined;
  /** Whether it says what the name says: nobody needs to hear it twice. */
  repeats?: boolean;
  children: React.ReactElement;
};

/** A tooltip for pointers and keyboards; the name itself stands in aria-label. */
export function Tip({ label, keys, repeats, children }: TipProps): ReactNode {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger render={children} />
      <Tooltip.Portal>
        <Tooltip.Positioner sideOffset={6} collisionPadding={CLEAR} className={css.layer}>
          <Tooltip.Popup className={css.tip} aria-hidden={repeats}>
            {label}
            {keys && <Keys caps={keys} />}
          </Tooltip.Popup>
        </Tooltip.Positioner>
      </Tooltip.Portal>
    </Tooltip.Root>
  );
}

export function Keys({ caps }: { caps: string[] }): ReactNode {
  return (
    <span className={css.keys}>
      {caps.map((cap) => (
        <kbd key={cap}>{cap}</kbd>
      ))}
    </span>
  );
}

export function classes(...names: (string | false | null | undefined)[]): string {
  return names.filter(Boolean).join(" ");
}
