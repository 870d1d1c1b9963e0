import { imbalance } from '../engine/ledger.ts';
import type { NodeLedger } from '../engine/ledger.ts';
import { dialectNamed } from '../operators/dialects/dialects.ts';
import type { Plan } from '../pipeline/plan.ts';
import { assert, defined } from '../stream/assert.ts';
import type { StreamType } from '../stream/batch.ts';
import type { LogSlice } from '../stream/log-slice.ts';
import type { DialectName, OutputPortName, TimeDomain } from '../stream/node-definition.ts';
import type { RowKind } from '../stream/row-kind.ts';
import type { Schema } from '../stream/types.ts';
import { watermarkConfig } from '../stream/watermark-config.ts';
import { logOf } from './log.ts';
import { entriesFrom } from './notation.ts';
import { bindOperator, sinkNode, sourceNode } from './planned-nodes.ts';
import { cutsOfOne, runLog } from './transcript.ts';

/** A window node between a source without watermarks of its own and a sink at each output. */
export interface WindowRun {
  readonly schema: Schema;
  readonly dialect: DialectName;
  readonly config: object;
  readonly engine?: object;
  readonly timeDomain?: TimeDomain;
  /** As `entriesFrom` reads it. */
  readonly log: string;
  /** Kinds of the rows in order; +I where absent. */
  readonly kinds?: readonly RowKind[];
}

/** A result as the contract writes it. */
export interface WindowLine {
  readonly seq: number;
  readonly phase: number;
  readonly node: string;
  readonly op: string;
  readonly key: Readonly<Record<string, unknown>> | null;
  readonly window: readonly [number, number] | null;
  readonly pane: { readonly timing: string; readonly index: number } | null;
  readonly ts: number | null;
  readonly row: Readonly<Record<string, unknown>>;
}

const ID = 'window';

/**
 * Runs a window over a written log: in one round, in rounds of one entry, and with a restored snapshot before every entry.
 * All must come to the same, and the ledger must balance after each round.
 */
export function runWindow(run: WindowRun): { readonly lines: readonly WindowLine[]; readonly ledger: NodeLedger } {
  const plan = planOfWindow(run);
  const log = logOfWindow(run);
  const cuts = cutsOfOne(log);
  const outcomes = [{}, { cuts }, { cuts, crashes: new Set(cuts) }].map((options) => {
    const { transcript, ledger } = runLog(plan, log, {
      ...options,
      afterRound: (engine) => assert(imbalance(ledgerOf(engine.ledger())) === 0, 'a ledger that balances'),
    });
    const lines = transcript.results.map((line) => JSON.parse(line) as WindowLine);
    // Results of different ports have no order among each other.
    return { lines: lines.toSorted(byPosition), ledger: ledgerOf(ledger) };
  });
  const [whole, ...others] = outcomes;
  for (const other of others) {
    const said = JSON.stringify(other);
    assert(said === JSON.stringify(whole), () => `${said} is not ${JSON.stringify(whole)}`);
  }
  return defined(whole, 'a run');
}

function byPosition(a: WindowLine, b: WindowLine): number {
  return a.seq - b.seq || a.phase - b.phase || (a.node === b.node ? 0 : a.node < b.node ? -1 : 1);
}

function ledgerOf(ledger: ReadonlyMap<string, NodeLedger>): NodeLedger {
  return defined(ledger.get(ID), 'the window');
}

export function planOfWindow({ schema, dialect, config, engine, timeDomain = 'event', kinds }: WindowRun): Plan {
  const changes = kinds === undefined ? 'append' : 'retract';
  const type: StreamType = { schema, changes, key: null, eventTime: true };
  const source = sourceNode(0, type, watermarkConfig.parse({ strategy: 'none' }));
  const feeds = [{ type, fromNode: 0, fromPort: 'out' as const }];
  const window = bindOperator({ id: ID, kind: 'window', config, engine, feeds, dialect, timeDomain });
  const sinks = (Object.keys(window.outputs) as OutputPortName[]).map((port) =>
    sinkNode(port, { type: defined(window.outputs[port], port), fromNode: 1, fromPort: port }),
  );
  const nodes = [source, window, ...sinks];
  return { dialect: dialectNamed(dialect), timeDomain, seed: 1, end: 'flush', nodes, sources: [0] };
}

export function logOfWindow({ schema, log, kinds }: WindowRun): LogSlice {
  const slice = logOf(entriesFrom(log, [schema]), [schema]);
  if (kinds === undefined) return slice;
  const rows = slice.rows.map((batch) => (batch === null ? null : { ...batch, kinds: Uint8Array.from(kinds) }));
  return { ...slice, rows };
}
