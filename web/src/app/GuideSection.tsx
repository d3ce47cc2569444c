import { type ReactNode, useRef } from "react";
import { useTranslation } from "react-i18next";
import { saidOf } from "@/api/client";
import { bringGuide, dropGuide, guideUrl, useGuide } from "@/api/guide";
import { useMe } from "@/api/people";
import css from "@/app/App.module.css";
import { Button } from "@/kit/Button";
import { notify } from "@/kit/notices";

/** The style guide of the workspace: its name, its colors, and another in its place. */
export function GuideSection(): ReactNode {
  const { t } = useTranslation();
  const guide = useGuide();
  const may = useMe().data?.role !== "viewer";
  const input = useRef<HTMLInputElement>(null);
  const attempt = (work: Promise<void>) =>
    void work.catch((error: unknown) => notify({ kind: "bad", text: saidOf(error, t("style.failed")) }));
  if (guide === undefined) return null;
  const colors = Object.entries(guide?.colors ?? {});
  return (
    <section className={css.guide} aria-labelledby="style-guide">
      <h3 id="style-guide">{t("style.title")}</h3>
      {guide === null ? (
        <p>{t("style.none")}</p>
      ) : (
        <>
          <p>{t("style.version", { name: guide.name, version: guide.version })}</p>
          {colors.length === 0 && <p>{t("style.noColors")}</p>}
          <ul className={css.houseColors} aria-label={t("style.colors")}>
            {colors.map(([name, hex]) => (
              <li key={name}>
                <span style={{ backgroundColor: hex }} />
                {name}
              </li>
            ))}
          </ul>
        </>
      )}
      <p className={css.guideButtons}>
        {may && <Button onClick={() => input.current?.click()}>{t(guide === null ? "style.bring" : "style.other")}</Button>}
        {guide !== null && (
          <a className={css.guideFile} href={guideUrl()} download="style-guide.zip">
            {t("style.save")}
          </a>
        )}
        {may && guide !== null && <Button onClick={() => attempt(dropGuide())}>{t("style.remove")}</Button>}
      </p>
      <input
        ref={input}
        type="file"
        hidden
        aria-label={t("style.bring")}
        accept=".json,.zip,application/json,application/zip"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = "";
          if (file) attempt(bringGuide(file));
        }}
      />
    </section>
  );
}
