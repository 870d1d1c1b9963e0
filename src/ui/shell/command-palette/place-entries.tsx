import { LayoutTemplate } from 'lucide-react';
import { useAnalysis } from '../../../app/document-analysis.ts';
import { displayName } from '../../../app/document-catalog.ts';
import { openTemplate, TEMPLATES } from '../../../app/document-gallery.ts';
import { nodesInOrder } from '../../../app/document-order.ts';
import { useDocumentStore } from '../../../app/document-store.ts';
import { goToNode } from '../../canvas/go-to-node.ts';
import { NodeGlyph } from '../../theme/node-glyph.tsx';
import { notify } from '../../theme/notify.ts';
import type { PaletteEntry, PaletteGroup } from './palette-entry.ts';

/** The nodes of the graph, as rows flow. */
export function nodeGroup(): PaletteGroup {
  const { document } = useDocumentStore.getState();
  const { lines } = useAnalysis.getState();
  const byId = new Map(document.nodes.map((node) => [node.id, node]));
  const entries = nodesInOrder(document).flatMap((id): PaletteEntry[] => {
    const node = byId.get(id);
    if (node === undefined) return [];
    return [
      {
        id: `node:${id}`,
        title: `Go to ${displayName(node)}`,
        hint: lines.get(id) ?? '',
        also: `${node.type} node find select`,
        icon: <NodeGlyph kind={node.type} config={node.config} />,
        run: () => goToNode(id),
      },
    ];
  });
  return { title: 'Go to a node', entries };
}

export function templateGroup(): PaletteGroup {
  return {
    title: 'Open a template',
    entries: TEMPLATES.map((template) => ({
      id: `template:${template.id}`,
      title: `Open ${template.name}`,
      hint: 'template',
      also: `example ${template.summary}`,
      icon: <LayoutTemplate size={16} aria-hidden />,
      run: () => {
        void openTemplate(template).then((reason) => {
          if (reason !== null) notify('error', 'The template was not opened.', reason);
        });
      },
    })),
  };
}
