import { PanelRightOpen } from 'lucide-react';
import type { ReactElement } from 'react';
import { Button } from '../theme/button.tsx';
import { Tooltip } from '../theme/tooltip.tsx';
import { withKeys } from './commands/with-keys.ts';

/** In the place of the folded inspector. */
export function UnfoldButton({ onUnfold }: { onUnfold: () => void }): ReactElement {
  return (
    <Tooltip text={withKeys('Show the inspector', 'view.inspector')} side="left">
      <Button isIcon aria-label="Show the inspector" onClick={onUnfold}>
        <PanelRightOpen size={16} aria-hidden />
      </Button>
    </Tooltip>
  );
}
