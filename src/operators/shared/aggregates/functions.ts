/** The functions, in the order in which a list offers them. */
export const AGGREGATE_FUNCTIONS = [
  'count',
  'sum',
  'avg',
  'min',
  'max',
  'first',
  'last',
  'stddev-pop',
  'stddev-samp',
  'var-pop',
  'var-samp',
  'percentile',
  'collect-list',
  'collect-set',
  'top-k',
  'top-k-distinct',
  'string-agg',
] as const;
export type AggregateFunction = (typeof AGGREGATE_FUNCTIONS)[number];

/** Parameters that only some functions take. All take an argument and a filter. */
export const AGGREGATE_PARAMETERS = ['distinct', 'separator', 'percentile', 'limit', 'nulls'] as const;
export type AggregateParameter = (typeof AGGREGATE_PARAMETERS)[number];

/** What a function is called on the screen, what it gives, and which parameters it takes. */
export interface AggregateFunctionInfo {
  readonly title: string;
  readonly summary: string;
  /** Without an argument the function aggregates whole rows. */
  readonly needsArgument: boolean;
  readonly takes: readonly AggregateParameter[];
  /** Those without which it cannot be computed. */
  readonly needs: readonly AggregateParameter[];
}

export const AGGREGATE_FUNCTION_INFO: Readonly<Record<AggregateFunction, AggregateFunctionInfo>> = {
  count: {
    title: 'Count',
    summary: 'Number of values, or of rows where it is not said of what.',
    needsArgument: false,
    takes: ['distinct'],
    needs: [],
  },
  sum: info('Sum', 'Sum of the values.', { takes: ['distinct'] }),
  avg: info('Average', 'Sum of the values over their number.', { takes: ['distinct'] }),
  min: info('Minimum', 'Smallest value.', { takes: ['distinct'] }),
  max: info('Maximum', 'Largest value.', { takes: ['distinct'] }),
  first: info('First', 'The value that came first; with a limit the first ones as an array.', {
    takes: ['limit', 'nulls'],
  }),
  last: info('Last', 'The value that came last; with a limit the last ones as an array, in order of arrival.', {
    takes: ['limit', 'nulls'],
  }),
  'stddev-pop': info('Standard deviation', 'Standard deviation of all values.', { takes: ['distinct'] }),
  'stddev-samp': info('Standard deviation, sample', 'Standard deviation of a sample.', { takes: ['distinct'] }),
  'var-pop': info('Variance', 'Variance of all values.', { takes: ['distinct'] }),
  'var-samp': info('Variance, sample', 'Variance of a sample.', { takes: ['distinct'] }),
  percentile: info('Percentile', 'The value below which a fraction of the values lies, interpolated between two.', {
    takes: ['distinct', 'percentile'],
    needs: ['percentile'],
  }),
  'collect-list': info('List', 'All values as an array, in order of arrival.', { takes: ['distinct', 'nulls'] }),
  'collect-set': info('Set', 'The distinct values as an array, in order of first arrival.', { takes: ['nulls'] }),
  'top-k': info('Top k', 'The largest values as an array, largest first; rows by their first field.', {
    takes: ['limit'],
    needs: ['limit'],
  }),
  'top-k-distinct': info('Top k distinct', 'The largest distinct values as an array, largest first.', {
    takes: ['limit'],
    needs: ['limit'],
  }),
  'string-agg': info('Joined text', 'The texts in order of arrival with a separator between them.', {
    takes: ['distinct', 'separator'],
  }),
};

function info(
  title: string,
  summary: string,
  {
    takes,
    needs = [],
  }: { readonly takes: readonly AggregateParameter[]; readonly needs?: readonly AggregateParameter[] },
): AggregateFunctionInfo {
  return { title, summary, needsArgument: true, takes, needs };
}

/** The functions that take a parameter. */
export function functionsTaking(parameter: AggregateParameter): readonly AggregateFunction[] {
  return AGGREGATE_FUNCTIONS.filter((name) => AGGREGATE_FUNCTION_INFO[name].takes.includes(parameter));
}
