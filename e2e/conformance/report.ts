import type { Attempt, Verdict } from './conform.ts';

/** By id what came out, null where a case broke off; one case a line. */
export function actualText(attempts: readonly Attempt[]): string {
  const lines = attempts.map(({ id, actual }) => `${JSON.stringify(id)}:${JSON.stringify(actual?.outputs ?? null)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

export interface NamedText {
  readonly name: string;
  readonly text: string;
}

/** A document and a written log of every case that is a graph, as `tidemark run NAME.json --log NAME.log.ndjson` takes them. */
export function graphFiles(attempts: readonly Attempt[]): readonly NamedText[] {
  return attempts.flatMap(({ id, graph }) => {
    if (graph === null) return [];
    const name = id.replaceAll('/', '_');
    return [
      { name: `${name}.json`, text: `${JSON.stringify(graph.document, null, 2)}\n` },
      { name: `${name}.log.ndjson`, text: graph.log.map((entry) => `${JSON.stringify(entry)}\n`).join('') },
    ];
  });
}

/** A line for each failure and one that counts, or all of it as JSON. */
export function reportText(verdicts: readonly Verdict[], asJson: boolean): string {
  const failures = verdicts.filter(({ passed }) => !passed);
  const passed = verdicts.length - failures.length;
  if (asJson) return JSON.stringify({ passed, failed: failures.length, cases: verdicts });
  const lines = failures.map(({ id, reason = '' }) => `${id}: ${reason.replaceAll('\n', ' ')}`);
  return [...lines, `${passed} passed, ${failures.length} failed`].join('\n');
}
