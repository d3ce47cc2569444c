import { ImagePlus, X } from "lucide-react";
import { type DragEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Button, IconButton } from "@/kit/Button";
import { SwitchLine } from "@/kit/Form";
import { borrow, cancel } from "@/panels/design/asking";
import { Candidates } from "@/panels/design/Candidates";
import css from "@/panels/design/Design.module.css";
import { useDesign } from "@/panels/design/design-store";
import type { DesignProps } from "@/panels/design/DesignPanel";
import { dropReference, takeReference } from "@/panels/design/reference";
import { TroubleNote } from "@/panels/design/TroubleNote";

const PARTS = ["color", "mood", "light", "makeup"] as const;

/** A picture lends its color, mood, light and makeup. */
export function ReferencePage({ project, catalogue }: DesignProps): ReactNode {
  const reference = useDesign((s) => s.reference);
  const { trouble, round, state } = useDesign((s) => s.asking.reference);
  const opened = useDesign((s) => s.project === project.id);
  const asked = useRef<string | null>(null);
  usePaste();
  useEffect(() => {
    // Another photo is shown: the same reference lends to that one.
    if (!opened) return;
    const due = reference !== null && round === null && state === "idle" && trouble === null;
    if (due && asked.current !== project.id) void borrow();
    asked.current = project.id;
  }, [project.id, opened, reference, round, state, trouble]);
  return (
    <div className={css.page}>
      {reference ? (
        <div className={css.lending}>
          <Reference />
          <Candidates source="reference" project={project} catalogue={catalogue} />
        </div>
      ) : (
        <DropZone />
      )}
      {trouble && <TroubleNote trouble={trouble} again={reference && (() => void borrow())} />}
      {reference && <Switches />}
    </div>
  );
}

/** A pasted picture is the reference while this page is shown. */
function usePaste(): void {
  useEffect(() => {
    const paste = (event: ClipboardEvent) => {
      const file = [...(event.clipboardData?.files ?? [])][0];
      if (!file) return;
      event.preventDefault();
      void takeReference(file);
    };
    window.addEventListener("paste", paste, { capture: true });
    return () => window.removeEventListener("paste", paste, { capture: true });
  }, []);
}

/** What is dropped here is no new photo. */
function useDrop() {
  const [over, setOver] = useState(false);
  return {
    "data-over": over ? "" : undefined,
    onDragOver: (event: DragEvent) => {
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      const file = [...event.dataTransfer.files][0];
      if (file) void takeReference(file);
    },
  };
}

function DropZone(): ReactNode {
  const { t } = useTranslation();
  const drop = useDrop();
  return (
    <div className={css.drop} data-reference-drop="" {...drop}>
      <ImagePlus size={26} strokeWidth={1.5} aria-hidden="true" />
      <p>{t("design.drop")}</p>
      <Picker />
      <p className={css.note}>{t("design.dropHelp")}</p>
    </div>
  );
}

function Picker({ again = false }: { again?: boolean }): ReactNode {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button onClick={() => input.current?.click()}>{t(again ? "design.replace" : "design.choose")}</Button>
      <input
        ref={input}
        hidden
        type="file"
        accept="image/*"
        aria-label={t("design.choose")}
        data-reference-file=""
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file) void takeReference(file);
          event.currentTarget.value = "";
        }}
      />
    </>
  );
}

function Reference(): ReactNode {
  const { t } = useTranslation();
  const drop = useDrop();
  const reference = useDesign((s) => s.reference);
  const busy = useDesign((s) => s.asking.reference.state !== "idle");
  if (!reference) return null;
  return (
    <div className={css.reference} {...drop}>
      <img src={reference.picture} alt={t("design.referenceNamed", { name: reference.name })} draggable={false} />
      <span className={css.name}>{reference.name}</span>
      <div className={css.ways}>
        {busy ? <Button onClick={() => cancel("reference")}>{t("design.cancel")}</Button> : <Picker again />}
        <IconButton label={t("design.dropReference")} onClick={dropReference}>
          <X size={17} aria-hidden="true" />
        </IconButton>
      </div>
    </div>
  );
}

/** What is taken over; each change asks anew. */
function Switches(): ReactNode {
  const { t } = useTranslation();
  const lending = useDesign((s) => s.lending);
  const turn = (change: Partial<typeof lending>) => {
    useDesign.setState({ lending: { ...lending, ...change } });
    void borrow();
  };
  return (
    <section className={css.switches}>
      <p className={css.legend}>{t("design.takes")}</p>
      <div className={css.parts}>
        {PARTS.map((part) => (
          <SwitchLine
            key={part}
            text={t(`design.part.${part}`)}
            on={lending[part]}
            onChange={(on) => turn({ [part]: on })}
          />
        ))}
      </div>
      <SwitchLine
        text={t("lock.skin_tone")}
        note={t(lending.held ? "design.lockOn" : "design.lockOff")}
        on={lending.held}
        onChange={(held) => turn({ held })}
      />
    </section>
  );
}
