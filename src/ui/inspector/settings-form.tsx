import { ChevronRight } from 'lucide-react';
import { useCallback } from 'react';
import type { ReactElement } from 'react';
import type { NodeStreams } from '../../app/document-analysis.ts';
import { useAnalysis } from '../../app/document-analysis.ts';
import { isOfferedParameter } from '../../app/document-dialect.ts';
import { parametersOf } from '../../app/document-parameters.ts';
import { effectiveConfig } from '../../app/document-settings.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { DocumentNode } from '../../app/document-store.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { InputPortName, NodeDefinition } from '../../stream/node-definition.ts';
import type { Field } from '../../stream/types.ts';
import styles from './inspector.module.css';
import type { FormContext } from './parameter-field-props.ts';
import { isShown, ParameterFields } from './parameter-fields.tsx';

const NO_COLUMNS: readonly Field[] = [];

/** What a join refuses has the columns of both sides, whatever it gives out. */
function bothSides(streams: NodeStreams | undefined): StreamType | undefined {
  return streams?.outputs['rejected'] ?? streams?.outputs['out'];
}

interface SettingsFormProps {
  readonly node: DocumentNode;
  readonly definition: NodeDefinition;
}

/** The parameters of a node, as its definition states them. Good edits apply at once. */
export function SettingsForm({ node, definition }: SettingsFormProps): ReactElement {
  const index = useDocumentStore((state) => state.document.nodes.findIndex(({ id }) => id === node.id));
  const dialect = useDocumentStore((state) => state.document.dialect);
  const problems = useAnalysis((state) => state.problems);
  const streams = useAnalysis((state) => state.streams.get(node.id));
  const isSource = definition.inputs.length === 0;
  const isJoin = definition.group === 'joins';
  const columnsAt = useCallback(
    (input: InputPortName) => {
      const arriving = streams?.inputs.find(({ port }) => port.name === input)?.type;
      if (arriving !== undefined) return arriving?.schema.fields ?? NO_COLUMNS;
      // A source speaks of its own columns, a condition of a join of those of both sides.
      const own = isSource ? streams?.outputs['out'] : isJoin ? bothSides(streams) : null;
      return own?.schema.fields ?? NO_COLUMNS;
    },
    [streams, isSource, isJoin],
  );
  const context: FormContext = { nodeId: node.id, index, problems, columnsAt };
  const values = effectiveConfig(node, 'config');
  const parameters = parametersOf(definition, 'config').filter(({ name, path }) => {
    const value = values[name];
    return isOfferedParameter(dialect, node, path) || (Array.isArray(value) && value.length > 0);
  });
  const knobs = parametersOf(definition, 'engine');
  // Which of them have a meaning may hang on the node's own figures.
  const engineValues = {
    ...values,
    ...Object.fromEntries(knobs.map(({ name }) => [name, undefined])),
    ...effectiveConfig(node, 'engine'),
  };
  const engine = knobs.filter((parameter) => isShown(parameter, engineValues, dialect));
  return (
    <div key={node.id}>
      {parameters.length === 0 && <p className={styles['note']}>{definition.summary} There is nothing to set.</p>}
      <div className={styles['form']}>
        <ParameterFields parameters={parameters} values={values} context={context} />
      </div>
      {engine.length > 0 && (
        <details className={styles['fold']}>
          <summary>
            <ChevronRight size={14} aria-hidden /> Engine
          </summary>
          <div>
            <ParameterFields parameters={engine} values={engineValues} context={context} />
          </div>
        </details>
      )}
    </div>
  );
}
