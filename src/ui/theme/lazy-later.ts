import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';
import { whenUsable } from '../../app/first-view.ts';

/** `lazy` for what nobody needs before the graph can be worked with: its code is not even fetched until then. */
export function lazyLater<Props>(load: () => Promise<ComponentType<Props>>): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => {
    await whenUsable();
    return { default: await load() };
  });
}
