import type { ReactNode } from "react";

export function Logo(): ReactNode {
  return (
    <svg width="104" height="28" viewBox="0 0 104 28" role="img" aria-label="freckle">
      <circle cx="13" cy="14" r="9.4" fill="none" stroke="currentColor" strokeWidth="2" />
      <circle cx="10.2" cy="15.8" r="1.4" fill="currentColor" />
      <circle cx="14.3" cy="12.3" r="1" fill="currentColor" />
      <circle cx="15.6" cy="16.8" r="1.8" fill="currentColor" />
      <text x="30" y="19.4" fill="currentColor" fontSize="17" fontWeight="650" letterSpacing="-0.5">
        freckle
      </text>
    </svg>
  );
}
