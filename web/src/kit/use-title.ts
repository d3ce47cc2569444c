import { useEffect } from "react";

/** Names what is open in the browser's tab, as long as it is. */
export function useTitle(name: string): void {
  useEffect(() => {
    document.title = `${name} · freckle`;
    return () => {
      document.title = "freckle";
    };
  }, [name]);
}
