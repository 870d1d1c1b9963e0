import type { CompiledPredicate } from '../../expression/compile.ts';
import { compileExpression } from '../../expression/compile.ts';
import type { AggregateRules } from '../../operators/dialects/dialect.ts';
import type { KernelRequest, OperatorKind } from '../../operators/operator.ts';
import type { BoundAggregate } from '../../operators/shared/aggregates/bound-aggregate.ts';
import { defined } from '../../stream/assert.ts';
import type { Batch, StreamType } from '../../stream/batch.ts';
import { withColumns } from '../../stream/batch.ts';
import type { OutputPortName } from '../../stream/node-definition.ts';
import type { Field, Schema } from '../../stream/types.ts';

/** No column of a document has this name. */
const NUMBER: Field = { name: '\u0000row', type: { kind: 'DOUBLE' }, nullable: true };
const NUMBERS: Field = { name: '\u0000rows', type: { kind: 'ARRAY', element: { kind: 'DOUBLE' } }, nullable: true };

/** A kernel of the same meaning whose inputs have one more column, the last: the number of each row. */
export interface NumberedRequest {
  readonly request: KernelRequest<never>;
  /** Columns of each output with the numbers of the rows that a result was made of: one, or a list. */
  readonly places: Readonly<Partial<Record<OutputPortName, readonly number[]>>>;
}

type Bound = Readonly<Record<string, unknown>>;
type Request = KernelRequest<Bound>;

/** How a kind treats the numbers. `places`: where they stand in `out`. */
interface Numbered {
  readonly bound: Bound;
  readonly places: readonly number[];
}

/** Null for a kind that makes no rows. */
export function numberedRequest(kind: OperatorKind, given: KernelRequest<never>): NumberedRequest | null {
  const request = given as Request;
  if (kind === 'sink') return null;
  const numbered = request.inputs.length === 2 && kind !== 'union' ? joined(request) : alone(kind, request);
  const inputs = request.inputs.map((type) => withFields(type, [type.schema.fields.length]));
  const passed = passedPlaces(kind, request);
  const outputs: Partial<Record<OutputPortName, StreamType>> = {};
  const places: Partial<Record<OutputPortName, readonly number[]>> = {};
  for (const port of ['out', 'late', 'rejected'] as const) {
    const type = request.outputs[port];
    if (type === undefined) continue;
    places[port] = port === 'out' ? numbered.places : passed;
    outputs[port] = withFields(type, places[port], port === 'out' ? listPlace(kind, numbered) : -1);
  }
  return { request: { ...request, bound: numbered.bound, inputs, outputs } as unknown as KernelRequest<never>, places };
}

/** Of rows that go by another way than `out`, as they came; of joins with the other side beside them. */
function passedPlaces(kind: OperatorKind, { inputs }: Request): readonly number[] {
  const [left, right] = inputs.map(({ schema }) => schema.fields.length);
  const width = left ?? 0;
  return right === undefined || kind === 'union' ? [width] : [width, width + 1 + right];
}

function joined({ bound, inputs, outputs }: Request): Numbered {
  const [left = 0, right = 0] = inputs.map(({ schema }) => schema.fields.length);
  const width = defined(outputs.out, 'results of a join').schema.fields.length;
  const own = { ...bound, ...withResidual(bound, left) };
  if (width === left) return { bound: own, places: [left] };
  const first = width - left - right;
  return { bound: own, places: [first + left, first + left + 1 + right] };
}

/** The further condition as it was before there were numbers behind the left columns. */
function withResidual(bound: Bound, place: number): Bound {
  if (bound['residual'] !== undefined) return { residual: withoutNumber(bound['residual'] as Predicate, place) };
  const match = bound['match'] as Bound | undefined;
  if (match === undefined) return {};
  return { match: { ...match, residual: withoutNumber(match['residual'] as Predicate, place) } };
}

type Predicate = CompiledPredicate | null;

/** Reads batches that have a column of numbers at `place` as those that have none. */
function withoutNumber(predicate: Predicate, place: number): Predicate {
  if (predicate === null) return null;
  const before = (batch: Batch): Batch => withColumns(batch, batch.columns.toSpliced(place, 1));
  return {
    ...predicate,
    evaluate: (batch, errors, buffers) => predicate.evaluate(before(batch), errors, buffers),
    select: (batch, errors, buffers) => predicate.select(before(batch), errors, buffers),
  };
}

function alone(kind: OperatorKind, request: Request): Numbered {
  const { bound, inputs, outputs, dialect } = request;
  const input = defined(inputs[0], 'an input');
  const width = input.schema.fields.length;
  const last = outputs.out?.schema.fields.length ?? 0;
  const numbers = numbersOf(input, dialect.aggregates);
  const aggregates = [...((bound['aggregates'] as readonly BoundAggregate[] | undefined) ?? []), numbers];
  switch (kind) {
    case 'map':
      return { bound: { ...bound, columns: [...(bound['columns'] as readonly unknown[]), width] }, places: [last] };
    case 'flat-map': {
      const kept = bound['kept'] as readonly number[];
      return { bound: { ...bound, kept: [...kept, width] }, places: [kept.length] };
    }
    case 'join.lookup':
      return { bound: { ...bound, ...withResidual(bound, width) }, places: [width] };
    case 'aggregate':
      return { bound: { ...bound, aggregates }, places: [last] };
    case 'window':
      return bound['result'] === 'rows'
        ? { bound, places: [width] }
        : { bound: { ...bound, aggregates }, places: [last] };
    case 'over':
      return { bound: { ...bound, aggregates }, places: [width, width + aggregates.length] };
    case 'pattern':
      return { bound: numberedPattern(bound, numbers, width), places: [last] };
    default:
      return { bound, places: [width] };
  }
}

function numberedPattern(bound: Bound, aggregate: BoundAggregate, width: number): Bound {
  const steps = (bound['steps'] as readonly { readonly condition: CompiledPredicate }[]).map((step) => ({
    ...step,
    condition: withoutNumber(step.condition, width),
  }));
  return { ...bound, steps, measures: [...(bound['measures'] as readonly unknown[]), { step: null, aggregate }] };
}

/** Collects the numbers of the rows. */
function numbersOf({ changes, schema }: StreamType, rules: AggregateRules): BoundAggregate {
  const width = schema.fields.length;
  const compiled = compileExpression('x', { fields: [{ ...NUMBER, name: 'x' }] });
  if (!compiled.ok) throw new Error('a column is an expression');
  return {
    function: 'collect-list',
    argument: { ...compiled.expression, evaluate: (batch) => defined(batch.columns[width], 'numbers of rows') },
    filter: null,
    distinct: false,
    keepsNulls: false,
    limit: null,
    percentile: 0,
    separator: '',
    initial: null,
    takesChanges: changes !== 'append',
    rules,
    field: NUMBERS,
  };
}

/** The column among `places` that is a list; -1 for none. */
function listPlace(kind: OperatorKind, { bound, places }: Numbered): number {
  const collects = kind === 'aggregate' || kind === 'over' || kind === 'pattern';
  const isList = collects || (kind === 'window' && bound['result'] !== 'rows');
  return isList ? (places.at(-1) ?? -1) : -1;
}

function withFields(type: StreamType, places: readonly number[], listAt = -1): StreamType {
  let { fields } = type.schema;
  for (const place of places) fields = fields.toSpliced(place, 0, place === listAt ? NUMBERS : NUMBER);
  return { ...type, schema: { fields } satisfies Schema };
}
