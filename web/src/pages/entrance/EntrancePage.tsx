import type { ReactNode } from "react";
import { Logo } from "@/kit/Logo";
import css from "@/pages/entrance/Entrance.module.css";

type EntrancePageProps = { title: string; help: string; children: ReactNode };

/** What stands before the door: a title, a sentence, and what to do. */
export function EntrancePage({ title, help, children }: EntrancePageProps): ReactNode {
  return (
    <main className={`${css.page ?? ""} scrolls`}>
      <div className={css.box}>
        <Logo />
        <h1 className={css.title}>{title}</h1>
        <p className={css.help}>{help}</p>
        {children}
      </div>
    </main>
  );
}
