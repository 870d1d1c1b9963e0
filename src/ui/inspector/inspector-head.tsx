import { CircleHelp, PanelRightClose } from 'lucide-react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import { withKeys } from '../shell/commands/with-keys.ts';
import { Badge } from '../theme/badge.tsx';
import { Button } from '../theme/button.tsx';
import { DIALECT_BADGES } from '../theme/dialect-words.ts';
import { Tooltip } from '../theme/tooltip.tsx';
import { useInspector } from './inspector-store.ts';

export function DialectBadge(): ReactElement {
  const dialect = useDocumentStore((state) => state.document.dialect);
  return <Badge>{DIALECT_BADGES[dialect]}</Badge>;
}

export function HelpButton(): ReactElement {
  const isOpen = useInspector((state) => state.isHelpOpen);
  return (
    <Tooltip text={isOpen ? 'Hide the help' : 'What this operator does'} side="left">
      <Button
        look="quiet"
        isIcon
        aria-label="Help about the operator"
        aria-expanded={isOpen}
        onClick={() => useInspector.getState().setHelp(!isOpen)}
      >
        <CircleHelp size={16} aria-hidden />
      </Button>
    </Tooltip>
  );
}

export function FoldButton({ onFold }: { onFold: () => void }): ReactElement {
  return (
    <Tooltip text={withKeys('Fold the inspector', 'view.inspector')} side="left">
      <Button look="quiet" isIcon aria-label="Fold the inspector" onClick={onFold}>
        <PanelRightClose size={16} aria-hidden />
      </Button>
    </Tooltip>
  );
}
