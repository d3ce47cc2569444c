import { BookmarkPlus, Box, SlidersHorizontal } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue } from "@/api/catalogue";
import { fetchCube } from "@/api/looks";
import { beneath } from "@/document/looks";
import { recipeNow, useDocument } from "@/document/store";
import { Button, IconButton } from "@/kit/Button";
import { notify } from "@/kit/notices";
import { saveBlob } from "@/kit/save-blob";
import css from "@/panels/design/Design.module.css";
import { useDesign } from "@/panels/design/design-store";
import { SliderLine } from "@/panels/design/Lines";
import { candidateOf, strengthen } from "@/panels/design/wearing";
import { openDialog, openPanel } from "@/panels/workbench";

/** The look that is worn: how strongly, and where it goes from here. */
export function Chosen({ catalogue }: { catalogue: Catalogue }): ReactNode {
  const { t } = useTranslation();
  const worn = useDocument((s) => beneath(s.history).worn);
  const strength = useDesign((s) => s.strength);
  const known = useDesign((s) => candidateOf(s.chosen) !== null);
  if (worn === null) return null;
  const tune = () => {
    const panel = catalogue.tools.find((tool) => tool.op === "adjust")?.panel;
    if (panel) useDocument.setState({ panel, area: "face" });
    openPanel("retouch");
  };
  const cube = () => {
    fetchCube(recipeNow(), worn).then(
      (blob) => saveBlob(blob, `${fileName(worn)}.cube`),
      () => notify({ kind: "bad", text: t("save.tryAgain") }),
    );
  };
  return (
    <footer className={css.chosen} aria-label={t("design.worn", { name: worn })}>
      {known && (
        <SliderLine
          name={t("design.strength")}
          value={strength}
          min={0}
          max={100}
          usual={100}
          onChange={(percent) => strengthen(percent, worn, catalogue)}
          onCommit={(percent, way) => strengthen(percent, worn, catalogue, way)}
        />
      )}
      <div className={css.ways}>
        <Button look="strong" className={css.way} onClick={tune}>
          <SlidersHorizontal size={15} aria-hidden="true" />
          {t("design.tune")}
        </Button>
        <IconButton label={t("preset.save")} onClick={() => openDialog("savePreset")}>
          <BookmarkPlus size={17} aria-hidden="true" />
        </IconButton>
        <IconButton label={t("design.cube")} onClick={cube}>
          <Box size={17} aria-hidden="true" />
        </IconButton>
      </div>
    </footer>
  );
}

function fileName(name: string): string {
  return name.replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "") || "look";
}
