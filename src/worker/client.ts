import { wrap, transfer } from 'comlink';
import type { Remote } from 'comlink';
import { lifeName, watchLife } from './life.ts';
import workerUrl from './engine.worker.ts?worker&url';
import type { EngineControl, Frame, FrameCredit } from './protocol.ts';

/** The page's end of the engine. */
export interface EngineClient {
  readonly control: Remote<EngineControl>;
  /** Frames go to `listener` from now on. Each must be answered by `giveCredit`, else no other comes. */
  onFrame(listener: (frame: Frame) => void): void;
  giveCredit(): void;
  /** Ends the thread at once, whatever it does. Nothing may be called afterwards. */
  terminate(): void;
}

/**
 * Starts the engine's thread.
 *
 * In the built page the worker's own file is fetched as text and started from a `blob:` URL: such a worker inherits the
 * page's security policy, one with a URL of its own has only what its own response says.
 *
 * comlink 4.4 never closes an endpoint that is released, so nothing is: `terminate` ends everything. The worker and its
 * port are held by the client for as long as it lives.
 */
export async function startEngine(onCrash: (message: string) => void): Promise<EngineClient> {
  const { worker, started } = await startWorker();
  const failure = new Promise<never>((_, reject) => {
    worker.onerror = (event) => {
      event.preventDefault();
      const message = event.message === '' ? 'The engine did not start.' : event.message;
      reject(new Error(message));
      onCrash(message);
    };
  });
  worker.onmessageerror = () => onCrash('A message from it could not be read.');
  const control = wrap<EngineControl>(worker);
  const life = lifeName();
  const isOfInterest = new AbortController();
  const { port1, port2 } = new MessageChannel();
  const isAlive = await Promise.race([control.connect(transfer(port2, [port2]), life), failure]);
  started();
  if (isAlive) watchLife(life, () => onCrash('Its thread is gone.'), isOfInterest.signal);
  const credit: FrameCredit = { credit: 1 };
  return {
    control,
    onFrame: (listener) => {
      port1.onmessage = ({ data }: MessageEvent<Frame>) => listener(data);
    },
    giveCredit: () => port1.postMessage(credit),
    terminate: () => {
      isOfInterest.abort();
      port1.close();
      worker.terminate();
    },
  };
}

interface StartingWorker {
  readonly worker: Worker;
  /** To be called once the worker runs its script. */
  readonly started: () => void;
}

async function startWorker(): Promise<StartingWorker> {
  if (import.meta.env.DEV) {
    return { worker: new Worker(workerUrl, { type: 'module', name: 'engine' }), started: () => undefined };
  }
  const response = await fetch(workerUrl);
  if (!response.ok) throw new Error(`The engine's file did not load (${String(response.status)}).`);
  const url = URL.createObjectURL(new Blob([await response.text()], { type: 'text/javascript' }));
  const worker = new Worker(url, { type: 'module', name: 'engine' });
  return { worker, started: () => URL.revokeObjectURL(url) };
}
