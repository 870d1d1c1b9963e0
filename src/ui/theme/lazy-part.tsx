import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent, ReactElement } from 'react';
import { loadPart } from '../../app/load-part.ts';
import styles from './lazy-part.module.css';

/** `lazy` for a part of the page. Where it does not load a sentence stands in its place, and all other parts go on. */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await loadPart(load).catch(missing) }));
}

function missing(error: unknown): typeof MissingPart {
  reportError(error);
  return MissingPart;
}

function MissingPart(): ReactElement {
  return (
    <p role="alert" className={styles['missing']}>
      A part of the page did not load. See that you are online, then reload the page: what was saved is there again.
      <button type="button" onClick={() => location.reload()}>
        Reload
      </button>
    </p>
  );
}
