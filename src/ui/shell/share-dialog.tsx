import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import type { SharedDocument } from '../../app/share/share-document.ts';
import { embedCode, shareDocument } from '../../app/share/share-document.ts';
import { Button } from '../theme/button.tsx';
import { Dialog } from '../theme/dialog.tsx';
import { formatExactCount } from '../theme/format.ts';
import { Hint } from '../theme/hint.tsx';
import { notify } from '../theme/notify.ts';
import styles from './documents.module.css';
import { exportGraph } from './file-actions.ts';

/** Many chat and mail programs cut longer ones. */
const SAFE_CHARS = 8_000;
const names = new Intl.ListFormat('en', { type: 'conjunction' });

interface ShareDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export function ShareDialog({ isOpen, onClose }: ShareDialogProps): ReactElement {
  return (
    <Dialog
      title="Share"
      description="The link is the graph itself. Nothing is uploaded, and nothing runs when it is opened."
      isOpen={isOpen}
      onClose={onClose}
      width="36rem"
    >
      <Share />
    </Dialog>
  );
}

function Share(): ReactElement | null {
  const [shared, setShared] = useState<SharedDocument | null>(null);
  useEffect(() => {
    void shareDocument().then(setShared);
  }, []);
  if (shared === null) return null;
  return shared.link === null ? <TooLong shared={shared} /> : <Links shared={shared} link={shared.link} />;
}

function TooLong({ shared: { chars, charsMax } }: { readonly shared: SharedDocument }): ReactElement {
  return (
    <Hint tone="warning">
      <p>
        <b>This graph is too large for a link.</b> It would have {formatExactCount(chars)} characters; a link has at
        most {formatExactCount(charsMax)}.
      </p>
      <p>Send it as a file: whoever gets it imports it, or drops it on the canvas.</p>
      <p>
        <Button isSmall onClick={exportGraph}>
          Export the graph
        </Button>
      </p>
    </Hint>
  );
}

function Links({ shared, link }: { readonly shared: SharedDocument; readonly link: string }): ReactElement {
  const [plays, setPlays] = useState(false);
  const { chars, files } = shared;
  return (
    <>
      <section className={styles['part']} aria-label="Link">
        <CopyField label="Link" text={link} isMain />
        <ul className={styles['facts']}>
          <li>
            {formatExactCount(chars)} characters
            {chars > SAFE_CHARS && '. Some mail and chat programs cut links this long: a file is safer.'}
          </li>
          <li>It holds this graph as it is now, with its settings, notes and places; later changes are not in it.</li>
          {files.length > 0 && <li>No data: who opens it chooses {names.format(files)} on their own computer.</li>}
        </ul>
      </section>
      <section className={styles['part']} aria-label="Embed">
        <h3>Embed in a page</h3>
        <div className={styles['choices']}>
          <label>
            <input type="checkbox" checked={plays} onChange={(event) => setPlays(event.target.checked)} />
            Runs as soon as it is shown
          </label>
        </div>
        <CopyField label="Code of the frame" text={embedCode(link, { plays })} />
      </section>
    </>
  );
}

interface CopyFieldProps {
  readonly label: string;
  readonly text: string;
  readonly isMain?: boolean;
}

function CopyField({ label, text, isMain = false }: CopyFieldProps): ReactElement {
  const [copied, setCopied] = useState<string | null>(null);
  const isCopied = copied === text;
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(text);
    } catch {
      // Not allowed, or no TLS: the text stands there, marked by a click.
      notify('error', 'The browser did not let it be copied.', 'Click the field and copy it with your keyboard.');
    }
  };
  const Icon = isCopied ? Check : Copy;
  return (
    <div className={styles['link']}>
      <input readOnly aria-label={label} value={text} onFocus={(event) => event.target.select()} />
      <Button look={isMain ? 'primary' : 'plain'} onClick={() => void copy()}>
        <Icon size={16} aria-hidden />
        {isCopied ? 'Copied' : 'Copy'}
      </Button>
      <span className={styles['aloud']} role="status">
        {isCopied ? 'Copied' : ''}
      </span>
    </div>
  );
}
