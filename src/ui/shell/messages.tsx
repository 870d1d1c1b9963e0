import { Check, CircleAlert } from 'lucide-react';
import { useEffect } from 'react';
import type { CSSProperties, ReactElement } from 'react';
import { Toaster } from 'sonner';
import { PART_MISSING, useAnalysis } from '../../app/document-analysis.ts';
import { notify } from '../theme/notify.ts';
import { useTheme } from '../theme/theme-store.ts';
import { Announcements } from './announcements.tsx';
import styles from './app.module.css';

/** The toasts' own sheet comes late: only inline it is ours. */
const TOAST_COLOURS = {
  '--normal-bg': 'var(--surface)',
  '--normal-border': 'var(--line)',
  '--normal-text': 'var(--ink)',
  '--border-radius': 'var(--r-3)',
  fontFamily: 'inherit',
} as CSSProperties;

/** What just happened. Over the graph: nothing may cover the time deck. */
export function Messages(): ReactElement {
  const theme = useTheme((state) => state.theme);
  useEffect(tellOfMissingPart, []);
  return (
    <>
      <Announcements />
      <Toaster
        theme={theme}
        position="top-center"
        offset={60}
        style={TOAST_COLOURS}
        icons={{
          success: <Check size={16} className={styles['good']} aria-hidden />,
          error: <CircleAlert size={16} className={styles['bad']} aria-hidden />,
        }}
      />
    </>
  );
}

/** What was asked for was not done: an entry in the list of problems alone would not be seen. */
function tellOfMissingPart(): () => void {
  return useAnalysis.subscribe(({ problems }, before) => {
    const missing = problems === before.problems ? undefined : problems.find(({ code }) => code === PART_MISSING);
    if (missing !== undefined) notify('error', missing.message, missing.fix);
  });
}
