import { makePlan } from '../../pipeline/make-plan.ts';
import type { EditReport, EditRequest } from '../edit-protocol.ts';
import type { Run } from '../run.ts';
import type { Seek } from '../travel/session-travel.ts';
import type { SeekReport, SeekTarget } from '../travel-protocol.ts';

export interface EditedRun {
  /** Null where none can go on. */
  readonly run: Run | null;
  /** The way of the run to the entry behind the edit. */
  readonly seek: Seek;
  readonly travel: (to: SeekTarget) => Promise<SeekReport>;
}

/** Makes an edit to the run that is open, or leaves that as it is. */
export async function makeEdit({ document }: EditRequest, { run, seek, travel }: EditedRun): Promise<EditReport> {
  if (!seek.isWanted()) return { kind: 'cancelled' };
  const planned = makePlan(document);
  if (!planned.ok || run === null || run.limit !== null) {
    seek.end();
    return planned.ok ? { kind: 'reopen', why: 'no-run' } : { kind: 'invalid', problems: planned.problems };
  }
  await run.readAhead();
  const { seq, processingTimeMs: atMs } = run;
  const edit = run.change({ document, plan: planned.value });
  if (edit.reopen !== null) {
    seek.end();
    return { kind: 'reopen', why: edit.reopen };
  }
  const report = await travel({ by: 'seq', seq: seq + 1 });
  if (report.kind === 'there') return { kind: 'made', edit, seq, atMs };
  run.takeBackEdits();
  return { kind: 'cancelled' };
}
