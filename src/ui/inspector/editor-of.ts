import type { Parameter } from '../../app/document-parameters.ts';
import type { ParameterControl } from '../../stream/node-definition.ts';

export type Editor =
  | Exclude<ParameterControl, 'lags' | 'steps' | 'duration' | 'instant'>
  | 'records'
  | 'step'
  | 'text'
  | 'boolean'
  | 'choice'
  | 'group'
  | 'variants';

/** By which editor a parameter is entered; null where nothing is to be chosen, or nothing can be. */
export function editorOf({ name, path, meta, entry }: Parameter): Editor | null {
  if (name === 'step' || name === 'skipStep') return 'step';
  switch (meta.control) {
    case 'lags':
    case 'steps':
      return 'records';
    case 'duration':
    case 'instant':
      return 'text';
    case undefined:
      break;
    default:
      return meta.control;
  }
  switch (entry.kind) {
    case 'text':
      // What a column is called is chosen and not spelled, wherever the columns are known.
      return name === 'column' && !isOfRecords(path) ? 'column' : 'text';
    case 'number':
    case 'texts':
      return 'text';
    case 'choice':
      // A choice of one says nothing.
      return entry.options.length > 1 ? 'choice' : null;
    case 'list':
      return 'records';
    case 'other':
      return null;
    default:
      return entry.kind;
  }
}

/** The column of the operations is in the records of a file, not in the rows. */
function isOfRecords(path: readonly string[]): boolean {
  return path.includes('ops');
}

const LARGE: ReadonlySet<Editor> = new Set([
  'aggregates',
  'projections',
  'fields',
  'column-sets',
  'trigger',
  'texts',
  'order-by',
  'records',
  'table',
  'group',
  'variants',
]);

/** Whether it stands below the others, over the whole width. */
export function isLarge(parameter: Parameter): boolean {
  const editor = editorOf(parameter);
  return editor !== null && LARGE.has(editor);
}
