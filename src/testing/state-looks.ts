import type { Engine } from '../engine/engine.ts';
import type { Plan } from '../pipeline/plan.ts';
import { assert } from '../stream/assert.ts';

/** What is asked for where not all is. */
const FEW = 2;

/** A look at a node tells each entry of its state once, and of many those that come first. */
export function looksAddUp(plan: Plan, engine: Engine): void {
  const ledger = engine.ledger();
  for (const [index, { id }] of plan.nodes.entries()) {
    const { stateRows } = ledger.get(id)!;
    const few = engine.look(index, FEW);
    const all = engine.look(index, Infinity);
    const rows = all?.parts.reduce((sum, { count }) => sum + count, 0) ?? 0;
    assert(rows === stateRows, () => `${id} keeps ${stateRows} and tells ${JSON.stringify(all?.parts)}`);
    for (const [kind, { what, entries, total }] of (all?.contents ?? []).entries()) {
      assert(entries.length === total, () => `${id} tells ${entries.length} of ${total} ${what}`);
      const first = JSON.stringify(entries.slice(0, FEW));
      const told = JSON.stringify(few!.contents[kind]!.entries);
      assert(told === first, () => `${id} tells ${told} before ${first}`);
    }
  }
}

/** All that each node tells of its state, with figures that JSON has no word for as texts. */
export function looksOf(plan: Plan, engine: Engine): readonly string[] {
  return plan.nodes.map((_, index) => JSON.stringify(engine.look(index, Infinity), spelledOut));
}

function spelledOut(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value)) ? String(value) : value;
}
