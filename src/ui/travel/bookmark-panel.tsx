import { Flag, Trash2 } from 'lucide-react';
import type { ReactElement } from 'react';
import { useRunStore } from '../../app/run-store.ts';
import type { Bookmark } from '../../app/travel/marks-store.ts';
import { useMarks } from '../../app/travel/marks-store.ts';
import { Button } from '../theme/button.tsx';
import { formatExactCount, formatTime } from '../theme/format.ts';
import { setBookmark } from './set-bookmark.ts';
import { travelTo } from './steps.ts';
import styles from './travel-panels.module.css';

/** Places to come back to: they are kept with the document, in this browser. */
export function BookmarkPanel(): ReactElement {
  const bookmarks = useMarks((state) => state.bookmarks);
  const isOpen = useRunStore(({ status }) => status.kind !== 'idle' && status.kind !== 'loading');
  return (
    <section className={styles['list']} aria-label="Bookmarks">
      <header>
        <h3>Bookmarks</h3>
        <Button isSmall disabled={!isOpen} onClick={setBookmark}>
          <Flag size={13} aria-hidden /> Bookmark this place
        </Button>
      </header>
      {bookmarks.length === 0 ? (
        <p>None yet. A bookmark is a place in the run to come back to.</p>
      ) : (
        <ul>
          {bookmarks.map((bookmark) => (
            <BookmarkRow key={bookmark.id} bookmark={bookmark} />
          ))}
        </ul>
      )}
    </section>
  );
}

function BookmarkRow({ bookmark }: { bookmark: Bookmark }): ReactElement {
  const { id, name, seq, atMs } = bookmark;
  const { renameBookmark, removeBookmark } = useMarks.getState();
  return (
    <li>
      <input
        key={name}
        aria-label={`Name of the bookmark at offset ${formatExactCount(seq)}`}
        defaultValue={name}
        maxLength={60}
        onBlur={(event) => renameBookmark(id, event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') renameBookmark(id, event.currentTarget.value);
        }}
      />
      <span className={styles['place']}>
        #{formatExactCount(seq)} · {formatTime(atMs)}
      </span>
      <Button isSmall aria-label={`Go to ${name}`} onClick={() => void travelTo({ by: 'seq', seq })}>
        Go
      </Button>
      <Button look="quiet" isSmall isIcon aria-label={`Remove ${name}`} onClick={() => removeBookmark(id)}>
        <Trash2 size={13} aria-hidden />
      </Button>
    </li>
  );
}
