import { bindWatch } from '../../engine/hits/bind-watch.ts';
import type { Hit } from '../../engine/hits/hit.ts';
import type { Problem } from '../../stream/problem.ts';
import type { Run } from '../run.ts';
import type { Breakpoint, RunStop } from '../travel-protocol.ts';

/** Where runs stop; kept over the opening of another run. */
export class Breakpoints {
  private all: readonly Breakpoint[] = [];
  /** In the order in which the run was told of them. */
  private ids: readonly string[] = [];

  set(breakpoints: readonly Breakpoint[], run: Run | null): Readonly<Record<string, readonly Problem[]>> {
    this.all = breakpoints;
    return this.tell(run);
  }

  /** Says by id what is wrong with those that the run cannot stop at. */
  tell(run: Run | null): Readonly<Record<string, readonly Problem[]>> {
    if (run === null) return {};
    const results = this.all.map(({ id, watch }) => ({ id, result: bindWatch(run.plan, watch) }));
    this.ids = this.all.map(({ id }) => id);
    run.stopAt(this.all.map(({ watch }) => watch));
    return Object.fromEntries(results.flatMap(({ id, result }) => (result.ok ? [] : [[id, result.problems] as const])));
  }

  stopOf(hit: Hit): RunStop {
    return { id: this.ids[hit.watch] ?? '', hit };
  }
}
