import { type ComponentType, StrictMode } from "react";
import { createRoot } from "react-dom/client";
import "@/kit/base.css";
import { startLanguages } from "@/kit/i18n";
import { startTheme } from "@/kit/prefs";

startTheme();

/** Guests of a link get a page of their own, without the editor's scripts and its session. */
async function loadPage(): Promise<ComponentType> {
  if (location.hash.startsWith("#/s/")) return (await import("@/pages/guest/GuestPage")).GuestPage;
  return (await import("@/app/App")).App;
}

const root = document.getElementById("root");
if (!root) throw new Error("The page has no root element.");

const [Page] = await Promise.all([loadPage(), startLanguages()]);
createRoot(root).render(
  <StrictMode>
    <Page />
  </StrictMode>,
);
