import { Download, Menu, Redo2, Share, Undo2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import { BrandMark } from '../theme/brand-mark.tsx';
import { Button } from '../theme/button.tsx';
import controls from '../theme/controls.module.css';
import { Tooltip } from '../theme/tooltip.tsx';
import { useMedia } from '../theme/use-media.ts';
import { PHONE } from '../theme/widths.ts';
import { Clocks } from '../timeline/clocks.tsx';
import { PlayButton, RunControls } from '../timeline/run-controls.tsx';
import { CommandMenu, findCommand } from './command-menu.tsx';
import { withKeys } from './commands/with-keys.ts';
import { DocumentMenu, DocumentNameField } from './document-menu.tsx';
import { useNameField } from './document-name-store.ts';
import { LedgerChip } from './ledger-chip.tsx';
import { useSavingWord } from './saving-mark.tsx';
import { ThemeButton } from './theme-button.tsx';
import styles from './top-bar.module.css';

/** Too narrow for everything side by side. */
const NARROW = '(max-width: 899px)';

export function TopBar(): ReactElement {
  const isNarrow = useMedia(NARROW);
  return isNarrow ? <NarrowBar /> : <WideBar />;
}

function WideBar(): ReactElement {
  return (
    <header className={styles['bar']} style={{ gridArea: 'top' }}>
      <h1 className={styles['brand']}>
        <BrandMark />
        <span>Tidemark</span>
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
      <ExportMenu />
      <ShareButton />
      <ThemeButton />
    </header>
  );
}

/** What must stay in view: whether it runs, and where time is. All else is one tap away. */
function NarrowBar(): ReactElement {
  const isPhone = useMedia(PHONE);
  const isRenaming = useNameField((state) => state.isOpen);
  return (
    <header className={styles['bar']} style={{ gridArea: 'top' }}>
      <h1 className={controls['visuallyHidden']}>Tidemark</h1>
      {isPhone ? (
        <PlayButton />
      ) : (
        <>
          <DocumentMenu />
          <RunControls />
        </>
      )}
      {isPhone && isRenaming ? <DocumentNameField /> : <Clocks />}
      <span className={styles['rest']} />
      <CommandMenu
        groups={MORE}
        head={isPhone ? <DocumentLine /> : undefined}
        trigger={
          <Button look="quiet" isIcon aria-label="More">
            <Menu size={20} aria-hidden />
          </Button>
        }
      />
    </header>
  );
}

/** Which document it is and whether it is kept, where the bar has no room for it. */
function DocumentLine(): ReactElement {
  const name = useDocumentStore((state) => state.document.name);
  const saving = useSavingWord();
  return (
    <>
      <b>{name}</b> · {saving}
    </>
  );
}

const MORE = [
  ['document.new', 'document.templates', 'document.open', 'document.rename', 'document.import', 'document.export'],
  ['document.share', 'document.save-svg', 'document.save-png', 'run.save-results'],
  ['edit.undo', 'edit.redo', 'run.step', 'run.restart'],
  ['view.list', 'view.theme-system', 'view.theme-light', 'view.theme-dark'],
  ['help.commands', 'help.shortcuts', 'help.tour'],
];

const EXPORTS = [['document.export'], ['document.save-svg', 'document.save-png'], ['run.save-results']];
const EXPORT_TITLES = { 'document.export': 'Graph (JSON)', 'run.save-results': 'Results (NDJSON, CSV)…' };

function ExportMenu(): ReactElement {
  return (
    <CommandMenu
      groups={EXPORTS}
      titles={EXPORT_TITLES}
      trigger={
        <Button aria-label="Export">
          <Download size={16} aria-hidden />
          <span className={styles['wideWord']}>Export</span>
        </Button>
      }
    />
  );
}

function ShareButton(): ReactElement | null {
  const command = findCommand('document.share');
  if (command === undefined) return null;
  return (
    <Tooltip text={command.title}>
      <Button aria-label="Share" onClick={() => command.run()}>
        <Share size={16} aria-hidden />
        <span className={styles['wideWord']}>Share</span>
      </Button>
    </Tooltip>
  );
}

function HistoryButtons(): ReactElement {
  const undone = useDocumentStore((state) => state.history.past.at(-1)?.label);
  const redone = useDocumentStore((state) => state.history.future[0]?.label);
  const { undo, redo } = useDocumentStore.getState();
  return (
    <>
      <Tooltip text={undone === undefined ? 'Nothing to undo' : withKeys(`Undo: ${undone}`, 'edit.undo')}>
        <Button look="quiet" isIcon aria-label="Undo" disabled={undone === undefined} onClick={undo}>
          <Undo2 size={16} aria-hidden />
        </Button>
      </Tooltip>
      <Tooltip text={redone === undefined ? 'Nothing to redo' : withKeys(`Redo: ${redone}`, 'edit.redo')}>
        <Button look="quiet" isIcon aria-label="Redo" disabled={redone === undefined} onClick={redo}>
          <Redo2 size={16} aria-hidden />
        </Button>
      </Tooltip>
    </>
  );
}
