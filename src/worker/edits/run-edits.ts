import type { LiveEdit, PlannedDocument } from '../../pipeline/live-edit.ts';
import { columnsOf } from '../../pipeline/live-edit.ts';
import type { Plan, PlannedNode } from '../../pipeline/plan.ts';
import { assert, defined } from '../../stream/assert.ts';
import type { ManualEntry } from '../../sources/log/log.ts';
import type { LogSlice } from '../../stream/log-slice.ts';
import { CONTROL_EDIT, ENTRY_CONTROL } from '../../stream/log-slice.ts';

/** A stretch of a run under one plan: from the entry that is edit number `edit`, null for the run's first, on. */
export interface Era {
  readonly edit: number | null;
  readonly plan: Plan;
  /** Ids of nodes that begin here, though a node of that name went before. */
  readonly begins: ReadonlySet<string>;
}

interface Edit {
  readonly document: PlannedDocument;
  /** What the run is from its first entry on, once the edit is made. */
  readonly eras: readonly Era[];
  /** Whether all of that has to be gone through for it. */
  readonly rebuilds: boolean;
  /** How it was made; null of what the run was at first. */
  readonly step: EditStep | null;
}

interface EditStep {
  /** Number of the edit before it. */
  readonly before: number | null;
  readonly rebuilt: ReadonlySet<string>;
  readonly begins: ReadonlySet<string>;
}

/**
 * The edits that were made to a run, by number. Where each of them stands, the log says: its entries of kind `control`.
 *
 * A node has the settings that it had in each era, except that one which is rebuilt has the newest from the first entry on.
 */
export class RunEdits {
  private readonly first: Edit;
  private readonly edits: Edit[] = [];

  constructor(first: PlannedDocument, eras?: readonly Era[]) {
    this.first = {
      document: first,
      eras: eras ?? [{ edit: null, plan: first.plan, begins: NOTHING }],
      rebuilds: false,
      step: null,
    };
  }

  /** For a run that goes through eras and makes no edits of its own. */
  static through(eras: readonly Era[]): RunEdits {
    const plan = defined(eras[0], 'an era').plan;
    const edits = new RunEdits({ document: { nodes: [] }, plan });
    eras.forEach((era, e) => {
      if (era.edit === null) return;
      const document = { document: { nodes: [] }, plan: era.plan };
      edits.edits[era.edit] = { document, eras: eras.slice(0, e + 1), rebuilds: false, step: null };
    });
    return edits;
  }

  /** Notes an edit of the run as it is after edit `before`; its number. */
  add(before: number | null, document: PlannedDocument, { fromHere, rebuilt }: LiveEdit): number {
    const edit = this.edits.length;
    const ids = new Set(rebuilt.map(({ nodeId }) => nodeId));
    const begins = new Set(fromHere.filter(({ why }) => why === 'new' || why === 'edges').map(({ nodeId }) => nodeId));
    const step: EditStep = { before, rebuilt: ids, begins };
    const eras = erasWith(this.at(before).eras, { edit, plan: document.plan, step });
    this.edits.push({ document, eras, rebuilds: ids.size > 0, step });
    return edit;
  }

  /**
   * What the run up to an edit would be from its first entry on, were the plans of its documents others, and all edits what
   * they are. Null where one of them would not run so.
   */
  replanned(edit: number | null, planOf: (document: PlannedDocument) => Plan | null): readonly Era[] | null {
    const { document, eras, step } = this.at(edit);
    const plan = planOf(document);
    const own = defined(eras.at(-1), 'an era');
    if (plan === null) return null;
    if (step === null || edit === null) return eras.length === 1 ? [{ ...own, plan }] : null;
    const past = this.replanned(step.before, planOf);
    return past === null ? null : erasWith(past, { edit, plan, step });
  }

  at(edit: number | null): Edit {
    return edit === null ? this.first : defined(this.edits[edit], 'an edit');
  }

  era(edit: number): Era {
    return defined(this.at(edit).eras.at(-1), 'an era');
  }
}

function erasWith(
  past: readonly Era[],
  { edit, plan, step }: { readonly edit: number; readonly plan: Plan; readonly step: EditStep },
): readonly Era[] {
  const { rebuilt, begins } = step;
  const eras = rebuilt.size > 0 ? past.map((era) => ({ ...era, plan: withRebuilt(plan, rebuilt, era.plan) })) : past;
  return [...eras, { edit, plan, begins }];
}

const NOTHING: ReadonlySet<string> = new Set();

export function isEdit({ kind, payload }: ManualEntry): boolean {
  return kind === ENTRY_CONTROL && payload >= CONTROL_EDIT;
}

/** Number of the edit that the entry at `index` of a slice is; null for other entries. */
export function editAt({ kinds, payload, onlyRows }: LogSlice, index: number): number | null {
  if (onlyRows === true || kinds[index] !== ENTRY_CONTROL) return null;
  const control = payload[index] ?? -1;
  return control < CONTROL_EDIT ? null : control - CONTROL_EDIT;
}

/**
 * The graph of `plan` as it was in the era of `past`: each node with the settings that it had then. Those that are rebuilt
 * are as they are now, and so is what keeps nothing and gave other columns then. Sinks that were not there then are not.
 */
function withRebuilt(plan: Plan, rebuilt: ReadonlySet<string>, past: Plan): Plan {
  const then = new Map(past.nodes.map((node) => [node.id, node]));
  const kept: PlannedNode[] = [];
  const places = new Map<number, number>();
  plan.nodes.forEach((node, index) => {
    const old = then.get(node.id);
    if (old === undefined && !rebuilt.has(node.id)) {
      assert(node.kind === 'sink', 'a node that is new is rebuilt');
      return;
    }
    const inputs = node.inputs.map((input) => ({ ...input, fromNode: defined(places.get(input.fromNode), 'place') }));
    const types = inputs.map(({ fromNode, fromPort }) => kept[fromNode]?.outputs[fromPort]);
    const goes = old !== undefined && !rebuilt.has(node.id) && isAlike(columnsOf(old), columnsOf(node));
    const fits =
      goes && old.inputs.length === types.length && old.inputs.every((input, i) => isAlike(input.type, types[i]));
    const own = fits ? old : node;
    places.set(index, kept.length);
    kept.push({
      ...own,
      inputs: inputs.map((input, i) => ({ ...input, type: types[i] ?? input.type })),
      connected: node.connected,
    });
  });
  const sources = plan.sources.map((place) => defined(places.get(place), 'place of a source'));
  return { ...plan, nodes: kept, sources };
}

function isAlike(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
