import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import { Segments } from '../theme/segments.tsx';
import { Field } from './field.tsx';
import fields from './fields.module.css';
import styles from './inspector.module.css';
import { textProblem, useDraft } from './use-draft.ts';

const ENDS = [
  { value: 'flush', label: 'Flush' },
  { value: 'none', label: 'Wait' },
  { value: 'drain', label: 'Drain' },
] as const;

const END_WORDS = {
  flush: 'After the last event, event time goes to its end: every window fires.',
  none: 'Nothing happens after the last event: what is open stays held.',
  drain: 'Event time and then the clock go to their end: timers fire, too.',
} as const;

/** What belongs to the graph as a whole; shown while no node is selected. */
export function GraphPanel(): ReactElement {
  const run = useDocumentStore((state) => state.document.run);
  const nodeCount = useDocumentStore((state) => state.document.nodes.length);
  const edgeCount = useDocumentStore((state) => state.document.edges.length);
  const { setRun } = useDocumentStore.getState();
  const seed = useDraft({
    key: 'graph:seed',
    text: String(run.seed),
    current: () => String(useDocumentStore.getState().document.run.seed),
    submit: (text) => {
      if (!/^\d{1,10}$/.test(text) || Number(text) > 0xffff_ffff)
        return textProblem('A whole number from 0 to 4294967295.');
      setRun({ seed: Number(text) });
      return [];
    },
  });
  return (
    <>
      <section className={styles['section']} aria-label="Run">
        <Field title="Seed" description="The same seed gives the same events." problems={seed.problems}>
          {(ids) => (
            <div className={fields['input']} data-invalid={seed.problems.length > 0 ? '' : undefined}>
              <input
                {...ids}
                type="text"
                inputMode="numeric"
                value={seed.text}
                onChange={(event) => seed.change(event.target.value)}
                onBlur={seed.leave}
              />
            </div>
          )}
        </Field>
        <Field title="At the end" description={END_WORDS[run.end]} problems={[]}>
          {() => <Segments label="At the end" value={run.end} options={ENDS} onChange={(end) => setRun({ end })} />}
        </Field>
        <p className={styles['note']}>{END_WORDS[run.end]}</p>
      </section>
      <section className={styles['section']}>
        <p className={styles['note']}>
          {nodeCount === 0
            ? 'Add a source to begin.'
            : `${nodeCount} nodes and ${edgeCount} edges. Select one to set it up and to see its ledger and results.`}
        </p>
      </section>
    </>
  );
}
