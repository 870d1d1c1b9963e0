/** Faults planted under a storage: in the requests of IndexedDB itself. */
export type PutFault = 'request fails' | 'quota' | 'abort after success';

/**
 * From the n-th `put` from now on: the request is refused; or the transaction ends for want of space, or without a
 * reason, after the request has succeeded.
 */
export function failingPuts(fault: PutFault, n: number): { readonly stop: () => void } {
  const prototype = IDBObjectStore.prototype;
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called on the store that it was asked of
  const put = prototype.put;
  let count = 0;
  prototype.put = function (this: IDBObjectStore, value: unknown, key?: IDBValidKey): IDBRequest<IDBValidKey> {
    count++;
    if (count < n) return put.call(this, value, key);
    if (fault === 'request fails') throw new DOMException('Planted.', 'DataCloneError');
    const request = put.call(this, value, key);
    request.addEventListener('success', () => end(this.transaction, fault));
    return request;
  };
  return {
    stop: () => {
      prototype.put = put;
    },
  };
}

/** As the browser does it; a page itself cannot name a reason. */
function end(transaction: IDBTransaction, fault: PutFault): void {
  const fake = transaction as unknown as { _abort: (reason: string | null) => void };
  fake._abort(fault === 'quota' ? 'QuotaExceededError' : 'AbortError');
}
