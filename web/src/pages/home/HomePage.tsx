import { Keyboard, Settings } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useMe } from "@/api/people";
import { openAppDialog } from "@/kit/app-dialogs";
import { useSets } from "@/api/sets";
import { IconButton } from "@/kit/Button";
import { Logo } from "@/kit/Logo";
import { CreateNew } from "@/pages/home/CreateNew";
import css from "@/pages/home/Home.module.css";
import { Recent } from "@/pages/home/Recent";
import { SetsSection } from "@/pages/home/SetsSection";
import { AccountMenu, WorkspaceMenu } from "@/people/PeopleMenus";
import { UploadList } from "@/uploads/UploadList";

export function HomePage(): ReactNode {
  const { t } = useTranslation();
  const looking = useMe().data?.role === "viewer";
  const { isPending, failureCount } = useSets();
  const waiting = isPending && failureCount === 0;
  return (
    <div className={css.page}>
      <header className={css.bar}>
        <Logo />
        <WorkspaceMenu />
        <span className={css.gap} />
        <IconButton className={css.forMouse} label={t("rail.keys")} keys={["?"]} onClick={() => openAppDialog("keys")}>
          <Keyboard size={18} aria-hidden="true" />
        </IconButton>
        <IconButton label={t("rail.settings")} onClick={() => openAppDialog("settings")}>
          <Settings size={18} aria-hidden="true" />
        </IconButton>
        <AccountMenu />
      </header>
      <main className={`${css.main ?? ""} scrolls`}>
        <div className={css.inner}>
          <h1 className={css.title}>{t("home.title")}</h1>
          <p className={css.lead}>{t("home.lead")}</p>
          {looking ? <p className={css.none}>{t("team.viewerHome")}</p> : <CreateNew />}
          <UploadList />
          <SetsSection />
          {/* Not before the sets above it are known: nothing that is seen moves. */}
          <div hidden={waiting}>
            <Recent />
          </div>
        </div>
      </main>
    </div>
  );
}
