import { clockHorizonOf } from '../../engine/clock-need.ts';
import type { LiveEdit, PlannedDocument } from '../../pipeline/live-edit.ts';
import { NO_EDIT, liveEdit } from '../../pipeline/live-edit.ts';

/** What an edit means for a run; the clock entries of its log are those that its first plan asked for. */
export function editOf(before: PlannedDocument, after: PlannedDocument): LiveEdit {
  const edit = liveEdit(before, after);
  if (edit.reopen !== null) return edit;
  return clockHorizonOf(before.plan) === clockHorizonOf(after.plan) ? edit : { ...NO_EDIT, reopen: 'clock' };
}
