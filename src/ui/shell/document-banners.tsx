import { useState } from 'react';
import type { ReactElement } from 'react';
import { copyCurrent, takeOver, tryAgain } from '../../app/documents/document-list.ts';
import type { ReadingReason } from '../../app/documents/documents-state.ts';
import { useDocuments } from '../../app/documents/documents-state.ts';
import { Button } from '../theme/button.tsx';
import { Hint } from '../theme/hint.tsx';
import { notify } from '../theme/notify.ts';
import styles from './documents.module.css';
import { exportGraph } from './file-actions.ts';

/** What stands in the way of keeping the document, as long as it does, and the way out. */
export function DocumentBanners(): ReactElement | null {
  const reading = useDocuments((state) => state.reading);
  const saving = useDocuments((state) => state.saving);
  if (reading !== null) return <ReadingBanner {...reading} />;
  return saving.kind === 'unsaved' ? <UnsavedBanner reason={saving.reason} /> : null;
}

const READING: Readonly<Record<ReadingReason, readonly [what: string, then: string]>> = {
  'open-elsewhere': ['Open in another tab.', 'Here you can run it and look at it, but not change it.'],
  'taken-over': ['Another tab has taken this document over.', 'Here you can still run it and look at it.'],
  left: ['Another tab has changed this document and closed.', 'Here is how it was before.'],
  removed: ['Another tab has deleted this document.', 'A copy keeps what is here.'],
  outdated: ['A newer Tidemark is open in another tab.', 'This page saves no more. Reload it to go on.'],
};

interface ReadingBannerProps {
  readonly reason: ReadingReason;
  readonly hasUnsavedEdits: boolean;
}

function ReadingBanner({ reason, hasUnsavedEdits }: ReadingBannerProps): ReactElement {
  const [what, then] = READING[reason];
  const unsaved = 'Your last edits are in this tab only: make a copy to keep them.';
  return (
    <Banner what={what} then={hasUnsavedEdits && reason !== 'outdated' ? unsaved : then}>
      {reason === 'outdated' ? (
        <>
          <Button isSmall onClick={exportGraph}>
            Download a copy
          </Button>
          <Button isSmall onClick={() => location.reload()}>
            Reload
          </Button>
        </>
      ) : (
        <>
          <Button isSmall onClick={() => void copyCurrent()}>
            Make a copy
          </Button>
          {reason === 'removed' ? null : (
            <WaitingButton
              text={reason === 'left' ? 'Open the newest version' : 'Take over'}
              work={async () => {
                const problem = await takeOver();
                if (problem !== null) notify('error', 'It could not be taken over.', `Reason: ${problem}.`);
              }}
            />
          )}
        </>
      )}
    </Banner>
  );
}

function UnsavedBanner({ reason }: { readonly reason: string }): ReactElement {
  return (
    <Banner
      what={`Not saved: ${reason}.`}
      then="You can go on, but what you do is lost when this tab closes. A file is safe."
    >
      <Button isSmall onClick={exportGraph}>
        Download a copy
      </Button>
      <WaitingButton text="Try again" work={tryAgain} />
    </Banner>
  );
}

interface BannerProps {
  readonly what: string;
  readonly then: string;
  readonly children: ReactElement | readonly ReactElement[];
}

function Banner({ what, then, children }: BannerProps): ReactElement {
  return (
    <section className={styles['banner']} aria-label="About this document">
      <Hint tone="warning">
        <p>
          <b>{what}</b> {then}
        </p>
        <div className={styles['ways']}>{children}</div>
      </Hint>
    </section>
  );
}

function WaitingButton({ text, work }: { readonly text: string; readonly work: () => Promise<void> }): ReactElement {
  const [isWaiting, setWaiting] = useState(false);
  return (
    <Button
      isSmall
      disabled={isWaiting}
      onClick={() => {
        setWaiting(true);
        void work().finally(() => setWaiting(false));
      }}
    >
      {text}
    </Button>
  );
}
