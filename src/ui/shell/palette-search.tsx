import { Search } from 'lucide-react';
import type { ReactElement } from 'react';
import type { CatalogItem } from '../../app/document-catalog.ts';
import controls from '../theme/controls.module.css';
import { addAtCentre } from './palette-item.tsx';
import { provideSearchBox } from './palette-search-box.ts';
import styles from './palette.module.css';

interface SearchFieldProps {
  readonly text: string;
  /** What Enter adds. */
  readonly first: CatalogItem | undefined;
  readonly onText: (text: string) => void;
  /** Whether the key that begins a search comes here. */
  readonly isFoundByKey?: boolean;
  readonly onAdded?: () => void;
}

export function SearchField({ text, first, onText, isFoundByKey = false, onAdded }: SearchFieldProps): ReactElement {
  return (
    <label className={`${controls['search'] ?? ''} ${styles['search'] ?? ''}`}>
      <Search size={16} aria-hidden />
      <input
        ref={isFoundByKey ? provideSearchBox : undefined}
        type="search"
        aria-label="Search operators"
        placeholder="Search"
        value={text}
        onChange={(event) => onText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && first !== undefined) {
            addAtCentre(first.id);
            onAdded?.();
          }
          if (event.key === 'Escape') onText('');
        }}
      />
      {text === '' && <kbd className={controls['key']}>/</kbd>}
    </label>
  );
}
