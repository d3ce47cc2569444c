import { CSPProvider } from "@base-ui/react/csp-provider";
import { Tooltip } from "@base-ui/react/tooltip";
import { QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, Suspense, lazy, useEffect } from "react";
import { Route, Router, Switch, useLocation } from "wouter";
import { useHashLocation } from "wouter/use-hash-location";
import { setEntry, useEntry } from "@/api/entry";
import { CATALOGUE, queries } from "@/api/queries";
import { startSession } from "@/api/session";
import css from "@/app/App.module.css";
import { BrokenPage } from "@/app/BrokenPage";
import { KeysDialog } from "@/app/KeysDialog";
import { SettingsDialog } from "@/app/SettingsDialog";
import { useHandover, useOutcome, useWindowCounted } from "@/document/handover";
import { useAppDialog } from "@/kit/app-dialogs";
import { Boundary } from "@/kit/Boundary";
import { leavePage } from "@/kit/notices";
import { Notices } from "@/kit/Notices";
import { FirstPage } from "@/pages/entrance/FirstPage";
import { InvitationPage } from "@/pages/entrance/InvitationPage";
import { SignInPage } from "@/pages/entrance/SignInPage";
import { HandedOverPage } from "@/pages/home/HandedOverPage";
import { HomePage } from "@/pages/home/HomePage";
import { LockedPage } from "@/pages/home/LockedPage";
import { PeopleDialogs } from "@/people/PeopleDialogs";
import { DropLayer } from "@/uploads/DropLayer";

const loadEditor = async () => ({ default: (await import("@/pages/editor/EditorPage")).EditorPage });
const EditorPage = lazy(loadEditor);
const SetPage = lazy(async () => ({ default: (await import("@/pages/set/SetPage")).SetPage }));

/** Home is quiet so long before it brings in what the editor needs. */
const AHEAD_MS = 300;

export function App(): ReactNode {
  useEffect(() => {
    void startSession();
  }, []);
  return (
    // The content policy forbids style elements; Base UI's few rules stand in our own style sheets.
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queries}>
        <Tooltip.Provider delay={500} closeDelay={0}>
          <Router hook={useHashLocation}>
            <Door />
          </Router>
        </Tooltip.Provider>
      </QueryClientProvider>
    </CSPProvider>
  );
}

/** Lets in who may come in, and leads everybody else to where they can. */
function Door(): ReactNode {
  const entry = useEntry((s) => s.entry);
  const [place, go] = useLocation();
  const [, page, told] = /^\/(first|invitation|sign-in)(?:\/(.*))?$/.exec(place) ?? [];
  const word = told ? decodeURIComponent(told) : null;
  const home = () => go("/", { replace: true });
  if (entry === "asking") return null;
  if (place.startsWith("/s/")) return <Reload />;
  if (entry === "locked") return <LockedPage onOpen={() => setEntry("in")} />;
  if (entry === "first") return <FirstPage token={page === "first" ? word : null} onDone={home} />;
  if (page === "invitation" && word) return <InvitationPage secret={word} onDone={home} />;
  return entry === "in" ? <Pages /> : <SignInPage said={page === "sign-in" ? word : null} />;
}

/** A guest's link was typed into an open page: theirs is another one. */
function Reload(): null {
  useEffect(() => location.reload(), []);
  return null;
}

function Pages(): ReactNode {
  const dialog = useAppDialog((s) => s.open);
  const handover = useHandover();
  const outcome = useOutcome((s) => s.outcome);
  useWindowCounted(handover);
  useEffect(() => {
    // a photo that is dropped then waits for nothing but itself
    const timer = setTimeout(() => {
      void loadEditor();
      void queries.query(CATALOGUE).catch(() => null);
    }, AHEAD_MS);
    return () => clearTimeout(timer);
  }, []);
  const [place] = useLocation();
  useEffect(leavePage, [place]);
  if (outcome) return <HandedOverPage outcome={outcome} />;
  return (
    <>
      <Boundary place={place} instead={<BrokenPage />}>
        <Suspense fallback={<main className={css.broken} aria-busy="true" />}>
          <Switch>
            <Route path="/edit/:id">{({ id }) => <EditorPage key={id} id={id} />}</Route>
            <Route path="/set/:id">{({ id }) => <SetPage key={id} id={id} />}</Route>
            <Route>
              <HomePage />
            </Route>
          </Switch>
        </Suspense>
      </Boundary>
      {handover === null && <DropLayer />}
      <Notices />
      <PeopleDialogs />
      {dialog === "keys" && <KeysDialog />}
      {dialog === "settings" && <SettingsDialog />}
    </>
  );
}
