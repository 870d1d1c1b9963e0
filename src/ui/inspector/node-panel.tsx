import { Tabs } from 'radix-ui';
import type { ReactElement } from 'react';
import { definitionOf } from '../../app/document-parameters.ts';
import type { DocumentNode } from '../../app/document-store.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import controls from '../theme/controls.module.css';
import { NodeGlyph } from '../theme/node-glyph.tsx';
import { FiringSection } from './firing-section.tsx';
import { DialectBadge, FoldButton } from './inspector-head.tsx';
import styles from './inspector.module.css';
import { LedgerSection } from './ledger-section.tsx';
import { MatchSection } from './match-section.tsx';
import { NodeProblems } from './node-problems.tsx';
import { ResultsSection } from './results-section.tsx';
import { SchemaSection } from './schema-section.tsx';
import { SettingsForm } from './settings-form.tsx';

/** Newest rows under the settings; the tab of their own shows all that there are. */
const ROWS_IN_SETTINGS = 6;
const ROWS_IN_TAB = 200;

interface NodePanelProps {
  readonly node: DocumentNode;
  readonly tab: string;
  readonly onTab: (tab: string) => void;
  readonly onFold: () => void;
}

/** The selected node: its settings, what it waits for, its ledger and its rows. */
export function NodePanel({ node, tab, onTab, onFold }: NodePanelProps): ReactElement {
  const definition = definitionOf(node);
  const trigger = (value: string, title: string): ReactElement => (
    <Tabs.Trigger value={value} className={controls['tab']}>
      {title}
    </Tabs.Trigger>
  );
  return (
    <Tabs.Root value={tab} onValueChange={onTab} className={styles['inspector']}>
      <header className={styles['head']}>
        <span className={styles['tile']} data-stateful={definition.stateful ? '' : undefined}>
          <NodeGlyph kind={node.type} config={node.config} />
        </span>
        <div className={styles['title']}>
          <input
            className={styles['name']}
            aria-label="Name of the node"
            value={node.label ?? ''}
            placeholder={node.id}
            maxLength={500}
            onChange={(event) => useDocumentStore.getState().renameNode(node.id, event.target.value)}
          />
        </div>
        <DialectBadge />
      </header>
      <div className={`${controls['tabs'] ?? ''} ${styles['tabs'] ?? ''}`}>
        <Tabs.List aria-label="About the node">
          {trigger('settings', 'Settings')}
          {trigger('rows', 'Rows')}
          {trigger('schema', 'Schema')}
        </Tabs.List>
        <FoldButton onFold={onFold} />
      </div>
      <Tabs.Content value="settings" className={styles['body']}>
        <NodeProblems nodeId={node.id} />
        <MatchSection node={node} />
        <SettingsForm node={node} definition={definition} />
        <FiringSection nodeId={node.id} />
        <LedgerSection nodeId={node.id} isSource={definition.group === 'sources'} />
        <ResultsSection nodeId={node.id} rowsMax={ROWS_IN_SETTINGS} />
      </Tabs.Content>
      <Tabs.Content value="rows" className={styles['body']}>
        <ResultsSection nodeId={node.id} rowsMax={ROWS_IN_TAB} />
      </Tabs.Content>
      <Tabs.Content value="schema" className={styles['body']}>
        <SchemaSection nodeId={node.id} definition={definition} />
      </Tabs.Content>
    </Tabs.Root>
  );
}
