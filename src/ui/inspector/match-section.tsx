import type { ReactElement } from 'react';
import { useAnalysis } from '../../app/document-analysis.ts';
import type { DocumentNode } from '../../app/document-store.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { matchOfNode } from '../../app/match-words/match-of-node.ts';
import styles from './inspector.module.css';
import { MatchDrawing } from './match-drawing.tsx';

/** What a join will match and what becomes of the rest, as it stands. */
export function MatchSection({ node }: { node: DocumentNode }): ReactElement | null {
  const document = useDocumentStore((state) => state.document);
  const streams = useAnalysis((state) => state.streams.get(node.id));
  const words = matchOfNode(document, node, streams);
  if (words === null) return null;
  const [first, ...rest] = words.sentences;
  return (
    <section className={styles['section']} aria-label="What matches">
      <h3 className={styles['heading']}>What matches</h3>
      <p className={styles['lead']}>{first}</p>
      {words.drawing !== null && <MatchDrawing drawing={words.drawing} />}
      {rest.map((sentence) => (
        <p key={sentence} className={styles['note']}>
          {sentence}
        </p>
      ))}
    </section>
  );
}
