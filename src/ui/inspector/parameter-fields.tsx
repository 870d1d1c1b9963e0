import type { ReactElement } from 'react';
import { useAnalysis } from '../../app/document-analysis.ts';
import type { Parameter } from '../../app/document-parameters.ts';
import { derivedText } from '../../app/derived-text.ts';
import { isWithin } from '../../app/document-settings.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { DialectName } from '../../stream/node-definition.ts';
import { DIALECT_TITLES } from '../theme/dialect-words.ts';
import { AggregatesField } from './aggregates-field.tsx';
import { BooleanField, ChoiceField } from './choice-field.tsx';
import { ColumnField, ColumnsField } from './column-fields.tsx';
import { ColumnSetsField } from './column-sets-field.tsx';
import { editorOf, isLarge } from './editor-of.ts';
import type { Editor } from './editor-of.ts';
import { ExpressionField } from './expression-field.tsx';
import { FileColumnsField } from './file-columns-field.tsx';
import { FileField } from './file-field.tsx';
import styles from './inspector.module.css';
import { OrderByField } from './order-by-field.tsx';
import type { FormContext, ParameterFieldProps, RenderFields } from './parameter-field-props.ts';
import { ParameterGroup, ParameterVariants } from './parameter-group.tsx';
import { ProjectionsField } from './projections-field.tsx';
import { RecordsField } from './records-field.tsx';
import { StepField } from './step-field.tsx';
import { TableColumnsField } from './table-columns-field.tsx';
import { TableField } from './table-field.tsx';
import { TextField } from './text-field.tsx';
import { TextsField } from './texts-field.tsx';
import { TriggerField } from './trigger-field.tsx';

interface ParameterFieldsProps {
  readonly parameters: readonly Parameter[];
  readonly values: Readonly<Record<string, unknown>>;
  readonly context: FormContext;
}

/** The fields of some parameters of one object, simple ones first, those that need room after them. */
export function ParameterFields({ parameters, values, context }: ParameterFieldsProps): ReactElement {
  const dialect = useDocumentStore((state) => state.document.dialect);
  const shown = parameters.filter((parameter) => isShown(parameter, values, dialect));
  const simple = shown.filter((parameter) => !isLarge(parameter));
  const render = (parameter: Parameter): ReactElement => (
    <ParameterField key={parameter.name} parameter={parameter} value={values[parameter.name]} context={context} />
  );
  return (
    <>
      {simple.length > 0 && <div className={styles['fields']}>{simple.map(render)}</div>}
      {shown.filter(isLarge).map(render)}
    </>
  );
}

/** Whether a parameter has a meaning in the dialect and beside the other values. */
export function isShown(
  { name, isOptional, meta: { showWhen, dialects } }: Parameter,
  values: Readonly<Record<string, unknown>>,
  dialect: DialectName,
): boolean {
  // What the dialect lacks stays in view while somebody has set it: it must be possible to take it away.
  const isSet = isOptional && values[name] !== undefined;
  if (dialects !== undefined && !dialects.includes(dialect) && !isSet) return false;
  return showWhen === undefined || showWhen.values.some((value) => value === values[showWhen.name]);
}

interface OneFieldProps {
  readonly parameter: Parameter;
  readonly value: unknown;
  readonly context: FormContext;
}

function ParameterField({ parameter: plain, value, context }: OneFieldProps): ReactElement | null {
  const { nodeId, index, columnsAt } = context;
  const dialect = useDocumentStore((state) => state.document.dialect);
  const parameter = withEngineName(plain, dialect);
  const place = `nodes.${index}.${parameter.path.join('.')}`;
  const problems = context.problems.filter(({ path }) => isWithin(path, place));
  const note = useDerived(nodeId, parameter);
  const props: ParameterFieldProps = { nodeId, parameter, value, problems, columnsAt, note };
  const part = { context, render: renderIn(context) };
  const editor = editorOf(parameter);
  switch (editor) {
    case null:
      return null;
    case 'records':
      return <RecordsField {...props} {...part} />;
    case 'aggregates':
      return <AggregatesField {...props} {...part} />;
    case 'group':
      return <ParameterGroup {...props} {...part} />;
    case 'variants':
      return <ParameterVariants {...props} {...part} />;
    default: {
      const SimpleEditor = EDITORS[editor];
      return <SimpleEditor {...props} />;
    }
  }
}

type SimpleEditor = Exclude<Editor, 'records' | 'aggregates' | 'group' | 'variants'>;

const EDITORS: Readonly<Record<SimpleEditor, (props: ParameterFieldProps) => ReactElement | null>> = {
  text: TextField,
  boolean: BooleanField,
  choice: ChoiceField,
  expression: ExpressionField,
  column: ColumnField,
  columns: ColumnsField,
  'column-sets': ColumnSetsField,
  'table-columns': TableColumnsField,
  'order-by': OrderByField,
  step: StepField,
  table: TableField,
  trigger: TriggerField,
  texts: TextsField,
  projections: ProjectionsField,
  fields: FileColumnsField,
  file: FileField,
};

/** What follows from the value in the graph's dialect. */
function useDerived(nodeId: string, { path }: Parameter): string | null {
  const streams = useAnalysis((state) => state.streams.get(nodeId));
  return useDocumentStore(({ document }) => {
    const node = document.nodes.find(({ id }) => id === nodeId);
    return node === undefined ? null : derivedText(document.dialect, node, { path, streams });
  });
}

/** The help text ends with what the engine itself calls the parameter. */
function withEngineName(parameter: Parameter, dialect: DialectName): Parameter {
  const { description, engineNames } = parameter.meta;
  const name = engineNames?.[dialect];
  if (name === undefined) return parameter;
  return {
    ...parameter,
    meta: { ...parameter.meta, description: `${description} ${DIALECT_TITLES[dialect]}: ${name}` },
  };
}

function renderIn(context: FormContext): RenderFields {
  return (parameters, values) => <ParameterFields parameters={parameters} values={values} context={context} />;
}
