import { Scale, SlidersHorizontal, Table2, Workflow } from 'lucide-react';
import type { LucideIcon } from 'lucide-react';
import type { ReactElement } from 'react';
import styles from './phone-tabs.module.css';
import type { PhoneTab } from './panel-store.ts';
import { usePanels } from './panel-store.ts';

interface Tab {
  readonly id: PhoneTab;
  readonly title: string;
  readonly Icon: LucideIcon;
}

const TABS: readonly Tab[] = [
  { id: 'graph', title: 'Graph', Icon: Workflow },
  { id: 'results', title: 'Results', Icon: Table2 },
  { id: 'ledger', title: 'Ledger', Icon: Scale },
  { id: 'node', title: 'Node', Icon: SlidersHorizontal },
];

/** What stands below the graph on a small screen. */
export function PhoneTabs(): ReactElement {
  const tab = usePanels((state) => state.tab);
  const { showTab } = usePanels.getState();
  return (
    <nav className={styles['tabs']} aria-label="Panels">
      {TABS.map(({ id, title, Icon }) => (
        <button key={id} type="button" aria-current={tab === id ? 'page' : undefined} onClick={() => showTab(id)}>
          <Icon size={18} aria-hidden />
          {title}
        </button>
      ))}
    </nav>
  );
}
