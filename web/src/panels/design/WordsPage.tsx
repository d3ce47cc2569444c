import { CircleStop, WandSparkles } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useId } from "react";
import { useTranslation } from "react-i18next";
import { Button } from "@/kit/Button";
import { cancel, generate } from "@/panels/design/asking";
import { Candidates } from "@/panels/design/Candidates";
import { Examples } from "@/panels/design/Chips";
import css from "@/panels/design/Design.module.css";
import { useDesign } from "@/panels/design/design-store";
import type { DesignProps } from "@/panels/design/DesignPanel";
import { Folds } from "@/panels/design/Folds";
import { Generator } from "@/panels/design/Generator";
import { Heard, NotHeard } from "@/panels/design/Heard";
import { TroubleNote } from "@/panels/design/TroubleNote";

const LONGEST = 2000;

export function WordsPage({ project, catalogue }: DesignProps): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const prompt = useDesign((s) => s.prompt);
  const style = useDesign((s) => s.settings.style);
  const { state, trouble, round } = useDesign((s) => s.asking.words);
  const says = prompt.trim() !== "" || style !== null;
  const keys = (event: KeyboardEvent) => {
    // Shift and Enter make a new line, and Enter that ends a Chinese word means just that.
    if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (says) void generate();
  };
  return (
    <div className={css.page}>
      <div className={css.ask}>
        <label htmlFor={id} className="visually-hidden">
          {t("design.prompt")}
        </label>
        <textarea
          id={id}
          className={css.prompt}
          rows={3}
          maxLength={LONGEST}
          placeholder={t("design.placeholder")}
          value={prompt}
          onChange={(event) => useDesign.setState({ prompt: event.currentTarget.value })}
          onKeyDown={keys}
        />
        <Folds />
        {state === "idle" ? (
          <Button look="strong" className={css.go} disabled={!says} onClick={() => void generate()}>
            <WandSparkles size={16} aria-hidden="true" />
            {t(round ? "design.again" : "design.generate")}
          </Button>
        ) : (
          <Button className={css.go} onClick={() => cancel("words")}>
            <CircleStop size={16} aria-hidden="true" />
            {t("design.cancel")}
          </Button>
        )}
      </div>
      {trouble && <TroubleNote trouble={trouble} again={null} />}
      {round && <NotHeard round={round} />}
      <Candidates source="words" project={project} catalogue={catalogue} />
      {round && <Heard round={round} catalogue={catalogue} />}
      <Generator />
      {!round && !trouble && state === "idle" && <Examples />}
    </div>
  );
}
