import type { ReactElement, ReactNode } from 'react';
import controls from '../theme/controls.module.css';
import { Dialog } from '../theme/dialog.tsx';
import { COMMAND_GROUPS } from './commands/command.ts';
import { COMMANDS } from './commands/commands.ts';
import { GESTURES } from './commands/gestures.ts';
import { keysText } from './commands/keys.ts';
import styles from './shortcut-sheet.module.css';

/** Every command that has keys, as the list of commands has them, and what only the mouse does. */
export function ShortcutSheet({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactElement {
  const others = COMMANDS.filter(({ keys }) => keys.length === 0).length;
  return (
    <Dialog
      title="Keyboard shortcuts"
      description={`${others} more commands have no keys of their own: ${keysText('Mod+K')} finds them all.`}
      isOpen={isOpen}
      onClose={onClose}
      width="64rem"
      isText
    >
      <div className={styles['columns']}>
        {COMMAND_GROUPS.map((group) => (
          <Section key={group} title={group}>
            {COMMANDS.filter((command) => command.group === group && command.keys.length > 0).map((command) => (
              <Line key={command.id} title={command.title}>
                {command.keys.map((keys) => (
                  <kbd key={keys} className={controls['key']}>
                    {keysText(keys)}
                  </kbd>
                ))}
              </Line>
            ))}
          </Section>
        ))}
        <Section title="Mouse and arrow keys">
          {GESTURES.map(({ title, gesture }) => (
            <Line key={title} title={title}>
              {gesture}
            </Line>
          ))}
        </Section>
      </div>
    </Dialog>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <section className={styles['group']} aria-label={title}>
      <h3>{title}</h3>
      <dl>{children}</dl>
    </section>
  );
}

function Line({ title, children }: { title: string; children: ReactNode }): ReactElement {
  return (
    <div className={styles['line']}>
      <dt>{title}</dt>
      <dd>{children}</dd>
    </div>
  );
}
