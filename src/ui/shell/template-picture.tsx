import { useEffect, useState } from 'react';
import type { ReactElement } from 'react';
import { analyse } from '../../app/analysis/analysis.ts';
import type { GalleryEntry } from '../../app/document-gallery.ts';
import { coloursOfPage } from '../picture/colours.ts';
import { graphPicture } from '../picture/graph-picture.ts';
import { useTheme } from '../theme/theme-store.ts';
import styles from './gallery.module.css';

const drawn = new Map<string, string>();

/** Drawn once for each theme. */
function addressOf({ id, document }: GalleryEntry, theme: string): string {
  const key = `${theme} ${id}`;
  const known = drawn.get(key);
  if (known !== undefined) return known;
  const { svg } = graphPicture({ document, ...analyse(document), colours: coloursOfPage(), detail: 'shapes' });
  const address = `data:image/svg+xml,${encodeURIComponent(svg)}`;
  drawn.set(key, address);
  return address;
}

/** The graph of a template; after the cards, since each has to be understood first. */
export function TemplatePicture({ entry }: { entry: GalleryEntry }): ReactElement {
  const theme = useTheme((state) => state.theme);
  const [address, setAddress] = useState(drawn.get(`${theme} ${entry.id}`));
  useEffect(() => {
    const timer = setTimeout(() => setAddress(addressOf(entry, theme)));
    return () => clearTimeout(timer);
  }, [entry, theme]);
  if (address === undefined) return <span className={styles['picture']} />;
  return <img className={styles['picture']} src={address} alt="" draggable={false} />;
}
