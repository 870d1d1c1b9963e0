import type { ReactElement } from 'react';
import type { Parameter } from '../../app/document-parameters.ts';
import { effectiveConfig } from '../../app/document-settings.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { valueAt } from '../../app/document-value.ts';
import type { Problem } from '../../stream/problem.ts';
import type { Field } from '../../stream/types.ts';
import type { InputPortName } from '../../stream/node-definition.ts';

export interface ParameterFieldProps {
  readonly nodeId: string;
  readonly parameter: Parameter;
  /** With defaults filled in. */
  readonly value: unknown;
  /** What the dialect makes of the value together with others. */
  readonly note?: string | null;
  /** What is wrong in the document at or below this parameter. */
  readonly problems: readonly Problem[];
  /** Columns that arrive at an input; empty while nothing is connected. */
  readonly columnsAt: (input: InputPortName) => readonly Field[];
}

/** The value of a parameter in the document as it stands now, with defaults. */
export function currentValue(nodeId: string, path: readonly string[]): unknown {
  const node = useDocumentStore.getState().document.nodes.find(({ id }) => id === nodeId);
  const [part, ...rest] = path;
  if (node === undefined || (part !== 'config' && part !== 'engine')) return undefined;
  return valueAt(effectiveConfig(node, part), rest);
}

/** What every field of one node's form is given. */
export interface FormContext {
  readonly nodeId: string;
  /** The node's place in the document, as the paths of problems count it. */
  readonly index: number;
  readonly problems: readonly Problem[];
  readonly columnsAt: (input: InputPortName) => readonly Field[];
}

export type RenderFields = (
  parameters: readonly Parameter[],
  values: Readonly<Record<string, unknown>>,
) => ReactElement;
