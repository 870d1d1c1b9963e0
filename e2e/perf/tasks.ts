/** One turn of the page's own thread. */
export interface Task {
  readonly startMs: number;
  readonly wallMs: number;
  /** On the processor. */
  readonly cpuMs: number;
}

interface TraceEvent {
  readonly name: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  /** µs, as `dur` and, on the processor, `tdur`. */
  readonly ts: number;
  readonly dur?: number;
  readonly tdur?: number;
  readonly args?: { readonly name?: string };
}

export const TRACE_CATEGORIES = [
  'devtools.timeline',
  'disabled-by-default-devtools.timeline',
  'toplevel',
  '__metadata',
];

/** Tasks of the renderer's main thread, that of the page under test being the busiest, from the first one on. */
export function mainThreadTasks(trace: Buffer): readonly Task[] {
  const { traceEvents } = JSON.parse(trace.toString('utf8')) as { traceEvents: readonly TraceEvent[] };
  const mains = traceEvents.filter((event) => event.name === 'thread_name' && event.args?.name === 'CrRendererMain');
  const perThread = mains.map(({ pid, tid }) =>
    traceEvents.filter(
      (event) => event.pid === pid && event.tid === tid && event.ph === 'X' && event.name === 'RunTask',
    ),
  );
  const busy = (events: readonly TraceEvent[]): number => events.reduce((sum, event) => sum + (event.tdur ?? 0), 0);
  const events = perThread.sort((a, b) => busy(b) - busy(a))[0] ?? [];
  if (events.length === 0) throw new Error('The trace holds no task of the page.');
  const firstTs = events.reduce((first, event) => Math.min(first, event.ts), Infinity);
  return events.map(({ ts, dur = 0, tdur }) => ({
    startMs: (ts - firstTs) / 1_000,
    wallMs: dur / 1_000,
    cpuMs: (tdur ?? dur) / 1_000,
  }));
}
