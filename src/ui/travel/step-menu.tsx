import { ChevronDown } from 'lucide-react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import { CommandMenu } from '../shell/command-menu.tsx';
import { selectedNodeName } from '../shell/commands/travel-commands.ts';
import { Button } from '../theme/button.tsx';
import styles from './travel-panels.module.css';

const STEPS = [
  ['run.step', 'travel.back'],
  ['travel.next-firing', 'travel.previous-firing', 'travel.next-watermark', 'travel.previous-watermark'],
];
const OF_NODE = [
  'travel.next-firing-node',
  'travel.previous-firing-node',
  'travel.next-watermark-node',
  'travel.previous-watermark-node',
];
const ENDS = ['travel.start', 'travel.end', 'travel.go-to'];

/** All steps there are: of any node, and of the one that is selected. */
export function StepMenu({ className = '' }: { className?: string | undefined }): ReactElement {
  useDocumentStore((state) => state.selection);
  const name = selectedNodeName();
  const titles =
    name === null
      ? {}
      : {
          'travel.next-firing-node': `Next firing of ${name}`,
          'travel.previous-firing-node': `Previous firing of ${name}`,
          'travel.next-watermark-node': `Next watermark of ${name}`,
          'travel.previous-watermark-node': `Previous watermark of ${name}`,
        };
  return (
    <CommandMenu
      groups={name === null ? [...STEPS, ENDS] : [...STEPS, OF_NODE, ENDS]}
      titles={titles}
      trigger={
        <Button aria-label="Steps" className={`${styles['more'] ?? ''} ${className}`}>
          <ChevronDown size={14} aria-hidden />
        </Button>
      }
    />
  );
}
