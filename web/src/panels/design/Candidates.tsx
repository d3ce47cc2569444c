import { Columns2 } from "lucide-react";
import { type FocusEvent, type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Project } from "@/api/types";
import { beneath } from "@/document/looks";
import { useDocument } from "@/document/store";
import { announce } from "@/kit/announce";
import { IconButton } from "@/kit/Button";
import css from "@/panels/design/Design.module.css";
import { type Candidate, type Round, type Source, discard, useDesign } from "@/panels/design/design-store";
import type { DesignProps } from "@/panels/design/DesignPanel";
import { driftText } from "@/panels/design/drift";
import { choose, show } from "@/panels/design/wearing";

/** Fingers and pointers that only pass by ask for nothing. */
const HOVER_MS = 140;

type Props = DesignProps & { source: Source };

/** The candidates on the person's own photo: looked at by hovering or focusing, laid by a click. */
export function Candidates({ source, project, catalogue }: Props): ReactNode {
  const { t } = useTranslation();
  const { state, round } = useDesign((s) => s.asking[source]);
  const count = useDesign((s) => (source === "words" ? s.settings.candidates : 1));
  const row = useRef<HTMLUListElement>(null);
  const [at, setAt] = useState(0);
  const candidates = round?.candidates ?? [];
  const { over, away } = useLooking(catalogue);
  useNews(round, state);
  useEffect(() => {
    // On a phone the sheet is low: what was asked for is scrolled to.
    if (state === "drawing") row.current?.scrollIntoView({ block: "nearest" });
  }, [state]);

  const keys = (event: KeyboardEvent<HTMLUListElement>) => {
    if (event.key === "Escape") {
      // Only the looking ends; a second Escape is the editor's.
      if (useDocument.getState().peek) event.preventDefault();
      away();
      return;
    }
    const gone = event.key === "Delete" ? candidates[at] : undefined;
    if (gone && candidates.length > 1) {
      event.preventDefault();
      away();
      discard(source, gone.id);
      setAt(Math.min(at, candidates.length - 2));
      setTimeout(() => row.current?.querySelector<HTMLElement>("[data-candidate][tabindex='0']")?.focus());
      return;
    }
    const next = target(event.key, at, candidates.length);
    if (next === null) return;
    event.preventDefault();
    setAt(next);
    row.current?.querySelectorAll<HTMLElement>("[data-candidate]")[next]?.focus();
  };

  if (state === "asking") return <Waiting project={project} count={count} />;
  if (candidates.length === 0) return null;
  return (
    <ul
      ref={row}
      className={css.candidates}
      data-alone={candidates.length === 1 ? "" : undefined}
      aria-label={t("design.candidates")}
      aria-busy={state === "drawing"}
      onKeyDown={keys}
    >
      {candidates.map((candidate, index) => (
        <Tile
          key={candidate.id}
          candidate={candidate}
          round={round}
          project={project}
          catalogue={catalogue}
          stop={index === Math.min(at, candidates.length - 1)}
          several={candidates.length > 1}
          onFocus={(event) => {
            setAt(index);
            // A click looks at nothing: it lays the look at once.
            if (event.currentTarget.matches(":focus-visible")) over(candidate, 0);
          }}
          onOver={() => over(candidate, HOVER_MS)}
          onAway={away}
        />
      ))}
    </ul>
  );
}

/** Places of pictures that are asked for. */
function Waiting({ project, count }: { project: Project; count: number }): ReactNode {
  const { t } = useTranslation();
  return (
    <div className={css.candidates} data-alone={count === 1 ? "" : undefined} role="status" aria-label={t("design.asking")}>
      {Array.from({ length: count }, (_, k) => (
        <span key={k} className={css.picture} data-waiting="" style={{ aspectRatio: shape(project) }} />
      ))}
    </div>
  );
}

/** Tall photos and wide ones fill their tiles, within reason. */
function shape({ width, height }: Project): string {
  return String(Math.min(1.5, Math.max(0.85, width / height)));
}

function target(key: string, at: number, count: number): number | null {
  if (count === 0) return null;
  if (key === "ArrowRight" || key === "ArrowDown") return (at + 1) % count;
  if (key === "ArrowLeft" || key === "ArrowUp") return (at - 1 + count) % count;
  if (key === "Home") return 0;
  return key === "End" ? count - 1 : null;
}

/** Shows on the photo what is under the pointer or has the focus. */
function useLooking(catalogue: DesignProps["catalogue"]) {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const stop = () => {
    if (timer.current) clearTimeout(timer.current);
    timer.current = null;
  };
  useEffect(() => stop, []);
  return {
    over: (candidate: Candidate, wait: number) => {
      stop();
      timer.current = setTimeout(() => show(candidate, catalogue), wait);
    },
    away: () => {
      stop();
      show(null, catalogue);
    },
  };
}

/** Tells screen readers when the candidates are there. */
function useNews(round: Round | null, state: string): void {
  const { t } = useTranslation();
  const drawing = useRef(false);
  useEffect(() => {
    if (drawing.current && state === "idle" && round) {
      announce(t("design.ready", { count: round.candidates.length }));
    }
    drawing.current = state === "drawing";
  }, [state, round, t]);
}

export function useNames(): (candidate: Candidate) => string {
  const { t, i18n } = useTranslation();
  return ({ name, labels }) => {
    if (name === "words") return t("design.asWritten");
    if (name === "reference") return t("design.fromReference");
    return labels[i18n.language.split("-")[0] ?? "en"] ?? labels["en"] ?? name;
  };
}

/** What the history calls a candidate. */
export function lastingName(candidate: Candidate, round: Round | null, shown: string): string {
  return candidate.name === "words" || candidate.name === "reference" ? round?.asked || shown : shown;
}

type TileProps = DesignProps & {
  candidate: Candidate;
  round: Round | null;
  /** Whether Tab stops here; arrows reach the others. */
  stop: boolean;
  several: boolean;
  onFocus: (event: FocusEvent) => void;
  onOver: () => void;
  onAway: () => void;
};

function Tile(props: TileProps): ReactNode {
  const { candidate, round, project, catalogue, stop, several } = props;
  const { t } = useTranslation();
  const name = useNames()(candidate);
  const worn = useDesign((s) => s.chosen === candidate.id);
  const wearing = useDocument((s) => beneath(s.history).worn !== null);
  const paired = useDesign((s) => s.pair.includes(candidate.id));
  const tabIndex = stop ? 0 : -1;
  const pick = () => {
    props.onAway();
    choose(candidate, lastingName(candidate, round, name), catalogue);
  };
  const pair = () => {
    useDesign.setState(({ pair: now }) => ({
      pair: paired ? now.filter((id) => id !== candidate.id) : [...now.slice(-1), candidate.id],
    }));
  };
  const drift = driftText(t, candidate.drift);
  return (
    <li className={css.candidate}>
      <button
        type="button"
        data-candidate={candidate.name}
        className={css.tile}
        tabIndex={tabIndex}
        aria-pressed={worn && wearing}
        onClick={pick}
        onFocus={props.onFocus}
        onBlur={props.onAway}
        onPointerEnter={(event) => {
          if (event.pointerType === "mouse") props.onOver();
        }}
        onPointerLeave={props.onAway}
      >
        <span
          className={css.picture}
          data-waiting={candidate.picture ? undefined : ""}
          style={{ aspectRatio: shape(project) }}
        >
          {candidate.picture && <img src={candidate.picture} alt="" draggable={false} />}
        </span>
        <span className={css.name}>{name}</span>
        <span className={css.drift}>{drift || "\u00a0"}</span>
      </button>
      {several && candidate.picture && (
        <IconButton
          label={t("design.pair", { name })}
          className={css.pairButton}
          tabIndex={tabIndex}
          pressed={paired}
          onClick={pair}
        >
          <Columns2 size={14} aria-hidden="true" />
        </IconButton>
      )}
    </li>
  );
}
