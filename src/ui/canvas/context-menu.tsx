import { DropdownMenu } from 'radix-ui';
import type { ReactElement } from 'react';
import { flushSync } from 'react-dom';
import { CommandItems } from '../shell/command-menu.tsx';
import type { Command } from '../shell/commands/command.ts';
import controls from '../theme/controls.module.css';
import { isNowhere, useReturn } from '../theme/use-return.ts';
import { chooseThere, useContextMenu } from './context-menu-store.ts';
import type { MenuPlace, MenuSubject } from './context-menu-store.ts';

const CLIPBOARD = ['edit.cut', 'edit.copy', 'edit.duplicate'];
const DELETE = ['edit.delete', 'edit.delete-reconnect'];

const GROUPS: Readonly<Record<MenuSubject, readonly (readonly string[])[]>> = {
  node: [
    ['node.settings', 'node.rename', 'inspector.help'],
    ['node.add-behind', 'node.connect', 'node.disconnect', 'walk.edge'],
    ['node.break-firing', 'node.break-drop', 'node.break-condition'],
    CLIPBOARD,
    ['canvas.group', 'canvas.leave-group', 'canvas.ungroup'],
    DELETE,
  ],
  several: [CLIPBOARD, ['canvas.group', 'canvas.ungroup', 'canvas.layout', 'canvas.fit-selection'], DELETE],
  edge: [['canvas.search', 'edge.reconnect'], ['edit.delete']],
  note: [['node.settings'], CLIPBOARD, ['edit.delete']],
  graph: [
    ['canvas.add', 'canvas.note', 'edit.paste'],
    ['edit.select-all', 'canvas.layout', 'canvas.fit'],
    ['edit.undo', 'edit.redo'],
    ['help.commands', 'help.shortcuts'],
  ],
};

const TITLES: Readonly<Partial<Record<MenuSubject, Readonly<Record<string, string>>>>> = {
  node: {
    'node.settings': 'Settings',
    'node.rename': 'Rename',
    'node.add-behind': 'Add behind…',
    'node.connect': 'Connect to…',
    'node.disconnect': 'Disconnect from…',
    'walk.edge': 'Go to an edge',
    'node.break-firing': 'Break on firing',
    'node.break-drop': 'Break on drop',
    'node.break-condition': 'Break on a condition…',
  },
  edge: { 'canvas.search': 'Insert an operator…', 'edge.reconnect': 'Reconnect…' },
  note: { 'node.settings': 'Write' },
  several: { 'canvas.layout': 'Lay out the selection' },
};

/** What can be done with a part of the graph, where it is. */
export function ContextMenu({ place }: { place: MenuPlace }): ReactElement {
  const { close } = useContextMenu.getState();
  const { goBack } = useReturn();
  const leave = (): void => {
    flushSync(close);
    goBack();
  };
  const choose = (command: Command): void => chooseThere(leave, command.run);
  return (
    <DropdownMenu.Root open modal={false} onOpenChange={(isOpen) => !isOpen && close()}>
      <DropdownMenu.Trigger asChild>
        <span aria-hidden style={{ position: 'fixed', left: place.at.x, top: place.at.y }} />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={controls['menu']}
          align="start"
          sideOffset={2}
          collisionPadding={8}
          aria-label="Actions"
          aria-labelledby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            // A click elsewhere has taken the keyboard there; or another menu is coming up for it.
            const isLast = useContextMenu.getState().place === null;
            if (isLast && isNowhere(document.activeElement)) goBack();
          }}
        >
          <CommandItems groups={GROUPS[place.subject]} titles={TITLES[place.subject] ?? {}} onChoose={choose} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
