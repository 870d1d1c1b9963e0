import type { ReactElement } from 'react';

/** A gauge in the tide. */
export function BrandMark(): ReactElement {
  return (
    <svg
      width={18}
      height={18}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.5}
      strokeLinecap="round"
      aria-hidden
    >
      <path d="M1 10.5c2 0 2-1.6 4-1.6s2 1.6 4 1.6 2-1.6 4-1.6M3 6.5h10M8 2v4.5" />
    </svg>
  );
}
