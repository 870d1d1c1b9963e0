import { useId } from 'react';
import type { ReactElement } from 'react';
import { useDocumentStore } from '../../app/document-store.ts';
import type { DocumentNode } from '../../app/document-store.ts';
import type { NodeDefinition } from '../../stream/node-definition.ts';
import { DIALECT_TITLES } from '../theme/dialect-words.ts';
import type { Mark, Picture } from './help-pictures.ts';
import { PICTURES } from './help-pictures.ts';
import panel from './inspector.module.css';
import drawing from './match-drawing.module.css';
import styles from './operator-help.module.css';
import { helpOf } from './operator-help.ts';

/** The operator's rule, a picture of it, and what the engines that have it call it. */
export function OperatorHelpSection({
  node,
  definition,
}: {
  node: DocumentNode;
  definition: NodeDefinition;
}): ReactElement {
  const dialect = useDocumentStore((state) => state.document.dialect);
  const { title, rule, names, picture } = helpOf(node, definition.title, dialect);
  return (
    <section className={`${panel['section'] ?? ''} ${styles['help'] ?? ''}`} aria-label={`About ${title}`}>
      <h3 className={panel['heading']}>{title}</h3>
      <p className={panel['lead']}>{rule}</p>
      <HelpPicture picture={PICTURES[picture]} />
      <dl className={styles['names']}>
        {definition.dialects.flatMap((name) => {
          const called = names[name];
          return called === undefined
            ? []
            : [
                <div key={name} data-own={name === dialect ? '' : undefined}>
                  <dt>{DIALECT_TITLES[name]}</dt>
                  <dd>{called}</dd>
                </div>,
              ];
        })}
      </dl>
    </section>
  );
}

function HelpPicture({ picture: { text, marks } }: { picture: Picture }): ReactElement {
  const id = useId();
  return (
    <svg className={drawing['drawing']} viewBox="0 0 280 84" role="img" aria-labelledby={id}>
      <title id={id}>{text}</title>
      {marks.map((mark, index) => (
        <MarkShape key={index} mark={mark} />
      ))}
    </svg>
  );
}

function MarkShape({ mark }: { mark: Mark }): ReactElement {
  switch (mark.kind) {
    case 'dot':
      return <circle className={drawing['mark']} cx={mark.x} cy={mark.y} r={4.5} />;
    case 'square':
      return <rect className={drawing['mark']} x={mark.x - 4} y={mark.y - 4} width={8} height={8} />;
    case 'ring':
      return <circle className={styles['ring']} cx={mark.x} cy={mark.y} r={4} />;
    case 'box':
    case 'open': {
      const { kind, x, y, width, height } = mark;
      return <rect className={drawing[kind === 'box' ? 'span' : 'wait']} x={x} y={y} width={width} height={height} />;
    }
    case 'lane':
    case 'tie':
      return <path className={drawing[mark.kind]} d={mark.d} fill="none" />;
    case 'tide':
      return <path className={styles['tide']} d={mark.d} />;
    case 'label':
      return (
        <text x={mark.x} y={mark.y}>
          {mark.text}
        </text>
      );
  }
}
