import { GitCompareArrows } from 'lucide-react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import { DIALECTS } from '../../stream/node-definition.ts';
import { useDialogs } from '../shell/dialog-store.ts';
import { Button } from '../theme/button.tsx';
import { DIALECT_TITLES } from '../theme/dialect-words.ts';
import { Segments } from '../theme/segments.tsx';
import { Field } from './field.tsx';
import { Fields } from './fields.tsx';
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

const DOMAINS = [
  { value: 'event', label: 'Event' },
  { value: 'ingestion', label: 'Ingestion' },
  { value: 'processing', label: 'Processing' },
] as const;

const DOMAIN_WORDS = {
  event: 'Windows and joins go by when things happened.',
  ingestion: 'Every event happens when it arrives: nothing is late.',
  processing: 'Windows go by the clock of the machine, here a virtual one.',
} as const;

/** Whose rules the graph follows, and by which time. */
function RulesSection(): ReactElement {
  const dialect = useDocumentStore((state) => state.document.dialect);
  const domain = useDocumentStore((state) => state.document.time.domain);
  const { setDialect, setTimeDomain } = useDocumentStore.getState();
  const description = 'The engine whose rules of time, windows and joins the graph follows.';
  return (
    <section className={styles['section']} aria-label="Rules">
      <Field title="Rules of" description={description} problems={[]}>
        {(ids) => (
          <div className={fields['input']}>
            <select
              {...ids}
              value={dialect}
              onChange={(event) => {
                const chosen = DIALECTS.find((name) => name === event.target.value);
                if (chosen !== undefined) setDialect(chosen);
              }}
            >
              {DIALECTS.map((name) => (
                <option key={name} value={name}>
                  {DIALECT_TITLES[name]}
                </option>
              ))}
            </select>
          </div>
        )}
      </Field>
      <Button isSmall onClick={() => useDialogs.getState().show('dialects')}>
        <GitCompareArrows size={14} aria-hidden /> Compare with another engine…
      </Button>
      <Field title="Time" description={DOMAIN_WORDS[domain]} problems={[]} isWide>
        {() => <Segments label="Time" value={domain} options={DOMAINS} onChange={setTimeDomain} />}
      </Field>
      <p className={styles['note']}>{DOMAIN_WORDS[domain]}</p>
    </section>
  );
}

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
    <Fields>
      <RulesSection />
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
    </Fields>
  );
}
