import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { SwitchLine } from "@/kit/Form";
import { type Choices, choose } from "@/panels/download";

type Props = {
  choices: Choices;
  /** Who signs here; null: the server has no certificate. */
  signer: string | null;
  /** Whether the chosen format holds Content Credentials. */
  holds: boolean;
};

/** What the file says of how it came about. */
export function Telling({ choices, signer, holds }: Props): ReactNode {
  const { t } = useTranslation();
  return (
    <>
      <SwitchLine
        text={t("download.disclose")}
        note={t("download.discloseHelp")}
        on={choices.disclose}
        onChange={(disclose) => choose({ disclose })}
      />
      {signer !== null && (
        <SwitchLine
          text={t("download.credentials")}
          note={holds ? t("download.credentialsHelp", { name: signer }) : t("download.credentialsNone")}
          on={choices.sign && holds}
          onChange={(sign) => choose({ sign })}
        />
      )}
    </>
  );
}
