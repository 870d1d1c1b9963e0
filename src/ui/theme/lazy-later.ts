import type { ComponentType, LazyExoticComponent } from 'react';
import { whenUsable } from '../../app/first-view.ts';
import { lazyPart } from './lazy-part.tsx';

/** `lazyPart` for what nobody needs before the graph can be worked with: its code is not even fetched until then. */
export function lazyLater<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  return lazyPart(async () => {
    await whenUsable();
    return load();
  });
}
