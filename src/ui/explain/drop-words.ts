import type { Cure, DropEvidence, EventRef, WatermarkStep } from '../../app/explaining.ts';
import { formatTime } from '../theme/format.ts';

/** `Event #42`; a row that no single event is is told by what it is. */
export function eventName(seq: number): string {
  return `Event #${String(seq)}`;
}

/** The columns that tell the row apart: those that the node groups by, else the first that is a text. */
export function rowWords({ row }: Pick<DropEvidence, 'row'>, keys: readonly string[]): string {
  const names =
    keys.length > 0
      ? keys
      : Object.keys(row)
          .filter((name) => typeof row[name] === 'string')
          .slice(0, 1);
  return names.map((name) => `${name}=${textOf(row[name])}`).join(' · ');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value ?? null);
}

/** What moved the watermark to where it stood, as it follows `watermark 12:05:14.2`. */
export function stepWords({ kind, event }: WatermarkStep, sourceName: (id: string) => string): string {
  const from = event === null ? '' : `, ${eventWords(event, sourceName)}`;
  switch (kind) {
    case 'event':
      return `came with event${from}`;
    case 'watermark':
      return 'was sent by hand';
    case 'status':
      return 'came when a source was said to be idle';
    case 'clock':
      return event === null ? 'came with the clock: what held it back was idle' : `came with the clock${from}`;
    case 'end':
      return 'came with the end of a source';
    case 'control':
      return 'came with a command';
  }
}

/** `12:05:19.2 of Clicks, partition 2` */
export function eventWords({ tsMs, sourceId, partition }: EventRef, sourceName: (id: string) => string): string {
  const part = partition === 0 ? '' : `, partition ${String(partition)}`;
  return `${formatTime(tsMs)} of ${sourceName(sourceId)}${part}`;
}

export function figureWords({ kind }: Cure): string {
  return { delay: 'delay', lateness: 'lateness', tolerance: 'early tolerance' }[kind];
}
