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
import { CommandButton } from '../shell/command-button.tsx';
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
};

/** What can be done with several nodes at once. */
export function ArrangeBar({ count }: { count: number }): ReactElement {
  return (
    <div className={styles['arrange']} role="toolbar" aria-label={`${String(count)} selected`}>
      <ArrangeButtons />
      <CommandButton id="canvas.group" icon={<Group size={16} aria-hidden />} />
    </div>
  );
}

/** Where they come to stand beside each other. */
export function ArrangeButtons(): ReactElement {
  return (
    <>
      {Object.entries(ICONS).map(([id, Icon]) => (
        <CommandButton key={id} id={id} icon={<Icon size={16} aria-hidden />} />
      ))}
    </>
  );
}
