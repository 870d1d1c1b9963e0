import type { StreamType } from '../stream/batch.ts';
import type { Changes } from '../stream/row-kind.ts';

export interface StreamWords {
  readonly title: string;
  /** What the rows mean for those before them. */
  readonly text: string;
}

export const STREAM_WORDS: Readonly<Record<Changes, StreamWords>> = {
  append: { title: 'Append stream', text: 'Rows are only added: each stands for itself.' },
  retract: {
    title: 'Changelog',
    text: '+I adds a row, −U and +U replace one, −D takes one away; old rows come whole.',
  },
  upsert: {
    title: 'Table',
    text: 'Each row replaces the one of its key, −D deletes it: the latest row of each key counts.',
  },
};

export const CHANGES_IN_ORDER: readonly Changes[] = ['append', 'retract', 'upsert'];

/** By which columns rows are told apart; null where nothing is known to. */
export function keyWords({ changes, key }: StreamType): string | null {
  if (key === null) return changes === 'append' ? null : 'No key: rows are told apart by all that they hold.';
  if (key.length === 0) return 'One row in all, without a key.';
  return `Key: ${key.join(', ')}.`;
}

export function timeWords({ eventTime }: StreamType): string {
  return eventTime ? 'Rows carry an event time, by which windows and joins can go.' : 'Rows carry no event time.';
}

/** All there is to say of a stream, for a hint. */
export function streamHint(type: StreamType): string {
  const { title, text } = STREAM_WORDS[type.changes];
  return [`${title}. ${text}`, keyWords(type), timeWords(type)].filter((line) => line !== null).join('\n');
}

/** `an append stream, a changelog or a table`: what a port takes. */
export function acceptedWords(accepts: readonly Changes[]): string {
  const names = CHANGES_IN_ORDER.filter((changes) => accepts.includes(changes)).map((changes) => {
    const { title } = STREAM_WORDS[changes];
    return `${changes === 'append' ? 'an' : 'a'} ${title.toLowerCase()}`;
  });
  return names.length < 2 ? (names[0] ?? 'nothing') : `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}`;
}
