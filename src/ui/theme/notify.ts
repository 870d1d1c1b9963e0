interface NotifyAction {
  readonly label: string;
  readonly onClick: () => void;
}

/** Says in passing what happened. The toasts' code comes with the first of them. */
export function notify(
  kind: 'success' | 'info' | 'error',
  title: string,
  description?: string,
  action?: NotifyAction,
): void {
  const options = {
    ...(description === undefined ? {} : { description }),
    // Said once more it takes its own place, and no other above it; but an action is about one thing alone.
    ...(action === undefined ? { id: `${kind} ${title}` } : { action }),
  };
  void import('sonner').then(({ toast }) => toast[kind](title, options));
}
