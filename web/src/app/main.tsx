import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/app/App";
import "@/kit/base.css";
import { startLanguages } from "@/kit/i18n";
import { startTheme } from "@/kit/prefs";

startTheme();

const root = document.getElementById("root");
if (!root) throw new Error("The page has no root element.");

await startLanguages();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
