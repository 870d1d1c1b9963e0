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
import { Button } from '../theme/button.tsx';
import { Tooltip } from '../theme/tooltip.tsx';
import styles from './canvas.module.css';
import { useCanvasView } from './canvas-view.ts';

interface Action {
  readonly title: string;
  readonly keys: string;
  readonly icon: LucideIcon;
  readonly run: () => void;
  /** With fewer there is nothing to do. */
  readonly leastCount?: number;
}

const { getState: view } = useCanvasView;

const ACTIONS: readonly Action[] = [
  { title: 'Align left', keys: 'Alt+L', icon: AlignStartVertical, run: () => view().align('left') },
  { title: 'Align centres', keys: 'Alt+C', icon: AlignCenterVertical, run: () => view().align('centre') },
  { title: 'Align right', keys: 'Alt+R', icon: AlignEndVertical, run: () => view().align('right') },
  { title: 'Align top', keys: 'Alt+T', icon: AlignStartHorizontal, run: () => view().align('top') },
  { title: 'Align middles', keys: 'Alt+M', icon: AlignCenterHorizontal, run: () => view().align('middle') },
  { title: 'Align bottom', keys: 'Alt+B', icon: AlignEndHorizontal, run: () => view().align('bottom') },
  {
    title: 'Distribute across',
    keys: 'Alt+H',
    icon: AlignHorizontalDistributeCenter,
    run: () => view().distribute('across'),
    leastCount: 3,
  },
  {
    title: 'Distribute down',
    keys: 'Alt+V',
    icon: AlignVerticalDistributeCenter,
    run: () => view().distribute('down'),
    leastCount: 3,
  },
  { title: 'Group', keys: 'Ctrl+G', icon: Group, run: () => view().group() },
];

/** What can be done with several nodes at once. */
export function ArrangeBar({ count }: { count: number }): ReactElement {
  return (
    <div className={styles['arrange']} role="toolbar" aria-label={`${String(count)} selected`}>
      {ACTIONS.map(({ title, keys, icon: Icon, run, leastCount = 2 }) => (
        <Tooltip key={title} text={`${title} (${keys})`} side="bottom">
          <Button look="quiet" isIcon aria-label={title} disabled={count < leastCount} onClick={run}>
            <Icon size={16} aria-hidden />
          </Button>
        </Tooltip>
      ))}
    </div>
  );
}
