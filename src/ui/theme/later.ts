import { loadPart } from '../../app/load-part.ts';
import { notify } from './notify.ts';

/** Does something with a part of the page once it is there, and says so where it does not come. */
export function later<Part>(load: () => Promise<Part>, act: (part: Part) => unknown): void {
  void loadPart(load).then(act, tellMissing);
}

export function tellMissing(error: unknown): undefined {
  reportError(error);
  const cure = 'See that you are online, then do it again. Nothing was changed.';
  notify('error', 'That part of the page did not load.', cure);
}
