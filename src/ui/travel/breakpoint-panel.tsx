import { Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import type { PageBreakpoint } from '../../app/travel/marks-store.ts';
import { useMarks } from '../../app/travel/marks-store.ts';
import { problemText } from '../inspector/field.tsx';
import { Button } from '../theme/button.tsx';
import { BreakpointForm } from './breakpoint-form.tsx';
import { watchWords } from './watch-words.ts';
import styles from './travel-panels.module.css';

/** Where the run stops: what there is, and a form for another one. */
export function BreakpointPanel(): ReactElement {
  const breakpoints = useMarks((state) => state.breakpoints);
  return (
    <section className={styles['list']} aria-label="Breakpoints">
      <header>
        <h3>Breakpoints</h3>
      </header>
      {breakpoints.length === 0 ? (
        <p>None yet. A run stops right behind what a breakpoint waits for.</p>
      ) : (
        <ul>
          {breakpoints.map((breakpoint) => (
            <BreakpointRow key={breakpoint.id} breakpoint={breakpoint} />
          ))}
        </ul>
      )}
      <BreakpointForm />
    </section>
  );
}

function BreakpointRow({ breakpoint }: { breakpoint: PageBreakpoint }): ReactElement {
  const { id, watch, isOn } = breakpoint;
  const nodes = useDocumentStore((state) => state.document.nodes);
  const problems = useMarks((state) => state.problems[id]);
  const { switchBreakpoint, removeBreakpoint } = useMarks.getState();
  const words = watchWords(watch, nodes);
  return (
    <li>
      <label className={styles['switch']} title={words}>
        <input type="checkbox" checked={isOn} onChange={(event) => switchBreakpoint(id, event.target.checked)} />
        <i aria-hidden />
        <span>{words}</span>
      </label>
      <Button look="quiet" isSmall isIcon aria-label={`Remove: ${words}`} onClick={() => removeBreakpoint(id)}>
        <Trash2 size={13} aria-hidden />
      </Button>
      {isOn && problems !== undefined && <p data-wrong>{problems.map(problemText).join(' ')}</p>}
    </li>
  );
}
