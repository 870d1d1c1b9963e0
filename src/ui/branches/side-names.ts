import { createContext } from 'react';

/** What the two sides of a comparison are called. */
export interface SideNames {
  readonly run: string;
  readonly branch: string;
}

export const SideNamesContext = createContext<SideNames>({ run: 'the run', branch: 'the branch' });
