import type { DocumentNode } from '../pipeline/document.ts';
import { writeNode } from '../pipeline/write-document.ts';

/** A node as the graph's file has it. */
export function nodeText(node: DocumentNode): string {
  return writeNode(node);
}
