import { useState } from 'react';
import type { ReactElement } from 'react';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { ComparedNode, ComparedResult, ComparedRule, DialectComparison } from '../../app/run-state.ts';
import type { DialectName } from '../../stream/node-definition.ts';
import { DIALECT_TITLES } from '../theme/dialect-words.ts';
import { formatCount } from '../theme/format.ts';
import { kindWords, nodeWords, placeWords, sideWords } from './difference-words.ts';
import styles from './comparing.module.css';

interface ComparisonViewProps {
  readonly comparison: DialectComparison;
  readonly dialects: readonly [DialectName, DialectName];
}

/** The rules at the left; at the right, node by node, what differs. A rule that is pressed shows only what it explains. */
export function ComparisonView({ comparison, dialects }: ComparisonViewProps): ReactElement | null {
  const [pressed, press] = useState<string | null>(null);
  const { rules, nodes } = comparison;
  const shown = nodes.filter(({ differences }) => differences.some((each) => isShown(each, pressed)));
  if (nodes.every(({ differing }) => differing === 0)) return <SameNodes nodes={nodes} dialects={dialects} />;
  return (
    <div className={styles['columns']}>
      <section aria-label="Rules that differ" className={styles['rules']}>
        <h3>Rules</h3>
        {rules.map((rule) => (
          <RuleCard
            key={rule.id}
            rule={rule}
            dialects={dialects}
            isPressed={pressed === rule.id}
            onPress={() => press(pressed === rule.id ? null : rule.id)}
          />
        ))}
        {rules.length === 0 && <p>No rule that is known explains them.</p>}
      </section>
      <section aria-label="Differences" className={styles['nodes']}>
        {shown.map((node) => (
          <NodeDifferences key={node.nodeId} node={node} rules={rules} dialects={dialects} pressed={pressed} />
        ))}
      </section>
    </div>
  );
}

function isShown({ rules }: ComparedResult, pressed: string | null): boolean {
  return pressed === null || rules.includes(pressed);
}

function SameNodes({
  nodes,
  dialects,
}: {
  nodes: readonly ComparedNode[];
  dialects: ComparisonViewProps['dialects'];
}): ReactElement {
  const [a, b] = [DIALECT_TITLES[dialects[0]], DIALECT_TITLES[dialects[1]]];
  const all = useDocumentStore((state) => state.document.nodes);
  return (
    <ul className={styles['problems']}>
      {nodes.map((node) => {
        const own = all.find(({ id }) => id === node.nodeId);
        return (
          <li key={node.nodeId}>
            <b>{own === undefined ? node.nodeId : displayName(own)}: </b>
            {nodeWords(node, a, b)}
          </li>
        );
      })}
    </ul>
  );
}

interface RuleCardProps {
  readonly rule: ComparedRule;
  readonly dialects: ComparisonViewProps['dialects'];
  readonly isPressed: boolean;
  readonly onPress: () => void;
}

function RuleCard({ rule, dialects, isPressed, onPress }: RuleCardProps): ReactElement {
  const { title, says, caseIds, count } = rule;
  return (
    <article className={styles['rule']} data-pressed={isPressed ? '' : undefined} aria-label={title}>
      <button type="button" aria-pressed={isPressed} onClick={onPress}>
        <b>{title}</b>
        <span>
          {formatCount(count)} {count === 1 ? 'difference' : 'differences'}
        </span>
      </button>
      <dl>
        {dialects.map((dialect, i) => (
          <div key={dialect}>
            <dt>{DIALECT_TITLES[dialect]}</dt>
            <dd>{says[i]}</dd>
          </div>
        ))}
      </dl>
      <p className={styles['cases']}>
        {caseIds.length === 0 ? 'From the engines’ sources.' : `Recorded cases: ${caseIds.join(', ')}`}
      </p>
    </article>
  );
}

interface NodeDifferencesProps {
  readonly node: ComparedNode;
  readonly rules: readonly ComparedRule[];
  readonly dialects: ComparisonViewProps['dialects'];
  readonly pressed: string | null;
}

function NodeDifferences({ node, rules, dialects, pressed }: NodeDifferencesProps): ReactElement {
  const nodes = useDocumentStore((state) => state.document.nodes);
  const nameOf = (id: string): string => {
    const own = nodes.find((each) => each.id === id);
    return own === undefined ? id : displayName(own);
  };
  const [a, b] = [DIALECT_TITLES[dialects[0]], DIALECT_TITLES[dialects[1]]];
  const name = nameOf(node.nodeId);
  const shown = node.differences.filter((each) => isShown(each, pressed));
  const why = ({ rules: ids, follows }: ComparedResult): string => {
    const titles = ids.map((id) => rules.find((rule) => rule.id === id)?.title ?? id);
    const before = follows.map((id) => `follows from ${nameOf(id)}`);
    return [...titles, ...before].join('; ') || 'No known rule.';
  };
  return (
    <section aria-label={name}>
      <h3>{name}</h3>
      <p>{nodeWords(node, a, b)}</p>
      <div className={styles['scroll']} role="region" aria-label={`Differences of ${name}`} tabIndex={0}>
        <table className={styles['table']}>
          <thead>
            <tr>
              <th scope="col">What</th>
              <th scope="col">Where</th>
              <th scope="col">{a}</th>
              <th scope="col">{b}</th>
              <th scope="col">Why</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((each, i) => (
              <tr key={i} data-unexplained={each.rules.length + each.follows.length === 0 ? '' : undefined}>
                <td>{kindWords(each.kind, a, b)}</td>
                <th scope="row">{placeWords(each)}</th>
                <td>{sideWords(each.a, each)}</td>
                <td>{sideWords(each.b, each)}</td>
                <td>{why(each)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {node.differing > node.differences.length && (
        <p className={styles['cases']}>
          {formatCount(node.differences.length)} of {formatCount(node.differing)} are shown: the first ones of each
          kind.
        </p>
      )}
    </section>
  );
}
