import type { ReactElement, ReactNode } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import { Button } from '../theme/button.tsx';
import { Tooltip } from '../theme/tooltip.tsx';
import { whyNotNow } from './commands/command.ts';
import { COMMANDS } from './commands/commands.ts';
import { withKeys } from './commands/with-keys.ts';

interface CommandButtonProps {
  readonly id: string;
  /** What the command is called here, where that is not its title. */
  readonly title?: string;
  /** Stands for the words. */
  readonly icon?: ReactNode;
  readonly look?: 'plain' | 'danger';
}

/** A command as a button. While it cannot be called it is grey, and says over it what it waits for. */
export function CommandButton({ id, title, icon, look }: CommandButtonProps): ReactElement | null {
  // What can be called follows from them.
  useDocumentStore((state) => state.selection);
  useDocumentStore((state) => state.document.groups);
  const command = COMMANDS.find((each) => each.id === id);
  if (command === undefined) return null;
  const name = title ?? command.title;
  const reason = whyNotNow(command);
  const isIcon = icon !== undefined;
  return (
    <Tooltip text={reason ?? withKeys(command.title, id)} side="bottom">
      <Button
        look={look ?? (isIcon ? 'quiet' : 'plain')}
        isIcon={isIcon}
        isSmall={!isIcon}
        aria-label={isIcon ? name : undefined}
        disabled={reason !== null}
        onClick={() => command.run()}
      >
        {icon ?? name}
      </Button>
    </Tooltip>
  );
}
