import { useDocumentStore } from '../../../app/document-store.ts';
import type { PictureFormat } from '../../picture/save-picture.ts';
import { later } from '../../theme/later.ts';
import type { Command } from './command.ts';

function hasNodes(): boolean {
  return useDocumentStore.getState().document.nodes.length > 0;
}

function save(format: PictureFormat): void {
  later(
    () => import('../../picture/save-picture.ts'),
    ({ savePicture }) => savePicture(format),
  );
}

export const PICTURE_COMMANDS: readonly Command[] = [
  {
    id: 'document.save-svg',
    title: 'Save picture as SVG',
    group: 'Document',
    keys: [],
    also: 'export image graph vector',
    isEnabled: hasNodes,
    needs: 'Add a node first.',
    run: () => save('svg'),
  },
  {
    id: 'document.save-png',
    title: 'Save picture as PNG',
    group: 'Document',
    keys: [],
    also: 'export image graph screenshot',
    isEnabled: hasNodes,
    needs: 'Add a node first.',
    run: () => save('png'),
  },
];
