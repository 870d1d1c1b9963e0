import { DropdownMenu } from 'radix-ui';
import { Fragment } from 'react';
import type { ReactElement } from 'react';
import controls from '../theme/controls.module.css';
import type { Command } from './commands/command.ts';
import { COMMANDS } from './commands/commands.ts';
import { keysText } from './commands/keys.ts';

interface CommandMenuProps {
  readonly trigger: ReactElement;
  /** Ids of commands, a line between two groups. What is not there is left out. */
  readonly groups: readonly (readonly string[])[];
  /** What a command is called here, where that is not its title. */
  readonly titles?: Readonly<Record<string, string>>;
}

/** A menu of commands. Those that cannot be called now are grey. */
export function CommandMenu({ trigger, groups, titles = {} }: CommandMenuProps): ReactElement {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={controls['menu']} align="end" sideOffset={6} collisionPadding={8}>
          {groups
            .map((ids) => ids.flatMap((id) => findCommand(id) ?? []))
            .filter((commands) => commands.length > 0)
            .map((commands, i) => (
              <Fragment key={commands[0]?.id}>
                {i > 0 && <DropdownMenu.Separator className={controls['menuLine']} />}
                {commands.map((command) => (
                  <Item key={command.id} command={command} title={titles[command.id] ?? command.title} />
                ))}
              </Fragment>
            ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function findCommand(id: string): Command | undefined {
  return COMMANDS.find((command) => command.id === id);
}

function Item({ command, title }: { command: Command; title: string }): ReactElement {
  const [keys] = command.keys;
  return (
    <DropdownMenu.Item
      className={controls['menuItem']}
      disabled={command.isEnabled?.() === false}
      onSelect={() => command.run()}
    >
      {title}
      {keys !== undefined && <kbd className={controls['key']}>{keysText(keys)}</kbd>}
    </DropdownMenu.Item>
  );
}
