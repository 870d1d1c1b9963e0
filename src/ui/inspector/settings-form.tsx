import { ChevronRight } from 'lucide-react';
import { useCallback } from 'react';
import type { ReactElement } from 'react';
import { useAnalysis } from '../../app/document-analysis.ts';
import { parametersOf } from '../../app/document-parameters.ts';
import { effectiveConfig } from '../../app/document-settings.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { DocumentNode } from '../../app/document-store.ts';
import type { InputPortName, NodeDefinition } from '../../stream/node-definition.ts';
import type { Field } from '../../stream/types.ts';
import styles from './inspector.module.css';
import type { FormContext } from './parameter-field-props.ts';
import { ParameterFields } from './parameter-fields.tsx';

const NO_COLUMNS: readonly Field[] = [];

interface SettingsFormProps {
  readonly node: DocumentNode;
  readonly definition: NodeDefinition;
}

/** The parameters of a node, as its definition states them. Good edits apply at once. */
export function SettingsForm({ node, definition }: SettingsFormProps): ReactElement {
  const index = useDocumentStore((state) => state.document.nodes.findIndex(({ id }) => id === node.id));
  const problems = useAnalysis((state) => state.problems);
  const streams = useAnalysis((state) => state.streams.get(node.id));
  const isSource = definition.inputs.length === 0;
  // What a source's parameters speak of are its own columns.
  const columnsAt = useCallback(
    (input: InputPortName) => {
      const type = isSource ? streams?.outputs['out'] : streams?.inputs.find(({ port }) => port.name === input)?.type;
      return type?.schema.fields ?? NO_COLUMNS;
    },
    [streams, isSource],
  );
  const context: FormContext = { nodeId: node.id, index, problems, columnsAt };
  const parameters = parametersOf(definition, 'config');
  const engine = parametersOf(definition, 'engine');
  return (
    <div key={node.id}>
      {parameters.length === 0 && <p className={styles['note']}>{definition.summary} There is nothing to set.</p>}
      <div className={styles['form']}>
        <ParameterFields parameters={parameters} values={effectiveConfig(node, 'config')} context={context} />
      </div>
      {engine.length > 0 && (
        <details className={styles['fold']}>
          <summary>
            <ChevronRight size={14} aria-hidden /> Engine
          </summary>
          <div>
            <ParameterFields parameters={engine} values={effectiveConfig(node, 'engine')} context={context} />
          </div>
        </details>
      )}
    </div>
  );
}
