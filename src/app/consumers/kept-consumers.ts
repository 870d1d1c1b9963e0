import type { ConsumerStart } from '../../worker/consumer-protocol.ts';
import { CONSUMERS_MAX } from '../../worker/consumer-protocol.ts';
import type { Speed } from '../../worker/protocol.ts';
import { KeptByDocument } from '../kept-by-document.ts';
import { isRecord } from '../unknown-record.ts';

/** What it takes to have a consumer once more. */
export interface KeptConsumer {
  readonly name: string;
  readonly start: ConsumerStart;
  readonly speed: Speed;
  /** Where its start was found: the offset from which it reads what no timestamp decides. */
  readonly restSeq: number;
}

const NAME_MAX = 60;

/** Consumers that this browser has kept, in their order. */
export const keptConsumers = new KeptByDocument<readonly KeptConsumer[]>({
  key: 'tidemark.consumers',
  read: (kept) =>
    (Array.isArray(kept) ? kept.flatMap((item: unknown) => readConsumer(item) ?? []) : []).slice(0, CONSUMERS_MAX),
  isEmpty: (consumers) => consumers.length === 0,
});

function readConsumer(kept: unknown): KeptConsumer | null {
  if (!isRecord(kept)) return null;
  const { name, restSeq } = kept;
  const start = readStart(kept['start']);
  const speed = readSpeed(kept['speed']);
  if (typeof name !== 'string' || !isOffset(restSeq) || start === null || speed === null) return null;
  return { name: name.slice(0, NAME_MAX), start, speed, restSeq };
}

function readStart(kept: unknown): ConsumerStart | null {
  if (!isRecord(kept)) return null;
  const { by, seq, tsMs } = kept;
  switch (by) {
    case 'earliest':
    case 'latest':
      return { by };
    case 'offset':
      return isOffset(seq) ? { by, seq } : null;
    case 'timestamp':
      return isNumber(tsMs) ? { by, tsMs } : null;
    default:
      return null;
  }
}

function readSpeed(kept: unknown): Speed | null {
  if (!isRecord(kept)) return null;
  const { kind, factor, perSec } = kept;
  if (kind === 'max') return { kind };
  if (kind === 'clock' && isNumber(factor) && factor > 0) return { kind, factor };
  if (kind === 'events' && isNumber(perSec) && perSec > 0) return { kind, perSec };
  return null;
}

function isOffset(value: unknown): value is number {
  return isNumber(value) && Number.isInteger(value) && value >= 0;
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
