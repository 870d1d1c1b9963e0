import { BookOpenCheck, Clock, Gauge } from 'lucide-react';
import type { Speed } from '../../../app/run-state.ts';
import { useDocumentStore } from '../../../app/document-store.ts';
import { useRunStore } from '../../../app/run-store.ts';
import type { TimeDomain } from '../../../stream/node-definition.ts';
import { DIALECTS } from '../../../stream/node-definition.ts';
import { DIALECT_TITLES } from '../../theme/dialect-words.ts';
import { CLOCK_FACTORS, EVENT_RATES, sameSpeed, speedName } from '../../timeline/speeds.ts';
import type { PaletteEntry, PaletteGroup } from './palette-entry.ts';

const SPEEDS: readonly Speed[] = [
  ...CLOCK_FACTORS.map((factor): Speed => ({ kind: 'clock', factor })),
  ...EVENT_RATES.map((perSec): Speed => ({ kind: 'events', perSec })),
  { kind: 'max' },
];

const DOMAINS: readonly { readonly domain: TimeDomain; readonly title: string }[] = [
  { domain: 'event', title: 'Time: event time' },
  { domain: 'ingestion', title: 'Time: ingestion time' },
  { domain: 'processing', title: 'Time: processing time' },
];

function now(isCurrent: boolean): Pick<PaletteEntry, 'hint'> {
  return isCurrent ? { hint: 'now' } : {};
}

/** Whose rules hold, by which time, and how fast the log is taken. */
export function settingGroups(): readonly PaletteGroup[] {
  const { document, setDialect, setTimeDomain } = useDocumentStore.getState();
  const { speed, setSpeed } = useRunStore.getState();
  const dialects = DIALECTS.map((dialect) => ({
    id: `dialect:${dialect}`,
    title: `Rules of ${DIALECT_TITLES[dialect]}`,
    also: 'dialect engine',
    ...now(dialect === document.dialect),
    icon: <BookOpenCheck size={16} aria-hidden />,
    run: () => setDialect(dialect),
  }));
  const domains = DOMAINS.map(({ domain, title }) => ({
    id: `time:${domain}`,
    title,
    also: 'domain clock',
    ...now(domain === document.time.domain),
    icon: <Clock size={16} aria-hidden />,
    run: () => setTimeDomain(domain),
  }));
  const speeds = SPEEDS.map((option) => ({
    id: `speed:${speedName(option)}`,
    title: `Speed ${speedName(option)}`,
    also: 'run fast slow',
    ...now(sameSpeed(option, speed)),
    icon: <Gauge size={16} aria-hidden />,
    run: () => setSpeed(option),
  }));
  return [
    { title: 'Rules and time', entries: [...dialects, ...domains] },
    { title: 'Speed', entries: speeds },
  ];
}
