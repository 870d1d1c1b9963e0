import type {
  ConsumerReport,
  ConsumerStart,
  ReaderFigures,
  ScreenConsumer,
} from '../../app/consumers/consumer-store.ts';
import type { BranchComparison } from '../../app/branches/branch-store.ts';
import { formatCount, formatDateTime, formatDuration, formatExactCount } from '../theme/format.ts';

/** `from offset 1,200`, `from latest, offset 512`. */
export function startWords(start: ConsumerStart, report: ConsumerReport | null): string {
  switch (start.by) {
    case 'earliest':
      return 'from earliest';
    case 'latest':
      return report === null ? 'from latest' : `from latest: offset ${formatExactCount(report.firstSeq)}`;
    case 'offset':
      return `from offset ${formatExactCount(start.seq)}`;
    case 'timestamp':
      return `from ${formatDateTime(start.tsMs)}`;
  }
}

/** Where each partition begins; empty where all begin at one offset that `startWords` tells. */
export function placesWords(report: ConsumerReport, start: ConsumerStart, nameOf: (id: string) => string): string {
  if (start.by !== 'timestamp') return '';
  const rest = `offset ${formatExactCount(report.restSeq)}, the end of the log as it was`;
  if (report.places.length === 0) return `No event of this time or later was written: it began at ${rest}.`;
  const places = report.places.map(
    ({ sourceId, partition, seq }) => `${nameOf(sourceId)} ${String(partition)} at ${formatExactCount(seq)}`,
  );
  return `The first event of this time or later, by partition: ${places.join(', ')}. Others begin at ${rest}.`;
}

/** `1,204 entries, 12.4 s`. */
export function lagWords({ lagEntries, lagMs }: ReaderFigures): string {
  if (lagEntries === 0) return '0';
  const entries = `${formatCount(lagEntries)} ${lagEntries === 1 ? 'entry' : 'entries'}`;
  return lagMs === null ? entries : `${entries}, ${formatDuration(lagMs)}`;
}

/** What it does, and why it stands. */
export function stateWords({ isThere }: ScreenConsumer, report: ConsumerReport | null): string {
  if (!isThere || report === null) return 'Goes to its place';
  const { status, lagEntries, seq, firstSeq } = report;
  switch (status.kind) {
    case 'ended':
      return 'Read to the end';
    case 'failed':
      return `Stopped: ${status.failure.message} ${status.failure.fix}`;
    case 'running':
      if (seq < firstSeq) return `Waits for offset ${formatExactCount(firstSeq)} to be written`;
      return lagEntries === 0 ? 'Waits for more' : 'Reads';
    case 'paused':
      return 'Paused';
    case 'idle':
    case 'loading':
      return 'Goes to its place';
  }
}

/** What its start costs it at a node, against a reader of the whole log up to the same offset. */
export function lossWords({ seq, nodes }: BranchComparison, nodeId: string | null, name: string): string {
  const node = nodes.find((each) => each.nodeId === nodeId);
  const at = `At offset ${formatExactCount(seq)}, ${name}`;
  if (node === undefined) return '';
  const parts = [
    part(node.onlyRun, 'result is missing', 'results are missing'),
    part(node.different, 'result has other values', 'results have other values'),
    part(node.onlyBranch, 'result is there that a full read has not', 'results are there that a full read has not'),
    part(node.droppedOnlyRun, 'drop is missing', 'drops are missing'),
    part(node.droppedOnlyBranch, 'drop is there alone', 'drops are there alone'),
  ].flatMap((text) => text ?? []);
  if (parts.length === 0) return `${at}: as a reader of the whole log has it.`;
  return `${at}: ${parts.join(', ')}, because what came before its start was never read.`;
}

function part(count: number, one: string, many: string): string | null {
  return count === 0 ? null : `${formatCount(count)} ${count === 1 ? one : many}`;
}
