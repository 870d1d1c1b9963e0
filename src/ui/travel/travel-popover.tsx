import { Popover } from 'radix-ui';
import type { ReactElement, ReactNode } from 'react';
import { Tooltip } from '../theme/tooltip.tsx';
import { Button } from '../theme/button.tsx';
import type { TravelPanel } from './travel-panel-store.ts';
import { useTravelPanels } from './travel-panel-store.ts';
import styles from './travel-panels.module.css';

interface TravelPopoverProps {
  readonly panel: TravelPanel;
  /** What the button is called, and the panel. */
  readonly label: string;
  readonly hint: string;
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

/** A button beside the track with a panel above it. */
export function TravelPopover({ panel, label, hint, icon, children }: TravelPopoverProps): ReactElement {
  const isOpen = useTravelPanels((state) => state.open === panel);
  const { show, close } = useTravelPanels.getState();
  return (
    <Popover.Root open={isOpen} onOpenChange={(opens) => (opens ? show(panel) : close())}>
      <Tooltip text={hint} side="top">
        <Popover.Trigger asChild>
          <Button look="quiet" isIcon aria-label={label}>
            {icon}
          </Button>
        </Popover.Trigger>
      </Tooltip>
      <Popover.Portal>
        <Popover.Content
          className={styles['panel']}
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
        >
          {children}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
