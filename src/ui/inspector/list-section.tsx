import { Plus } from 'lucide-react';
import type { ReactElement, ReactNode } from 'react';
import styles from './fields.module.css';
import panel from './inspector.module.css';

interface ListSectionProps {
  readonly title: string;
  readonly description: string;
  readonly addLabel: string;
  readonly onAdd: () => void;
  readonly children: ReactNode;
}

/** A heading with a plus, and a list of records beneath it. */
export function ListSection({ title, description, addLabel, onAdd, children }: ListSectionProps): ReactElement {
  return (
    <section className={panel['section']} aria-label={title}>
      <h3 className={panel['heading']} title={description}>
        {title}
        <button type="button" className={styles['add']} aria-label={addLabel} onClick={onAdd}>
          <Plus size={16} aria-hidden />
        </button>
      </h3>
      <ul className={styles['list']}>{children}</ul>
    </section>
  );
}

/** `name`, then `name_2`: what is added must not clash with what is there. */
export function freshName(taken: readonly string[], name: string): string {
  if (!taken.includes(name)) return name;
  for (let i = 2; ; i++) if (!taken.includes(`${name}_${i}`)) return `${name}_${i}`;
}
