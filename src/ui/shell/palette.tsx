import { useState } from 'react';
import type { ReactElement } from 'react';
import { SECTIONS, sectionOf } from '../../app/catalog-sections.ts';
import { isOffered, searchCatalog } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { DIALECT_TITLES } from '../theme/dialect-words.ts';
import { useMedia } from '../theme/use-media.ts';
import { PHONE } from '../theme/widths.ts';
import { PaletteList } from './palette-item.tsx';
import { PaletteRail } from './palette-rail.tsx';
import { PaletteSheet } from './palette-sheet.tsx';
import { SearchField } from './palette-search.tsx';
import styles from './palette.module.css';

const NO_ROOM_FOR_NAMES = '(max-width: 1399px)';

/** Drag an operator onto the graph, or click it: a click, a double click and Enter each add one. */
export function Palette(): ReactElement {
  const [text, setText] = useState('');
  const dialect = useDocumentStore((state) => state.document.dialect);
  const isRail = useMedia(NO_ROOM_FOR_NAMES);
  const isPhone = useMedia(PHONE);
  const all = searchCatalog(text);
  const found = all.filter((item) => isOffered(item, dialect));
  const lacking = text === '' ? [] : all.filter((item) => !found.includes(item));
  if (isPhone) return <PaletteSheet text={text} items={found} onText={setText} />;
  if (isRail) return <PaletteRail text={text} items={found} onText={setText} />;
  return (
    <nav className={styles['palette']} aria-label="Operators">
      <SearchField text={text} first={found[0]} onText={setText} isFoundByKey />
      {SECTIONS.map(({ id, title }) => {
        const items = found.filter((item) => sectionOf(item) === id);
        if (items.length === 0) return null;
        return (
          <section key={id} aria-label={title}>
            <h2 className={styles['heading']}>{title}</h2>
            <PaletteList items={items} />
          </section>
        );
      })}
      {lacking.length > 0 && (
        <p className={styles['none']}>
          {DIALECT_TITLES[dialect]} has no {lacking.map(({ title }) => title.toLowerCase()).join(', ')}.
        </p>
      )}
      {all.length === 0 && <p className={styles['none']}>No operator is called that.</p>}
    </nav>
  );
}
