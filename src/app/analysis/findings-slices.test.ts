import { describe, expect, it } from 'vitest';
import type { StreamType } from '../../stream/batch.ts';
import type { Problem } from '../../stream/problem.ts';
import type { Findings } from './analysis.ts';
import { nextFindings } from './findings-slices.ts';

const NOTHING: Findings = { problems: [], streams: new Map(), lines: new Map() };

function typeOf(name: string): StreamType {
  return {
    schema: { fields: [{ name, type: { kind: 'INT' }, nullable: false }] },
    changes: 'append',
    key: null,
    eventTime: true,
  };
}

function found(ids: readonly string[], problems: readonly Problem[] = []): Findings {
  return {
    problems,
    streams: new Map(ids.map((id) => [id, { inputs: [], outputs: { out: typeOf(id) } }])),
    lines: new Map(ids.map((id) => [id, `line of ${id}`])),
  };
}

const PROBLEM: Problem = {
  code: 'cycle',
  severity: 'error',
  path: '',
  nodeId: 'a',
  message: 'A loop.',
  fix: 'Open it.',
};

describe('what was found in a large document', () => {
  it('comes to be known whole, some nodes at a time, its problems first', () => {
    const all = found(['a', 'b', 'c', 'd', 'e'], [PROBLEM]);
    const first = nextFindings(NOTHING, all, 2);
    expect(first.isWhole).toBe(false);
    expect(first.findings.problems).toEqual([PROBLEM]);
    expect([...first.findings.lines.keys()]).toEqual(['a', 'b']);
    const second = nextFindings(first.findings, all, 2);
    expect([...second.findings.streams.keys()]).toEqual(['a', 'b', 'c', 'd']);
    const third = nextFindings(second.findings, all, 2);
    expect(third).toEqual({ findings: all, isWhole: true });
  });

  it('is known at once where only few nodes are drawn anew by it', () => {
    const before = found(['a', 'b', 'c', 'd']);
    const after: Findings = {
      problems: [],
      streams: new Map([...before.streams, ['d', { inputs: [], outputs: { out: typeOf('other') } }]]),
      lines: new Map([...before.lines, ['a', 'another line']]),
    };
    expect(nextFindings(before, after, 2)).toEqual({ findings: after, isWhole: true });
  });

  it('forgets nodes that are gone', () => {
    const after = found(['b']);
    expect(nextFindings(found(['a', 'b', 'c']), after, 5).findings).toBe(after);
  });
});
