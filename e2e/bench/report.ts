import type { Place } from './goals.ts';
import { judge, verdictText } from './goals.ts';
import type { Machine } from './machine.ts';
import type { JobResult, Measured } from './measure.ts';
import { rateOf } from './rate.ts';

/** The results of one run of the bench. */
export interface Report {
  readonly machine: Machine;
  readonly place: Place;
  readonly results: readonly JobResult[];
}

function byName<T>(measured: readonly Measured[], value: (one: Measured) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(measured.map((one) => [one.name, value(one)]));
}

const rounded = (ms: number): number => Math.round(ms * 100) / 100;

/** All figures by job and column. `goals` says what was wanted and what was reached. */
export function jsonReport({ machine, place, results }: Report): string {
  const jobs = results.map((result) => {
    const { job, unit, measured } = result;
    return {
      job,
      unit,
      rates: byName(measured, rateOf),
      n: byName(measured, (one) => one.size),
      checksum: byName(measured, (one) => one.checksum),
      rounds: byName(measured, (one) => one.rounds),
      cpuMs: byName(measured, (one) => rounded(one.cpuMs)),
      wallMs: byName(measured, (one) => rounded(one.wallMs)),
      goals: judge(result, place).map(({ goal, ratio, met }) => ({ ...goal, ratio: rounded(ratio), met })),
    };
  });
  return JSON.stringify({ machine, jobs });
}

const CELLS = [20, 16, 14, 16, 11, 11, 18];

function line(cells: readonly string[]): string {
  const text = cells.map((cell, i) => (i < 2 ? cell.padEnd(CELLS[i] ?? 0) : cell.padStart(CELLS[i] ?? 0)));
  return text.join('').trimEnd();
}

export function tableHead(place: Place): string {
  const title =
    place === 'node'
      ? 'Events (or bytes) per second of process CPU time; medians of interleaved rounds; every run with its checksum.'
      : 'Events per second of wall time in a worker of Chromium; medians of interleaved rounds; every run with its checksum.';
  return `${title}\n\n${line(['job', 'column', 'events', 'events/s', 'CPU ms', 'wall ms', 'tidemark/column'])}`;
}

/** One line a column, with how many times as fast as it the engine is, and one a goal. */
export function tableOf(result: JobResult, place: Place): string {
  const { job, measured } = result;
  const engine = measured.find((one) => one.name === 'tidemark');
  const columns = measured.map((one, i) => {
    const ratio = engine === undefined || one === engine ? '' : (rateOf(engine) / rateOf(one)).toFixed(2);
    const rate = rateOf(one).toLocaleString('en');
    const times = [one.cpuMs.toFixed(1), one.wallMs.toFixed(1)];
    return line([i === 0 ? job : '', one.name, one.size.toLocaleString('en'), rate, ...times, ratio]);
  });
  const goals = judge(result, place).map((verdict) => line(['', verdictText(verdict)]));
  return [...columns, ...goals].join('\n');
}

/** The last line of the output. */
export function summaryLine({ results, place }: Pick<Report, 'results' | 'place'>): string {
  const failed = results.filter(({ faults }) => faults.length > 0).map(({ job }) => job);
  const count = `${results.length} ${results.length === 1 ? 'job' : 'jobs'}`;
  if (failed.length > 0) return `bench FAILED: ${failed.length} of ${count} with faults (${failed.join(', ')})`;
  const verdicts = results.flatMap((result) => judge(result, place));
  const met = verdicts.filter((verdict) => verdict.met).length;
  return `bench: ${count}, all checksums equal; ${met} of ${verdicts.length} goals met`;
}
