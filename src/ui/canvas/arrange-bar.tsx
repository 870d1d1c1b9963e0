import {
  AlignCenterHorizontal,
  AlignCenterVertical,
  AlignEndHorizontal,
  AlignEndVertical,
  AlignHorizontalDistributeCenter,
  AlignStartHorizontal,
  AlignStartVertical,
  AlignVerticalDistributeCenter,
  Group,
} from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import { whyNotNow } from '../shell/commands/command.ts';
import { COMMANDS } from '../shell/commands/commands.ts';
import { withKeys } from '../shell/commands/with-keys.ts';
import { Button } from '../theme/button.tsx';
import { Tooltip } from '../theme/tooltip.tsx';
import styles from './canvas.module.css';

const ICONS: Readonly<Record<string, LucideIcon>> = {
  'canvas.align-left': AlignStartVertical,
  'canvas.align-centre': AlignCenterVertical,
  'canvas.align-right': AlignEndVertical,
  'canvas.align-top': AlignStartHorizontal,
  'canvas.align-middle': AlignCenterHorizontal,
  'canvas.align-bottom': AlignEndHorizontal,
  'canvas.distribute-across': AlignHorizontalDistributeCenter,
  'canvas.distribute-down': AlignVerticalDistributeCenter,
  'canvas.group': Group,
};

/** What can be done with several nodes at once. */
export function ArrangeBar({ count }: { count: number }): ReactElement {
  // What can be done follows from it.
  useDocumentStore((state) => state.selection);
  return (
    <div className={styles['arrange']} role="toolbar" aria-label={`${String(count)} selected`}>
      {Object.entries(ICONS).map(([id, Icon]) => (
        <Action key={id} id={id} icon={<Icon size={16} aria-hidden />} />
      ))}
    </div>
  );
}

function Action({ id, icon }: { id: string; icon: ReactElement }): ReactElement | null {
  const command = COMMANDS.find((each) => each.id === id);
  if (command === undefined) return null;
  const reason = whyNotNow(command);
  return (
    <Tooltip text={reason ?? withKeys(command.title, id)} side="bottom">
      <Button look="quiet" isIcon aria-label={command.title} disabled={reason !== null} onClick={() => command.run()}>
        {icon}
      </Button>
    </Tooltip>
  );
}
