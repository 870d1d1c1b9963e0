import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/** As strict as the product's page: no code made of text, nothing from elsewhere. A worker's own answer carries its policy. */
const POLICY = "default-src 'none'; script-src 'self'; worker-src 'self'; connect-src 'none'";

/** A page without anything, and the worker, bundled as the product bundles its own. */
export interface BenchServer {
  readonly url: string;
  close(): void;
}

export async function serveBench(workerEntry: string): Promise<BenchServer> {
  const code = await bundle(workerEntry);
  const server = createServer((request, response) => {
    const isWorker = request.url === '/worker.js';
    const type = isWorker ? 'text/javascript' : 'text/html';
    const body = isWorker ? code : '<!doctype html><title>Bench</title>';
    response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8`, 'Content-Security-Policy': POLICY }).end(body);
  });
  const { port } = await listen(server);
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}

async function bundle(entry: string): Promise<string> {
  const { build } = await import('vite');
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    publicDir: false,
    build: {
      write: false,
      target: 'es2023',
      lib: { entry, formats: ['es'], fileName: 'worker' },
      rolldownOptions: { output: { codeSplitting: false } },
    },
  });
  const [output] = Array.isArray(built) ? built : [built];
  if (output === undefined || !('output' in output)) throw new Error('the build of the worker gave nothing');
  return output.output[0].code;
}

function listen(server: Server): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => resolve(server.address() as AddressInfo));
  });
}
