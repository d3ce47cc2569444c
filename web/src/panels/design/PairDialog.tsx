import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { drawLook } from "@/api/looks";
import { inTurn } from "@/api/turns";
import { Button } from "@/kit/Button";
import { Modal } from "@/kit/Modal";
import { lastingName, useNames } from "@/panels/design/Candidates";
import css from "@/panels/design/Design.module.css";
import { type Candidate, useDesign } from "@/panels/design/design-store";
import type { DesignProps } from "@/panels/design/DesignPanel";
import { driftText } from "@/panels/design/drift";
import { candidateOf, choose, recipeWith } from "@/panels/design/wearing";

/** Longer side of each picture. */
const LARGE = 1200;

/** Two candidates side by side on the person's own photo. */
export function PairDialog({ project, catalogue }: DesignProps): ReactNode {
  const { t } = useTranslation();
  const pair = useDesign((s) => s.pair);
  const both = pair.map(candidateOf).filter((each) => each !== null);
  if (both.length < 2) return null;
  return (
    <Modal wide title={t("design.pairTitle")} onClose={() => useDesign.setState({ pair: [] })}>
      <div className={css.pair}>
        {both.map((candidate) => (
          <Half key={candidate.id} candidate={candidate} project={project} catalogue={catalogue} />
        ))}
      </div>
    </Modal>
  );
}

function Half({ candidate, project, catalogue }: DesignProps & { candidate: Candidate }): ReactNode {
  const { t } = useTranslation();
  const name = useNames()(candidate);
  const url = useLarge(candidate, { project, catalogue });
  const take = () => {
    const round = useDesign.getState().asking.words.round;
    choose(candidate, lastingName(candidate, round, name), catalogue);
    useDesign.setState({ pair: [] });
  };
  return (
    <figure className={css.half}>
      <img src={url ?? candidate.picture ?? undefined} alt={name} draggable={false} />
      <figcaption>
        <span>
          <strong>{name}</strong>
          <small>{driftText(t, candidate.drift)}</small>
        </span>
        <Button look="strong" onClick={take} aria-label={t("design.takeNamed", { name })}>
          {t("design.take")}
        </Button>
      </figcaption>
    </figure>
  );
}

/** The candidate drawn large; until then its small picture stands there. */
function useLarge(candidate: Candidate, { project, catalogue }: DesignProps): string | null {
  const strength = useDesign((s) => s.strength);
  const { data } = useQuery({
    queryKey: ["look", project.id, candidate.id, strength],
    queryFn: ({ signal }) =>
      inTurn(() => drawLook(project.id, recipeWith(candidate, catalogue, strength), LARGE, signal)),
    staleTime: Infinity,
    gcTime: 0,
  });
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    if (!data) return;
    const made = URL.createObjectURL(data.blob);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [data]);
  return url;
}
