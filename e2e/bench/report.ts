import { cpus, totalmem } from 'node:os';
import type { JobResult, Measured } from './measure.ts';

/** Events, or bytes, per second of process CPU time: the one unit of all figures. */
export function rateOf({ size, cpuMs }: Measured): number {
  return Math.round(size / (cpuMs / 1000));
}

function byName<T>(measured: readonly Measured[], value: (one: Measured) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(measured.map((one) => [one.name, value(one)]));
}

const rounded = (ms: number): number => Math.round(ms * 100) / 100;

export function jsonReport(results: readonly JobResult[]): string {
  const [cpu] = cpus();
  const machine = {
    cpu: cpu?.model ?? 'unknown',
    cores: cpus().length,
    memoryGB: Math.round(totalmem() / 1e9),
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    v8: process.versions.v8,
  };
  const jobs = results.map(({ job, unit, measured }) => ({
    job,
    unit,
    rates: byName(measured, rateOf),
    n: byName(measured, (one) => one.size),
    rounds: byName(measured, (one) => one.rounds),
    checksum: byName(measured, (one) => one.checksum),
    cpuMs: byName(measured, (one) => rounded(one.cpuMs)),
    wallMs: byName(measured, (one) => rounded(one.wallMs)),
  }));
  return JSON.stringify({ machine, jobs });
}

const CELLS = [14, 10, 14, 14, 10, 10, 18];

function line(cells: readonly string[]): string {
  const text = cells.map((cell, i) => (i < 2 ? cell.padEnd(CELLS[i] ?? 0) : cell.padStart(CELLS[i] ?? 0)));
  return text.join('').trimEnd();
}

export function tableHead(): string {
  const title = 'Events per second of process CPU time; medians of interleaved rounds; every run with its checksum.';
  return `${title}\n\n${line(['job', 'column', 'events', 'events/s', 'CPU ms', 'wall ms', 'tidemark/column'])}`;
}

/** One line a column, with how many times as fast as it the engine is. */
export function tableOf({ job, measured }: JobResult): string {
  const engine = measured.find((one) => one.name === 'tidemark');
  return measured
    .map((one, i) => {
      const ratio = engine === undefined || one === engine ? '' : (rateOf(engine) / rateOf(one)).toFixed(2);
      const rate = rateOf(one).toLocaleString('en');
      const times = [one.cpuMs.toFixed(1), one.wallMs.toFixed(1)];
      return line([i === 0 ? job : '', one.name, one.size.toLocaleString('en'), rate, ...times, ratio]);
    })
    .join('\n');
}

/** The last line of the output. */
export function summaryLine(results: readonly JobResult[]): string {
  const failed = results.filter(({ faults }) => faults.length > 0).map(({ job }) => job);
  const count = `${results.length} ${results.length === 1 ? 'job' : 'jobs'}`;
  if (failed.length > 0)
    return `bench FAILED: ${failed.length} of ${count} with unequal checksums (${failed.join(', ')})`;
  return `bench: ${count}, all checksums equal`;
}
