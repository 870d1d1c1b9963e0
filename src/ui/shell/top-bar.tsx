import { Download, Moon, Redo2, Sun, Undo2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import { BrandMark } from '../theme/brand-mark.tsx';
import { Button } from '../theme/button.tsx';
import { useTheme } from '../theme/theme-store.ts';
import { Tooltip } from '../theme/tooltip.tsx';
import { Clocks } from '../timeline/clocks.tsx';
import { RunControls } from '../timeline/run-controls.tsx';
import { DocumentMenu } from './document-menu.tsx';
import { exportGraph } from './file-actions.ts';
import { LedgerChip } from './ledger-chip.tsx';
import styles from './top-bar.module.css';

export function TopBar(): ReactElement {
  return (
    <header className={styles['bar']} style={{ gridArea: 'top' }}>
      <h1 className={styles['brand']}>
        <BrandMark />
        Tidemark
      </h1>
      <span className={styles['line']} />
      <DocumentMenu />
      <HistoryButtons />
      <span className={styles['line']} />
      <RunControls />
      <span className={styles['line']} />
      <Clocks />
      <span className={styles['rest']} />
      <LedgerChip />
      <Button onClick={exportGraph}>
        <Download size={16} aria-hidden />
        Export
      </Button>
      <ThemeButton />
    </header>
  );
}

function HistoryButtons(): ReactElement {
  const undone = useDocumentStore((state) => state.history.past.at(-1)?.label);
  const redone = useDocumentStore((state) => state.history.future[0]?.label);
  const { undo, redo } = useDocumentStore.getState();
  return (
    <>
      <Tooltip text={undone === undefined ? 'Nothing to undo' : `Undo: ${undone} (Ctrl+Z)`}>
        <Button look="quiet" isIcon aria-label="Undo" disabled={undone === undefined} onClick={undo}>
          <Undo2 size={16} aria-hidden />
        </Button>
      </Tooltip>
      <Tooltip text={redone === undefined ? 'Nothing to redo' : `Redo: ${redone} (Ctrl+Shift+Z)`}>
        <Button look="quiet" isIcon aria-label="Redo" disabled={redone === undefined} onClick={redo}>
          <Redo2 size={16} aria-hidden />
        </Button>
      </Tooltip>
    </>
  );
}

function ThemeButton(): ReactElement {
  const isDark = useTheme((state) => state.theme === 'dark');
  const text = isDark ? 'Light theme' : 'Dark theme';
  const Icon = isDark ? Sun : Moon;
  return (
    <Tooltip text={text}>
      <Button look="quiet" isIcon aria-label={text} onClick={useTheme.getState().toggle}>
        <Icon size={16} aria-hidden />
      </Button>
    </Tooltip>
  );
}
