import { X } from 'lucide-react';
import type { ReactElement } from 'react';
import { useAnalysis } from '../../app/document-analysis.ts';
import { displayName } from '../../app/document-catalog.ts';
import type { DocumentEdge } from '../../app/document-store.ts';
import { edgeKey, useDocumentStore } from '../../app/document-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import { keyWords, STREAM_WORDS, timeWords } from '../../app/stream-words.ts';
import { Button } from '../theme/button.tsx';
import { formatCount, formatRate, formatTime } from '../theme/format.ts';
import { useTimeWord } from '../theme/use-time-word.ts';
import { DialectBadge, FoldButton } from './inspector-head.tsx';
import styles from './inspector.module.css';
import { ResultsSection } from './results-section.tsx';
import { StreamSchema } from './schema-section.tsx';

const ROWS_SHOWN = 6;

/** The selected edge: what flows there, and how far it has come. */
export function EdgePanel({ edge, onFold }: { edge: DocumentEdge; onFold: () => void }): ReactElement {
  const nodes = useDocumentStore((state) => state.document.nodes);
  const type = useAnalysis((state) => state.streams.get(edge.from.node)?.outputs[edge.from.port]);
  const nameOf = (id: string): string => {
    const node = nodes.find((candidate) => candidate.id === id);
    return node === undefined ? id : displayName(node);
  };
  return (
    <div className={styles['inspector']}>
      <header className={styles['head']}>
        <h2 className={styles['title']}>{type === undefined ? 'Stream' : STREAM_WORDS[type.changes].title}</h2>
        <DialectBadge />
        <FoldButton onFold={onFold} />
      </header>
      <div className={styles['body']}>
        <section className={styles['section']} aria-label="Stream">
          <p className={styles['lead']}>
            <b>{nameOf(edge.from.node)}</b> → <b>{nameOf(edge.to.node)}</b>
          </p>
          {type !== undefined &&
            [STREAM_WORDS[type.changes].text, keyWords(type), timeWords(type)].map(
              (line) =>
                line !== null && (
                  <p key={line} className={styles['note']}>
                    {line}
                  </p>
                ),
            )}
        </section>
        <EdgeFigures edge={edge} />
        <StreamSchema title="Columns" type={type ?? null} />
        {edge.from.port === 'out' && <ResultsSection nodeId={edge.from.node} rowsMax={ROWS_SHOWN} />}
        <section className={styles['section']}>
          <div className={styles['row']}>
            <Button look="danger" onClick={useDocumentStore.getState().removeSelection}>
              <X size={14} aria-hidden /> Remove the edge
            </Button>
          </div>
        </section>
      </div>
    </div>
  );
}

function EdgeFigures({ edge }: { edge: DocumentEdge }): ReactElement | null {
  const stats = useRunStore((state) => state.edges[edgeKey(edge)]);
  const word = useTimeWord();
  if (stats === undefined) return null;
  const figures = [
    ['rows', formatCount(stats.rows)],
    ...(stats.ratePerSec === null ? [] : [['rate', formatRate(stats.ratePerSec)]]),
    ...(stats.watermarkMs === null ? [] : [[word, formatTime(stats.watermarkMs)]]),
  ];
  return (
    <section className={styles['section']} aria-label="Figures">
      <dl className={styles['sum']}>
        {figures.map(([title, text]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
