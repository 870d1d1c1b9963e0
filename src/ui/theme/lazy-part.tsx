import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent, ReactElement } from 'react';
import styles from './lazy-part.module.css';

const PAUSE_MS = 1_000;

/**
 * `lazy` for a part of the page. One that does not load, for want of a network or because a newer page is on its host, is
 * asked for once more; then a sentence stands in its place, and all other parts go on.
 */
export function lazyPart<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  const again = async (): Promise<ComponentType<Props>> => {
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    return load();
  };
  return lazy(async () => ({ default: await load().catch(again).catch(missing) }));
}

function missing(error: unknown): typeof MissingPart {
  reportError(error);
  return MissingPart;
}

function MissingPart(): ReactElement {
  return (
    <p role="alert" className={styles['missing']}>
      A part of the page did not load. See that you are online, then reload the page. What you drew is kept.
      <button type="button" onClick={() => location.reload()}>
        Reload
      </button>
    </p>
  );
}
