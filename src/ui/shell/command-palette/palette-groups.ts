import { commandGroups } from './command-entries.tsx';
import { connectGroup, disconnectGroup, reconnectGroups } from './edge-entries.tsx';
import { behindGroups, operatorGroup } from './operator-entries.tsx';
import type { PaletteGroup } from './palette-entry.ts';
import type { PaletteScope } from './palette-scope.ts';
import { nodeGroup, templateGroup } from './place-entries.tsx';
import { withRecentFirst } from './recent-entries.ts';
import { settingGroups } from './setting-entries.tsx';

export interface PaletteWords {
  readonly title: string;
  readonly placeholder: string;
  /** Said where there is nothing to choose from at all. */
  readonly none: string;
}

const WORDS: Readonly<Record<PaletteScope['kind'], PaletteWords>> = {
  all: { title: 'Commands', placeholder: 'What do you want to do?', none: 'There is no command.' },
  'add-behind': {
    title: 'Add behind the node',
    placeholder: 'What comes next?',
    none: 'Nothing can stand behind this node: it gives out no rows.',
  },
  connect: {
    title: 'Connect the node',
    placeholder: 'Where does the edge lead?',
    none: 'There is no other node with an input, or this one gives out no rows. Add a node first.',
  },
  reconnect: {
    title: 'Reconnect the edge',
    placeholder: 'Where does the edge lead, or begin?',
    none: 'There is no other node that it could lead to or begin at.',
  },
  disconnect: { title: 'Disconnect the node', placeholder: 'Which edge goes?', none: 'The node has no edges.' },
};

export function paletteWords({ kind }: PaletteScope): PaletteWords {
  return WORDS[kind];
}

/** What there is to choose from at this moment, with the documents as far as they are known. */
export function paletteGroups(scope: PaletteScope, documents: PaletteGroup): readonly PaletteGroup[] {
  switch (scope.kind) {
    case 'all':
      return withRecentFirst([
        ...commandGroups(),
        operatorGroup(),
        nodeGroup(),
        documents,
        templateGroup(),
        ...settingGroups(),
      ]);
    case 'add-behind':
      return behindGroups(scope.nodeId);
    case 'connect':
      return [connectGroup(scope.nodeId)];
    case 'disconnect':
      return [disconnectGroup(scope.nodeId)];
    case 'reconnect':
      return reconnectGroups(scope.edgeKey);
  }
}
