import { Tabs } from "@base-ui/react/tabs";
import { type ReactNode, useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Catalogue } from "@/api/catalogue";
import type { Project } from "@/api/types";
import { lookAt } from "@/document/store";
import { classes } from "@/kit/Button";
import { Chosen } from "@/panels/design/Chosen";
import own from "@/panels/design/Design.module.css";
import { PairDialog } from "@/panels/design/PairDialog";
import { type Source, openDesign, useDesign } from "@/panels/design/design-store";
import { ReferencePage } from "@/panels/design/ReferencePage";
import { WordsPage } from "@/panels/design/WordsPage";
import css from "@/panels/Panel.module.css";

export type DesignProps = { project: Project; catalogue: Catalogue };

const SOURCES = ["words", "reference"] as const;

/** Words or a picture become looks, which are seen on the photo and laid over it as ordinary sliders. */
export function DesignPanel({ project, catalogue }: DesignProps): ReactNode {
  const { t } = useTranslation();
  const source = useDesign((s) => s.source);
  useEffect(() => {
    openDesign(project.id);
    return () => lookAt(null);
  }, [project.id]);
  return (
    <Tabs.Root
      className={css.panel}
      value={source}
      onValueChange={(name: Source) => useDesign.setState({ source: name })}
    >
      <header className={css.header}>
        <h2 className={css.title}>{t("design.title")}</h2>
      </header>
      <Tabs.List className={classes(css.tabs, own.sources)}>
        {SOURCES.map((name) => (
          <Tabs.Tab key={name} value={name} className={css.tab}>
            {t(`design.source.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      <Tabs.Panel value="words" className={css.page}>
        <div className={classes(css.body, "scrolls")}>
          <WordsPage project={project} catalogue={catalogue} />
        </div>
      </Tabs.Panel>
      <Tabs.Panel value="reference" className={css.page}>
        <div className={classes(css.body, "scrolls")}>
          <ReferencePage project={project} catalogue={catalogue} />
        </div>
      </Tabs.Panel>
      <Chosen catalogue={catalogue} />
      <PairDialog project={project} catalogue={catalogue} />
    </Tabs.Root>
  );
}
