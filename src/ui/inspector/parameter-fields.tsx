import type { ReactElement } from 'react';
import { useAnalysis } from '../../app/document-analysis.ts';
import type { Parameter } from '../../app/document-parameters.ts';
import { derivedText } from '../../app/document-dialect.ts';
import { isWithin } from '../../app/document-settings.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { DialectName } from '../../stream/node-definition.ts';
import { DIALECT_TITLES } from '../theme/dialect-words.ts';
import { AggregatesField } from './aggregates-field.tsx';
import { BooleanField, ChoiceField } from './choice-field.tsx';
import { ColumnField, ColumnsField } from './column-fields.tsx';
import { ColumnSetsField } from './column-sets-field.tsx';
import { ExpressionField } from './expression-field.tsx';
import { FileColumnsField } from './file-columns-field.tsx';
import { FileField } from './file-field.tsx';
import styles from './inspector.module.css';
import type { FormContext, ParameterFieldProps, RenderFields } from './parameter-field-props.ts';
import { ParameterGroup, ParameterVariants } from './parameter-group.tsx';
import { ProjectionsField } from './projections-field.tsx';
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
  const shown = parameters.filter(({ name, isOptional, meta: { showWhen, dialects } }) => {
    // What the dialect lacks stays in view while somebody has set it: it must be possible to take it away.
    const isSet = isOptional && values[name] !== undefined;
    if (dialects !== undefined && !dialects.includes(dialect) && !isSet) return false;
    return showWhen === undefined || showWhen.values.some((value) => value === values[showWhen.name]);
  });
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

const LARGE_CONTROLS: ReadonlySet<string> = new Set([
  'aggregates',
  'projections',
  'fields',
  'column-sets',
  'trigger',
  'texts',
]);

function isLarge({ entry, meta }: Parameter): boolean {
  return (
    (meta.control !== undefined && LARGE_CONTROLS.has(meta.control)) ||
    entry.kind === 'group' ||
    entry.kind === 'variants'
  );
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
  switch (parameter.meta.control) {
    case 'expression':
      return <ExpressionField {...props} />;
    case 'column':
      return <ColumnField {...props} />;
    case 'columns':
      return <ColumnsField {...props} />;
    case 'column-sets':
      return <ColumnSetsField {...props} />;
    case 'trigger':
      return <TriggerField {...props} />;
    case 'texts':
      return <TextsField {...props} />;
    case 'aggregates':
      return <AggregatesField {...props} context={context} render={renderIn(context)} />;
    case 'projections':
      return <ProjectionsField {...props} />;
    case 'fields':
      return <FileColumnsField {...props} />;
    case 'file':
      return <FileField {...props} />;
    case 'duration':
    case 'instant':
      return <TextField {...props} />;
    default:
      return <PlainField {...props} context={context} />;
  }
}

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

function PlainField({ context, ...props }: ParameterFieldProps & { context: FormContext }): ReactElement | null {
  const { entry } = props.parameter;
  const render = renderIn(context);
  const part = { parameter: props.parameter, value: props.value, context, render };
  switch (entry.kind) {
    case 'text':
      // What a column is called is chosen and not spelled, wherever the columns are known.
      return props.parameter.name === 'column' ? <ColumnField {...props} /> : <TextField {...props} />;
    case 'number':
      return <TextField {...props} />;
    case 'boolean':
      return <BooleanField {...props} />;
    case 'choice':
      // A choice of one says nothing.
      return entry.options.length > 1 ? <ChoiceField {...props} options={entry.options} /> : null;
    case 'group':
      return <ParameterGroup {...part} />;
    case 'variants':
      return <ParameterVariants {...part} />;
    case 'list':
    case 'other':
      return null;
  }
}
