import { newDocument } from '../../../app/document-files.ts';
import { useDialogs } from '../dialog-store.ts';
import { chooseImport, exportGraph } from '../file-actions.ts';
import type { Command } from './command.ts';

export const DOCUMENT_COMMANDS: readonly Command[] = [
  { id: 'document.new', title: 'New graph', group: 'Document', keys: [], also: 'empty blank', run: newDocument },
  {
    id: 'document.templates',
    title: 'Templates…',
    group: 'Document',
    keys: [],
    also: 'gallery examples open',
    run: () => useDialogs.getState().show('templates'),
  },
  { id: 'document.import', title: 'Import…', group: 'Document', keys: ['Mod+I'], also: 'open file', run: chooseImport },
  {
    id: 'document.export',
    title: 'Export',
    group: 'Document',
    keys: ['Mod+E'],
    also: 'save download json',
    run: exportGraph,
  },
];
