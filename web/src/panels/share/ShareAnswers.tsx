import { Download } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { receiptOf, replyTo, useShare } from "@/api/shares";
import type { Comment, Share, ShareDetail, SharedPicture } from "@/api/types";
import { Button } from "@/kit/Button";
import dialogs from "@/kit/Dialogs.module.css";
import { timeAgo } from "@/kit/i18n/format";
import { notify } from "@/kit/notices";
import { saveBlob } from "@/kit/save-blob";
import css from "@/panels/share/Share.module.css";

/** What came of a link: decisions, comments, uses, the receipt. */
export function ShareAnswers({ share }: { share: Share }): ReactNode {
  const { t } = useTranslation();
  const { data: detail } = useShare(share.id);
  if (!detail) return <p className={css.note}>{t("report.waiting")}</p>;
  const save = () => {
    receiptOf(share.id).then(
      (receipt) => saveBlob(receipt, `receipt-${share.id.slice(0, 8)}.json`),
      () => notify({ kind: "bad", text: t("save.tryAgain") }),
    );
  };
  return (
    <div className={css.answers}>
      <ul>
        {detail.pictures.map((picture) => (
          <Picture key={picture.place} detail={detail} picture={picture} />
        ))}
      </ul>
      {share.confirmed && (
        <Button onClick={save}>
          <Download size={15} aria-hidden="true" />
          {t("guest.receipt")}
        </Button>
      )}
      <Uses detail={detail} />
    </div>
  );
}

function Picture({ detail, picture }: { detail: ShareDetail; picture: SharedPicture }): ReactNode {
  const { t } = useTranslation();
  const said = detail.comments.filter((comment) => comment.place === picture.place);
  const asked = detail.share.terms.ask !== "look";
  return (
    <li className={css.answer}>
      <p className={css.answerLine}>
        <span className={css.answerName}>{picture.name}</span>
        {asked && (
          <span className={css.decision} data-decision={picture.decision ?? undefined}>
            {picture.decision ? t(`guest.decided_${picture.decision}`) : t("share.undecided")}
          </span>
        )}
      </p>
      {said.length > 0 && (
        <ol className={css.said}>
          {said.map((comment) => (
            <Said key={comment.id} comment={comment} guest={detail.share.guest} />
          ))}
        </ol>
      )}
      {said.length > 0 && !detail.share.revoked && <Reply share={detail.share.id} picture={picture} />}
    </li>
  );
}

function Said({ comment, guest }: { comment: Comment; guest: string }): ReactNode {
  const { t, i18n } = useTranslation();
  const percent = (share: number) => new Intl.NumberFormat(i18n.language, { style: "percent" }).format(share);
  return (
    <li>
      <small>
        {comment.author ?? guest} · {timeAgo(Date.parse(comment.created), Date.now(), i18n.language)}
        {comment.x !== null && comment.y !== null && (
          <> · {t("share.at", { x: percent(comment.x), y: percent(comment.y) })}</>
        )}
      </small>
      <p className={css.words}>{comment.text}</p>
    </li>
  );
}

function Reply({ share, picture }: { share: string; picture: SharedPicture }): ReactNode {
  const { t } = useTranslation();
  const id = useId();
  const [text, setText] = useState("");
  const send = () => {
    replyTo(share, picture.place, text.trim()).then(
      () => setText(""),
      () => notify({ kind: "bad", text: t("save.tryAgain") }),
    );
  };
  return (
    <form
      className={css.row}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) send();
      }}
    >
      <label htmlFor={id} className="visually-hidden">
        {t("share.replyTo", { name: picture.name })}
      </label>
      <input
        id={id}
        className={dialogs.text}
        maxLength={2000}
        placeholder={t("share.reply")}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" disabled={!text.trim()}>
        {t("guest.send")}
      </Button>
    </form>
  );
}

const MOST_USES = 5;

function Uses({ detail }: { detail: ShareDetail }): ReactNode {
  const { t, i18n } = useTranslation();
  const moment = new Intl.DateTimeFormat(i18n.language, { dateStyle: "medium", timeStyle: "short" });
  if (detail.visits.length === 0) return <p className={css.note}>{t("share.unused")}</p>;
  return (
    <div>
      <p className={css.note}>{t("share.uses", { count: detail.visits.length })}</p>
      <ul className={css.uses}>
        {detail.visits.slice(0, MOST_USES).map((visit) => (
          <li key={visit.at}>
            {moment.format(Date.parse(visit.at))}
            {visit.browser && ` · ${visit.browser}`}
          </li>
        ))}
      </ul>
    </div>
  );
}
