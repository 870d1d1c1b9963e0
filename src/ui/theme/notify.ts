/** Says in passing what happened. The toasts' code comes with the first of them. */
export function notify(kind: 'success' | 'error', title: string, description?: string): void {
  void import('sonner').then(({ toast }) => toast[kind](title, description === undefined ? {} : { description }));
}
