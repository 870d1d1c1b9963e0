import { clicksToPurchases } from '../pipeline/templates/clicks-to-purchases.ts';
import type { Template } from '../pipeline/templates/template.ts';
import { useDocumentStore } from './document-store.ts';
import { useRunStore } from './run-store.ts';
import { sampleFilesOf } from './sample-files.ts';

/** What a visit begins with, running. It comes with the page; the rest of the gallery comes when it is looked at. */
export async function openFirstTemplate(): Promise<void> {
  await showTemplate(clicksToPurchases, { isFirst: true });
}

/**
 * Puts a template in the place of the current document and runs it. Its files are fetched first: when one is missing the
 * current document stays.
 */
export async function showTemplate(
  { document, speed, look }: Template,
  { isFirst }: { isFirst: boolean },
): Promise<void> {
  const files = await sampleFilesOf(document);
  const run = useRunStore.getState();
  run.setSpeed(speed);
  const play = files.size === 0;
  useDocumentStore.getState().open(document, { label: 'Open a template', isFirst, play, isDraft: true });
  if (look !== undefined) useDocumentStore.getState().select({ nodeIds: [look], edgeKeys: [] });
  for (const [nodeId, file] of files) run.setFile(nodeId, file);
  if (files.size > 0) await run.play();
}
