import { ChevronRight } from 'lucide-react';
import { Suspense, useState } from 'react';
import type { ReactElement } from 'react';
import type { Parameter } from '../../app/document-parameters.ts';
import { initialPart } from '../../app/document-file-source.ts';
import { trySetting } from '../../app/document-settings.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import type { Problem } from '../../stream/problem.ts';
import { Segments } from '../theme/segments.tsx';
import { lazyPart } from '../theme/lazy-part.tsx';
import { problemText } from './field.tsx';
import styles from './inspector.module.css';
import fields from './fields.module.css';
import type { FormContext, RenderFields } from './parameter-field-props.ts';

const RatePlot = lazyPart(async () => (await import('./lab/rate-plot.tsx')).RatePlot);
const DelayLab = lazyPart(async () => (await import('./lab/delay-lab.tsx')).DelayLab);

interface ParameterGroupProps {
  readonly parameter: Parameter;
  readonly value: unknown;
  readonly context: FormContext;
  readonly render: RenderFields;
}

function asRecord(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function configOf(nodeId: string): Readonly<Record<string, unknown>> {
  return useDocumentStore.getState().document.nodes.find(({ id }) => id === nodeId)?.config ?? {};
}

/** Parameters that belong together. One that may be absent is switched on and off as a whole. */
export function ParameterGroup({ parameter, value, context, render }: ParameterGroupProps): ReactElement | null {
  const { entry, meta, path, isOptional } = parameter;
  if (entry.kind !== 'group') return null;
  const isThere = value !== null && value !== undefined;
  const toggle = (choice: 'none' | 'set'): void => {
    const next = choice === 'none' ? null : initialPart(configOf(context.nodeId), parameter.name);
    trySetting(context.nodeId, path, next);
  };
  const own = context.problems.filter((problem) => problem.path === `nodes.${context.index}.${path.join('.')}`);
  if (meta.folded === true)
    return <FoldedGroup parameter={parameter} value={value} context={context} render={render} />;
  return (
    <section className={styles['section']} aria-label={meta.title}>
      <h3 className={styles['heading']} title={meta.description}>
        {meta.title}
        {isOptional && (
          <Segments
            label={meta.title}
            value={isThere ? 'set' : 'none'}
            options={[
              { value: 'none', label: 'None' },
              { value: 'set', label: 'From a column' },
            ]}
            onChange={toggle}
          />
        )}
      </h3>
      {own.map((problem) => (
        <p key={problem.code} className={fields['error']}>
          {problem.message} {problem.fix}
        </p>
      ))}
      {path.join('.') === 'config.profile' && (
        <Suspense fallback={null}>
          <RatePlot nodeId={context.nodeId} />
        </Suspense>
      )}
      {path.join('.') === 'config.delay' && (
        <Suspense fallback={null}>
          <DelayLab nodeId={context.nodeId} />
        </Suspense>
      )}
      {isThere && render(entry.parameters, asRecord(value))}
    </section>
  );
}

/** Out of the way while all of it stands at its defaults. */
function FoldedGroup({ parameter, value, render }: ParameterGroupProps): ReactElement | null {
  const { entry, meta } = parameter;
  const values = asRecord(value);
  const [isOpened, open] = useState(false);
  if (entry.kind !== 'group') return null;
  const isSet = entry.parameters.some(({ name, initial }) => values[name] !== initial);
  return (
    <details
      className={styles['fold']}
      open={isSet || isOpened}
      onToggle={({ currentTarget }) => open(currentTarget.open)}
    >
      <summary title={meta.description}>
        <ChevronRight size={14} aria-hidden /> {meta.title}
      </summary>
      <div>{render(entry.parameters, values)}</div>
    </details>
  );
}

/** One of several shapes: the choice, then the parameters of that shape. */
export function ParameterVariants({ parameter, value, context, render }: ParameterGroupProps): ReactElement | null {
  const { entry, meta, path } = parameter;
  const [refused, refuse] = useState<readonly Problem[]>([]);
  if (entry.kind !== 'variants') return null;
  const values = asRecord(value);
  const chosen = String(values[entry.tag]);
  const variant = entry.variants.find(({ name }) => name === chosen);
  return (
    <section className={styles['section']} aria-label={meta.title}>
      <h3 className={styles['heading']} title={meta.description}>
        {meta.title}
      </h3>
      <Segments
        label={meta.title}
        value={chosen}
        options={entry.variants.map(({ name }) => ({ value: name, label: name.replaceAll('-', ' ') }))}
        onChange={(name) =>
          refuse(trySetting(context.nodeId, path, initialPart(configOf(context.nodeId), parameter.name, name)))
        }
      />
      {refused.map((problem) => (
        <p key={problem.code} className={fields['error']} role="status">
          {problemText(problem)}
        </p>
      ))}
      {variant !== undefined && variant.parameters.length > 0 && render(variant.parameters, values)}
    </section>
  );
}
