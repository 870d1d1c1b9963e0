import { Check, Copy } from 'lucide-react';
import { Fragment, useState } from 'react';
import type { ReactElement } from 'react';
import { nodeText } from '../../app/document-node-text.ts';
import type { DocumentNode } from '../../app/document-store.ts';
import { Button } from '../theme/button.tsx';
import styles from './code-tab.module.css';
import panel from './inspector.module.css';
import { jsonParts } from './json-parts.ts';

/** The node as the document holds it. */
export function CodeTab({ node }: { node: DocumentNode }): ReactElement {
  const text = nodeText(node);
  return (
    <section className={panel['section']} aria-label="Code">
      <h3 className={panel['heading']}>
        As JSON, as the graph’s file has it
        <CopyButton text={text} />
      </h3>
      <pre className={styles['code']} tabIndex={0} role="group" aria-label="The node as JSON">
        {jsonParts(text).map(({ text: part, kind }, index) =>
          kind === 'plain' ? (
            <Fragment key={index}>{part}</Fragment>
          ) : (
            <span key={index} className={styles[kind]}>
              {part}
            </span>
          ),
        )}
      </pre>
      <p className={panel['note']}>
        What is not said here is as the defaults have it; the settings change it. Copied, it can be pasted on the canvas
        as a node of its own, here or in another graph.
      </p>
    </section>
  );
}

function CopyButton({ text }: { text: string }): ReactElement {
  const [copied, setCopied] = useState<string | null>(null);
  const isCopied = copied === text;
  const Icon = isCopied ? Check : Copy;
  return (
    <Button
      look="quiet"
      isSmall
      onClick={() => {
        void navigator.clipboard.writeText(text).then(() => setCopied(text));
      }}
    >
      <Icon size={13} aria-hidden /> {isCopied ? 'Copied' : 'Copy'}
    </Button>
  );
}
