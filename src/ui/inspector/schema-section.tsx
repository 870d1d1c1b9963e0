import type { ReactElement } from 'react';
import { useAnalysis } from '../../app/document-analysis.ts';
import { displayName } from '../../app/document-catalog.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { STREAM_WORDS } from '../../app/stream-words.ts';
import type { StreamType } from '../../stream/batch.ts';
import type { NodeDefinition } from '../../stream/node-definition.ts';
import { typeName } from '../../stream/types.ts';
import { Badge } from '../theme/badge.tsx';
import styles from './inspector.module.css';

/** What flows in and what flows out, port by port. */
export function SchemaSection({ nodeId, definition }: { nodeId: string; definition: NodeDefinition }): ReactElement {
  const streams = useAnalysis((state) => state.streams.get(nodeId));
  const nodes = useDocumentStore((state) => state.document.nodes);
  const nameOf = (id: string): string => {
    const node = nodes.find((candidate) => candidate.id === id);
    return node === undefined ? id : displayName(node);
  };
  return (
    <>
      {streams?.inputs.map(({ port, from, type }, index) => (
        <StreamSchema key={index} title={`${port.title} from ${nameOf(from)}`} type={type} />
      ))}
      {definition.inputs.length > 0 && (streams?.inputs.length ?? 0) === 0 && (
        <p className={styles['note']}>Nothing flows in yet: draw an edge to this node.</p>
      )}
      {definition.outputs.map((port) => (
        <StreamSchema key={port.name} title={`→ ${port.title}`} type={streams?.outputs[port.name] ?? null} />
      ))}
    </>
  );
}

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
