import { useMarks } from '../../app/travel/marks-store.ts';
import { announce } from '../theme/announce.ts';
import { formatExactCount } from '../theme/format.ts';
import { notify } from '../theme/notify.ts';

/** At the present offset. */
export function setBookmark(): void {
  const bookmark = useMarks.getState().addBookmark();
  if (bookmark === null) notify('error', 'There are too many bookmarks', 'Remove one first.');
  else announce(`${bookmark.name} is set at offset ${formatExactCount(bookmark.seq)}.`);
}
