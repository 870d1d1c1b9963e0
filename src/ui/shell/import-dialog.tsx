import type { ReactElement } from 'react';
import { Button } from '../theme/button.tsx';
import { Dialog } from '../theme/dialog.tsx';
import { Hint } from '../theme/hint.tsx';
import styles from './dialogs.module.css';
import type { RefusedImport } from './file-actions.ts';

interface ImportDialogProps {
  readonly refused: RefusedImport | null;
  readonly onClose: () => void;
  readonly onChooseOther: () => void;
}

/** Why a file or a link was not opened: every problem with its place and its cure. */
export function ImportDialog({ refused, onClose, onChooseOther }: ImportDialogProps): ReactElement {
  const count = refused?.problems.length ?? 0;
  return (
    <Dialog
      title={`${refused?.name ?? 'File'} was not opened`}
      description={`Your graph is untouched. ${count === 1 ? 'This is' : 'These are'} in the way:`}
      isOpen={refused !== null}
      onClose={onClose}
      width="36rem"
    >
      <ul className={styles['problems']} aria-label="Problems">
        {refused?.problems.map((problem, index) => (
          <li key={index} className={styles['problem']}>
            <Hint tone={problem.severity === 'error' ? 'error' : 'warning'}>
              <p>
                <b>{problem.message}</b>
              </p>
              <p>{problem.fix}</p>
              {problem.path !== '' && (
                <p className={styles['place']}>
                  at <code>{problem.path}</code>
                </p>
              )}
            </Hint>
          </li>
        ))}
      </ul>
      <div className={styles['actions']}>
        {refused?.isLink !== true && <Button onClick={onChooseOther}>Choose another file</Button>}
        <Button look="primary" onClick={onClose}>
          Keep my graph
        </Button>
      </div>
    </Dialog>
  );
}
