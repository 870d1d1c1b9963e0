import { DropdownMenu } from 'radix-ui';
import { Fragment } from 'react';
import type { ReactElement, ReactNode } from 'react';
import controls from '../theme/controls.module.css';
import type { Command } from './commands/command.ts';
import { whyNotNow } from './commands/command.ts';
import { COMMANDS } from './commands/commands.ts';
import { keysText } from './commands/keys.ts';
import { useNameField } from './document-name-store.ts';

interface CommandItemsProps {
  /** Ids of commands, a line between two groups. What is not there is left out. */
  readonly groups: readonly (readonly string[])[];
  /** What a command is called here, where that is not its title. */
  readonly titles?: Readonly<Record<string, string>>;
  readonly onChoose?: (command: Command) => void;
}

interface CommandMenuProps extends CommandItemsProps {
  readonly trigger: ReactElement;
  /** What the menu is about, at its top. */
  readonly head?: ReactNode;
}

/** A menu of commands that hangs on a button. */
export function CommandMenu({ trigger, head, ...items }: CommandMenuProps): ReactElement {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content
          className={controls['menu']}
          align="end"
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            // The document's name is being typed now.
            if (useNameField.getState().isOpen) event.preventDefault();
          }}
        >
          {head !== undefined && <DropdownMenu.Label className={controls['menuHead']}>{head}</DropdownMenu.Label>}
          <CommandItems {...items} />
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

/** The lines of a menu of commands. Those that cannot be called now are grey and say what they wait for. */
export function CommandItems({ groups, titles = {}, onChoose = call }: CommandItemsProps): ReactElement {
  return (
    <>
      {groups
        .map((ids) => ids.flatMap((id) => findCommand(id) ?? []))
        .filter((commands) => commands.length > 0)
        .map((commands, i) => (
          <Fragment key={commands[0]?.id}>
            {i > 0 && <DropdownMenu.Separator className={controls['menuLine']} />}
            {commands.map((command) => (
              <Item
                key={command.id}
                command={command}
                title={titles[command.id] ?? command.title}
                onSelect={() => onChoose(command)}
              />
            ))}
          </Fragment>
        ))}
    </>
  );
}

export function findCommand(id: string): Command | undefined {
  return COMMANDS.find((command) => command.id === id);
}

function call(command: Command): void {
  command.run();
}

interface ItemProps {
  readonly command: Command;
  readonly title: string;
  readonly onSelect: () => void;
}

function Item({ command, title, onSelect }: ItemProps): ReactElement {
  const [keys] = command.keys;
  const reason = whyNotNow(command);
  return (
    <DropdownMenu.Item
      className={controls['menuItem']}
      disabled={reason !== null}
      title={reason ?? undefined}
      onSelect={onSelect}
    >
      {title}
      {keys !== undefined && <kbd className={controls['key']}>{keysText(keys)}</kbd>}
    </DropdownMenu.Item>
  );
}
