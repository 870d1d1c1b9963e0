export interface Cost {
  readonly what: string;
  readonly ms: number;
  readonly goalMs: number;
}

interface Verdict {
  readonly lines: readonly string[];
  readonly exitCode: 0 | 1;
}

/** Of runs that took the same costs: each one's median beside its goal. What could not be measured has missed it. */
export function judge(runs: readonly (readonly Cost[])[]): Verdict {
  const [first = []] = runs;
  const judged = first.map(({ what, goalMs }, i) => {
    const ms = median(runs.map((costs) => costs[i]?.ms ?? NaN));
    return { what, ms, goalMs, isMet: ms <= goalMs };
  });
  return {
    lines: judged.map(({ what, ms, goalMs, isMet }) => {
      const figure = `${what.padEnd(46)}${ms.toFixed(1).padStart(8)} ms of ${goalMs} ms`;
      return `${figure}: ${isMet ? 'goal met' : 'goal MISSED'}`;
    }),
    exitCode: judged.length > 0 && judged.every(({ isMet }) => isMet) ? 0 : 1,
  };
}

function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return ((sorted[(sorted.length - 1) >> 1] ?? NaN) + (sorted[sorted.length >> 1] ?? NaN)) / 2;
}
