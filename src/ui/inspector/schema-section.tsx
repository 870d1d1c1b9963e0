import type { ReactElement } from 'react';
import { STREAM_WORDS } from '../../app/stream-words.ts';
import type { StreamType } from '../../stream/batch.ts';
import { typeName } from '../../stream/types.ts';
import { Badge } from '../theme/badge.tsx';
import styles from './inspector.module.css';

/** The columns of a stream, and what it is. */
export function StreamSchema({ title, type }: { title: string; type: StreamType | null }): ReactElement {
  return (
    <section className={styles['section']} aria-label={title}>
      <h3 className={styles['heading']}>
        {title}
        {type !== null && (
          <span>
            <Badge>{STREAM_WORDS[type.changes].title.toLowerCase()}</Badge>{' '}
            {type.eventTime && <Badge tone="tide">event time</Badge>}
          </span>
        )}
      </h3>
      {type === null ? (
        <p className={styles['note']}>Not known until the problems before it are settled.</p>
      ) : (
        <table className={styles['table']}>
          <tbody>
            {type.schema.fields.map((field) => (
              <tr key={field.name}>
                <td>{field.name}</td>
                <td>
                  <code>{typeName(field.type)}</code>
                </td>
                <td className={styles['dim']}>
                  {[type.key?.includes(field.name) === true ? 'key' : '', field.nullable ? '' : 'not null']
                    .filter(Boolean)
                    .join(', ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </section>
  );
}
