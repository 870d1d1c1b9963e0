import type { EngineClient } from '../worker/client.ts';
import type { Frame, OpenRequest, RunStatus } from '../worker/protocol.ts';

function statusOf(kind: 'paused' | 'running' | 'ended' | 'failed'): RunStatus {
  if (kind === 'ended') return { kind, problems: [] };
  if (kind === 'failed')
    return { kind, failure: { code: 'state-limit', nodeId: null, message: 'Full.', fix: 'Less.' } };
  return { kind };
}

export function frame(run: number, kind: 'paused' | 'running' | 'ended' | 'failed', seq: number): Frame {
  const status = statusOf(kind);
  return {
    run,
    jumps: 0,
    through: null,
    stop: null,
    status,
    position: { seq, rows: seq, totalRows: null, progress: null, rowsPerSec: 0 },
    clocks: { maxEventTimeMs: seq, watermarkMs: null, processingTimeMs: seq },
    nodes: [],
    edges: [],
    charts: [],
    results: null,
    table: null,
    drops: null,
    plane: null,
  };
}

/** An engine that writes down what it is told, and frames that the test sends. */
export function fakeEngine(): {
  readonly start: (onCrash: (message: string) => void) => Promise<EngineClient>;
  readonly told: string[];
  /** The same with what was given first. */
  readonly asked: (readonly [name: string, given: unknown])[];
  readonly opened: OpenRequest[];
  readonly speeds: unknown[];
  readonly send: (frame: Frame) => void;
  readonly credits: () => number;
  /** The newest thread comes to its end, or that of a number. */
  readonly crash: (message: string, thread?: number) => void;
  /** The next time that it is asked for this it gives another answer, or none. */
  readonly hush: (name: string, answer?: unknown) => void;
  readonly starts: () => number;
} {
  const told: string[] = [];
  const asked: (readonly [name: string, given: unknown])[] = [];
  const opened: OpenRequest[] = [];
  const speeds: unknown[] = [];
  let listener: (frame: Frame) => void = () => undefined;
  let credits = 0;
  let starts = 0;
  const crashes: ((message: string) => void)[] = [];
  const hushed = new Map<string, unknown>();
  const control = new Proxy(
    {},
    {
      get: (_, name) => {
        if (name === 'then') return undefined;
        return (...args: unknown[]) => {
          told.push(String(name));
          asked.push([String(name), args[0]]);
          if (name === 'open') opened.push(args[0] as OpenRequest);
          if (name === 'setSpeed') speeds.push(args[0]);
          const other = hushed.get(String(name));
          if (hushed.delete(String(name)))
            return other === undefined ? new Promise(() => undefined) : Promise.resolve(other);
          return Promise.resolve(name === 'open' ? { ok: true, problems: [] } : undefined);
        };
      },
    },
  );
  const client = {
    control,
    onFrame: (next: (frame: Frame) => void) => (listener = next),
    giveCredit: () => credits++,
    terminate: () => told.push('terminate'),
  };
  return {
    told,
    asked,
    opened,
    speeds,
    send: (next) => listener(next),
    credits: () => credits,
    crash: (message, thread = crashes.length - 1) => crashes[thread]?.(message),
    hush: (name, answer) => hushed.set(name, answer),
    starts: () => starts,
    start: (onCrash) => {
      starts++;
      crashes.push(onCrash);
      return Promise.resolve(client as unknown as EngineClient);
    },
  };
}
