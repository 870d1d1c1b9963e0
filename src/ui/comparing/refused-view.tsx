import type { ReactElement } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { DialectComparison } from '../../app/run-state.ts';
import type { DialectName } from '../../stream/node-definition.ts';
import type { Problem } from '../../stream/problem.ts';
import { DIALECT_TITLES } from '../theme/dialect-words.ts';
import styles from './comparing.module.css';

interface RefusedViewProps {
  readonly problems: readonly (readonly Problem[])[];
  readonly dialects: readonly [DialectName, DialectName];
}

/** Nodes that an engine lacks, or cannot do as they are set, each with its cure. */
export function RefusedView({ problems, dialects }: RefusedViewProps): ReactElement {
  const nodes = useDocumentStore((state) => state.document.nodes);
  return (
    <>
      {problems.map((own, i) => {
        const dialect = dialects[i];
        const errors = own.filter(({ severity }) => severity === 'error');
        if (dialect === undefined || errors.length === 0) return null;
        return (
          <section key={dialect} aria-label={DIALECT_TITLES[dialect]}>
            <h3>{DIALECT_TITLES[dialect]}</h3>
            <ul className={styles['problems']}>
              {errors.map(({ nodeId, path, code, message, fix }) => {
                const node = nodes.find(({ id }) => id === nodeId);
                return (
                  <li key={`${code} ${path}`}>
                    {node !== undefined && <b>{displayName(node)}: </b>}
                    {message} <span>{fix}</span>
                  </li>
                );
              })}
            </ul>
          </section>
        );
      })}
    </>
  );
}

interface LeftOutProps {
  readonly comparison: DialectComparison;
  readonly dialects: RefusedViewProps['dialects'];
}

/** What the comparison leaves out because one of the engines lacks it. */
export function LeftOut({ comparison: { lacks, left }, dialects }: LeftOutProps): ReactElement | null {
  const nodes = useDocumentStore((state) => state.document.nodes);
  if (left.length === 0) return null;
  const names = nodes.filter(({ id }) => left.includes(id)).map((node) => displayName(node));
  return (
    <details className={styles['left']}>
      <summary>
        Left out, because one of them lacks it or what stands before it: <b>{names.join(', ')}</b>
      </summary>
      <RefusedView problems={lacks} dialects={dialects} />
    </details>
  );
}
