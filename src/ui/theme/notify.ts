type Kind = 'success' | 'info' | 'error';

interface NotifyAction {
  readonly label: string;
  readonly onClick: () => void;
}

/** The toast that says so at the moment, by what it says. One that leaves is none: what it would be told goes with it. */
const standing = new Map<string, string | number>();

/**
 * Says in passing what happened. Said once more it takes its own place, and no other above it; but an action is about one
 * thing alone. The toasts' code comes with the first of them.
 */
export function notify(kind: Kind, title: string, description?: string, action?: NotifyAction): void {
  void import('sonner').then(({ toast }) => {
    if (action !== undefined) {
      toast[kind](title, { description, action });
      return;
    }
    const key = `${kind} ${title}`;
    const leaves = ({ id }: { readonly id: string | number }) => {
      if (standing.get(key) === id) standing.delete(key);
    };
    const id = standing.get(key);
    const options = { description, onAutoClose: leaves, onDismiss: leaves };
    standing.set(key, toast[kind](title, id === undefined ? options : { ...options, id }));
  });
}
