import type { Report } from './report.ts';
import { rateIn } from './rate.ts';

/** Columns of the table in the README, in its order: name in the results, heading. */
const COLUMNS = [
  ['tidemark', 'tidemark'],
  ['fused', 'fused'],
  ['plain', 'plain'],
  ['rxjs', 'RxJS'],
  ['db-ivm', 'db-ivm'],
  ['duckdb-wasm', 'DuckDB-WASM'],
] as const;

/** `12.3 M`, with three digits. */
function millions(rate: number): string {
  const value = rate / 1e6;
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 0.1 ? 2 : 3;
  return `${value.toFixed(digits)} M`;
}

function times(ratio: number): string {
  return ratio.toFixed(ratio >= 10 ? 0 : ratio >= 1 ? 1 : 2);
}

/** The Markdown table of the README: rates of each column, and how the engine compares to those that matter most. */
export function readmeTable({ results }: Report): string {
  const head = ['job', ...COLUMNS.map(([, title]) => title), 'tidemark / fused', 'tidemark / RxJS'];
  const rows = results.map((result) => {
    const engine = rateIn(result, 'tidemark') ?? Number.NaN;
    const rates = COLUMNS.map(([name]) => {
      const rate = rateIn(result, name);
      return rate === undefined ? '' : millions(rate);
    });
    const ratios = ['fused', 'rxjs'].map((name) => {
      const rate = rateIn(result, name);
      return rate === undefined ? '' : times(engine / rate);
    });
    return [`\`${result.job}\``, ...rates, ...ratios];
  });
  const rule = head.map(() => '---');
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
