import type { LiveEdit, ReopenReason } from '../pipeline/live-edit.ts';
import type { PipelineDocument } from '../pipeline/document.ts';
import type { Problem } from '../stream/problem.ts';
import type { ProcessingTimeMs } from '../stream/time.ts';

export type { ChangeReason, LiveEdit, NodeChange, ReopenReason } from '../pipeline/live-edit.ts';

export interface EditRequest {
  readonly document: PipelineDocument;
  /** Whether the run goes on once the edit is made; otherwise it stands. */
  readonly plays: boolean;
}

export type EditReport =
  /** The document of the run is another one from entry `seq` on, which is the edit. Nodes are rebuilt from as many entries. */
  | { readonly kind: 'made'; readonly edit: LiveEdit; readonly seq: number; readonly atMs: ProcessingTimeMs | null }
  /** Only another run can be of this document. Nothing was done. */
  | { readonly kind: 'reopen'; readonly why: ReopenReason | 'no-run' }
  /** The document cannot run as it is. Nothing was done. */
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  /** It was cancelled while nodes were rebuilt. Nothing was done. */
  | { readonly kind: 'cancelled' };

/** Part of `EngineControl`. */
export interface EditControl {
  /**
   * Makes another document the one that the run goes on with, files as they are. Edits of the run further on are taken back.
   * Where nodes are rebuilt, messages are let in meanwhile: `cancel` and whatever else moves the run give the edit up.
   */
  edit(request: EditRequest): Promise<EditReport>;
  /** How much was gone through for the edit under way, 0..1; null while nothing is rebuilt. */
  editProgress(): number | null;
}
