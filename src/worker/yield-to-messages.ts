const { port1, port2 } = new MessageChannel();
const waiting: (() => void)[] = [];
port1.onmessage = () => waiting.shift()?.();

/** Lets messages in. Unlike a timer it is not held back to 4 ms. */
export function yieldToMessages(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Longest wait before the clock is looked at again: commands come in between, and the screen's clock moves. */
const LONGEST_WAIT_MS = 40;

/** Until there is work again, or a while before it. */
export function rest(waitMs: number): Promise<void> {
  return waitMs > 1 ? sleep(Math.min(waitMs, LONGEST_WAIT_MS)) : yieldToMessages();
}
