import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { App } from "@/App";
import { startLanguages } from "@/i18n";
import "@/styles/base.css";
import { startTheme } from "@/ui/prefs";

startTheme();

const root = document.getElementById("root");
if (!root) throw new Error("The page has no root element.");

await startLanguages();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
