import type { TFunction } from "i18next";
import { announce } from "@/kit/announce";
import { notify } from "@/kit/notices";

/** Puts a text on the clipboard and says so; where the browser forbids it, it is copied by hand. */
export function copyText(t: TFunction, text: string): void {
  navigator.clipboard.writeText(text).then(
    () => notify({ kind: "plain", text: t("members.copied") }),
    () => announce(t("members.copyByHand")),
  );
}
