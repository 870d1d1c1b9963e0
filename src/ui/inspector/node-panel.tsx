import { Tabs } from 'radix-ui';
import { Suspense } from 'react';
import type { ReactElement, ReactNode } from 'react';
import { definitionOf } from '../../app/document-parameters.ts';
import type { DocumentNode } from '../../app/document-store.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { useKeptLineage } from '../explain/use-kept-lineage.ts';
import controls from '../theme/controls.module.css';
import { lazyPart } from '../theme/lazy-part.tsx';
import { NodeGlyph } from '../theme/node-glyph.tsx';
import { Fields, useIsReadOnly } from './fields.tsx';
import { FiringSection } from './firing-section.tsx';
import { DialectBadge, FoldButton, HelpButton } from './inspector-head.tsx';
import type { InspectorTab } from './inspector-store.ts';
import { INSPECTOR_TABS, useInspector } from './inspector-store.ts';
import styles from './inspector.module.css';
import { LiveEditLine } from './live-edit-line.tsx';
import { LedgerSection } from './ledger-section.tsx';
import { MatchSection } from './match-section.tsx';
import { NodeProblems } from './node-problems.tsx';
import { ResultsSection } from './results-section.tsx';
import { SettingsForm } from './settings-form.tsx';
import { useInspectorKeys } from './use-inspector-keys.ts';

const OperatorHelpSection = lazyPart(async () => (await import('./operator-help-section.tsx')).OperatorHelpSection);
const SilenceCard = lazyPart(async () => (await import('../explain/silence-card.tsx')).SilenceCard);
const RowsTab = lazyPart(async () => (await import('./rows-tab.tsx')).RowsTab);
const StateTab = lazyPart(async () => (await import('./state-tab.tsx')).StateTab);
const LineageTab = lazyPart(async () => (await import('../explain/lineage-tab.tsx')).LineageTab);
const CodeTab = lazyPart(async () => (await import('./code-tab.tsx')).CodeTab);

/** Newest rows under the settings; the tab of their own shows all that there are. */
const ROWS_IN_SETTINGS = 6;

const TITLES: Readonly<Record<InspectorTab, string>> = {
  settings: 'Settings',
  rows: 'Rows',
  state: 'State',
  lineage: 'Lineage',
  code: 'Code',
};

interface NodePanelProps {
  readonly node: DocumentNode;
  readonly onFold: () => void;
}

/** The selected node: its settings and what it waits for, its rows, its state, and how the document says it. */
export function NodePanel({ node, onFold }: NodePanelProps): ReactElement {
  const definition = definitionOf(node);
  const tab = useInspector((state) => state.tab);
  const isHelpOpen = useInspector((state) => state.isHelpOpen);
  const isReadOnly = useIsReadOnly();
  useKeptLineage(tab);
  const { form, name, onKeyDown } = useInspectorKeys(node.id);
  return (
    <Tabs.Root value={tab} onValueChange={choose} className={styles['inspector']} onKeyDown={onKeyDown}>
      <header className={styles['head']}>
        <h2 className={controls['visuallyHidden']}>{definition.title}</h2>
        <span className={styles['tile']} data-stateful={definition.stateful ? '' : undefined}>
          <NodeGlyph kind={node.type} config={node.config} />
        </span>
        <div className={styles['title']}>
          <input
            ref={name}
            className={styles['name']}
            aria-label="Name of the node"
            value={node.label ?? ''}
            placeholder={node.id}
            maxLength={500}
            readOnly={isReadOnly}
            onChange={(event) => useDocumentStore.getState().renameNode(node.id, event.target.value)}
          />
        </div>
        <DialectBadge />
        <HelpButton />
      </header>
      <div className={`${controls['tabs'] ?? ''} ${styles['tabs'] ?? ''}`}>
        <Tabs.List aria-label="About the node">
          {INSPECTOR_TABS.map((each) => (
            <Tabs.Trigger key={each} value={each} className={controls['tab']}>
              {TITLES[each]}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        <FoldButton onFold={onFold} />
      </div>
      <TabBody tab="settings">
        {isHelpOpen && <OperatorHelpSection node={node} definition={definition} />}
        <NodeProblems nodeId={node.id} />
        <LiveEditLine node={node} />
        <MatchSection node={node} />
        <Fields ref={form}>
          <SettingsForm node={node} definition={definition} />
        </Fields>
        <FiringSection nodeId={node.id} />
        <Silence nodeId={node.id} />
        <LedgerSection nodeId={node.id} isSource={definition.group === 'sources'} />
        <ResultsSection nodeId={node.id} rowsMax={ROWS_IN_SETTINGS} />
      </TabBody>
      <TabBody tab="rows">
        <RowsTab node={node} definition={definition} />
      </TabBody>
      <TabBody tab="state">
        <StateTab node={node} definition={definition} />
      </TabBody>
      <TabBody tab="lineage">
        <LineageTab node={node} />
      </TabBody>
      <TabBody tab="code">
        <CodeTab node={node} />
      </TabBody>
    </Tabs.Root>
  );
}

function choose(value: string): void {
  const chosen = INSPECTOR_TABS.find((candidate) => candidate === value);
  if (chosen !== undefined) useInspector.getState().show(chosen);
}

/** Nothing else waits until it is loaded. */
function Silence({ nodeId }: { nodeId: string }): ReactElement {
  return (
    <Suspense fallback={null}>
      <SilenceCard nodeId={nodeId} />
    </Suspense>
  );
}

function TabBody({ tab, children }: { tab: InspectorTab; children: ReactNode }): ReactElement {
  return (
    <Tabs.Content value={tab} className={styles['body']} data-tab={tab}>
      <Suspense fallback={null}>{children}</Suspense>
    </Tabs.Content>
  );
}
