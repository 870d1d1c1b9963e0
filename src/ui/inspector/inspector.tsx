import { PanelRightClose } from 'lucide-react';
import { Tabs } from 'radix-ui';
import type { ReactElement } from 'react';
import { findDefinition } from '../../app/document-catalog.ts';
import type { DocumentNode } from '../../app/document-store.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { NodeDefinition } from '../../stream/node-definition.ts';
import { Badge } from '../theme/badge.tsx';
import { Button } from '../theme/button.tsx';
import controls from '../theme/controls.module.css';
import { NodeGlyph } from '../theme/node-glyph.tsx';
import { Tooltip } from '../theme/tooltip.tsx';
import { FiringSection } from './firing-section.tsx';
import { GraphPanel } from './graph-panel.tsx';
import styles from './inspector.module.css';
import { LedgerSection } from './ledger-section.tsx';
import { NodeProblems } from './node-problems.tsx';
import { ResultsSection } from './results-section.tsx';
import { SchemaSection } from './schema-section.tsx';
import { SettingsForm } from './settings-form.tsx';

const DIALECT_WORDS: Readonly<Record<string, string>> = {
  'flink-datastream': 'Flink rules',
  'flink-sql': 'Flink SQL rules',
  'kafka-streams': 'Kafka rules',
  ksqldb: 'ksqlDB rules',
  beam: 'Beam rules',
};
/** Newest rows under the settings; the tab of their own shows all that there are. */
const ROWS_IN_SETTINGS = 6;
const ROWS_IN_TAB = 200;

/** Everything about the selected node; about the graph while none is selected. */
export function Inspector({ onFold }: { onFold: () => void }): ReactElement {
  const selected = useDocumentStore((state) => state.selection.nodeIds);
  const node = useDocumentStore((state) => state.document.nodes.find(({ id }) => id === state.selection.nodeIds[0]));
  const definition = node === undefined ? null : findDefinition(node.type);
  if (selected.length === 1 && node !== undefined && definition !== null) {
    return <NodePanel key={node.id} node={node} definition={definition} onFold={onFold} />;
  }
  return (
    <div className={styles['inspector']}>
      <header className={styles['head']}>
        <h2 className={styles['title']}>{selected.length > 1 ? `${selected.length} nodes` : 'Graph'}</h2>
        <DialectBadge />
        <FoldButton onFold={onFold} />
      </header>
      <div className={styles['body']}>{selected.length > 1 ? <SelectionPanel /> : <GraphPanel />}</div>
    </div>
  );
}

interface NodePanelProps {
  readonly node: DocumentNode;
  readonly definition: NodeDefinition;
  readonly onFold: () => void;
}

function NodePanel({ node, definition, onFold }: NodePanelProps): ReactElement {
  const tab = (value: string, title: string): ReactElement => (
    <Tabs.Trigger value={value} className={controls['tab']}>
      {title}
    </Tabs.Trigger>
  );
  return (
    <Tabs.Root defaultValue="settings" className={styles['inspector']}>
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
          {tab('settings', 'Settings')}
          {tab('rows', 'Rows')}
          {tab('schema', 'Schema')}
        </Tabs.List>
        <FoldButton onFold={onFold} />
      </div>
      <Tabs.Content value="settings" className={styles['body']}>
        <NodeProblems nodeId={node.id} />
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

function DialectBadge(): ReactElement {
  const dialect = useDocumentStore((state) => state.document.dialect);
  return <Badge>{DIALECT_WORDS[dialect] ?? dialect}</Badge>;
}

function FoldButton({ onFold }: { onFold: () => void }): ReactElement {
  return (
    <Tooltip text="Fold the inspector (I)" side="left">
      <Button look="quiet" isIcon aria-label="Fold the inspector" onClick={onFold}>
        <PanelRightClose size={16} aria-hidden />
      </Button>
    </Tooltip>
  );
}

function SelectionPanel(): ReactElement {
  return (
    <Button look="danger" onClick={useDocumentStore.getState().removeSelection}>
      Delete
    </Button>
  );
}
