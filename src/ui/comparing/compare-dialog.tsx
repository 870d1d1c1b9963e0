import { useState } from 'react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import type { DialectName } from '../../stream/node-definition.ts';
import { DIALECTS } from '../../stream/node-definition.ts';
import { Button } from '../theme/button.tsx';
import { DIALECT_TITLES } from '../theme/dialect-words.ts';
import { Dialog } from '../theme/dialog.tsx';
import { ComparisonView } from './comparison-view.tsx';
import styles from './comparing.module.css';
import { LeftOut, RefusedView } from './refused-view.tsx';
import type { ComparisonState } from './use-comparison.ts';
import { useComparison } from './use-comparison.ts';

/** The graph by the rules of two engines on the same events. */
export function CompareDialog({ onClose }: { onClose: () => void }): ReactElement {
  const own = useDocumentStore((state) => state.document.dialect);
  const [a, setA] = useState<DialectName>(own);
  const [b, setB] = useState<DialectName>(own === 'kafka-streams' ? 'flink-datastream' : 'kafka-streams');
  return (
    <Dialog
      title="Compare dialects"
      description="The whole graph, to the end of its input, by the rules of two engines on the same events. Your run stays as it is."
      isOpen
      onClose={onClose}
      width="68rem"
    >
      <div className={styles['choices']}>
        <Chooser label="Rules of" value={a} onChange={setA} />
        <Chooser label="against" value={b} onChange={setB} />
        {[a, b]
          .filter((dialect, i, both) => dialect !== own && both.indexOf(dialect) === i)
          .map((dialect) => (
            <Button
              key={dialect}
              isSmall
              onClick={() => {
                useDocumentStore.getState().setDialect(dialect);
                onClose();
              }}
            >
              Use {DIALECT_TITLES[dialect]}
            </Button>
          ))}
      </div>
      <Compared key={`${a} ${b}`} a={a} b={b} />
    </Dialog>
  );
}

interface ChooserProps {
  readonly label: string;
  readonly value: DialectName;
  readonly onChange: (dialect: DialectName) => void;
}

function Chooser({ label, value, onChange }: ChooserProps): ReactElement {
  return (
    <label>
      {label}
      <select
        value={value}
        onChange={(event) => {
          const chosen = DIALECTS.find((name) => name === event.target.value);
          if (chosen !== undefined) onChange(chosen);
        }}
      >
        {DIALECTS.map((name) => (
          <option key={name} value={name}>
            {DIALECT_TITLES[name]}
          </option>
        ))}
      </select>
    </label>
  );
}

function Compared({ a, b }: { a: DialectName; b: DialectName }): ReactElement {
  const state = useComparison(a, b);
  return (
    <div className={styles['body']}>
      <p role="status" className={styles['status']}>
        {statusWords(state, DIALECT_TITLES[a], DIALECT_TITLES[b])}
      </p>
      {state.kind === 'running' && <progress value={state.share} aria-label="Compared so far" />}
      {state.kind === 'refused' && <RefusedView problems={state.problems} dialects={[a, b]} />}
      {state.kind === 'compared' && (
        <>
          <LeftOut comparison={state.comparison} dialects={[a, b]} />
          <ComparisonView comparison={state.comparison} dialects={[a, b]} />
        </>
      )}
    </div>
  );
}

function statusWords(state: ComparisonState, a: string, b: string): string {
  switch (state.kind) {
    case 'running':
      return `Running the graph by the rules of ${a}, then of ${b} …`;
    case 'failed':
      return `The comparison stopped: ${state.message} Close this and open it again.`;
    case 'refused':
      return 'No part of the graph can run by the rules of both. What stands in the way:';
    case 'compared': {
      const { nodes, rows, limits } = state.comparison;
      const count = nodes.reduce((sum, { differing }) => sum + differing, 0);
      const open = nodes.reduce((sum, { unexplained }) => sum + unexplained, 0);
      const limit = limits.find((each) => each !== null);
      const what =
        count === 0
          ? `${a} and ${b} give the same results and drop the same rows.`
          : `${count.toLocaleString('en')} differences between ${a} and ${b}; ${open === 0 ? 'each has a rule that can be why.' : `${open.toLocaleString('en')} have no known rule.`}`;
      return `${what} ${rows.toLocaleString('en')} events were read.${limit === undefined ? '' : ` Not to the end: ${String(limit)}`}`;
    }
  }
}
