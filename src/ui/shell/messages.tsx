import { Check, CircleAlert } from 'lucide-react';
import type { CSSProperties, ReactElement } from 'react';
import { Toaster } from 'sonner';
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
