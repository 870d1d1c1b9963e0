import {
  FATE_DROPPED,
  FATE_LATE_KEPT,
  FATE_ON_TIME,
  FATE_REFIRED,
  FATE_REFUSED,
  FATE_REJECTED,
  PANE_CLOSES,
  PANE_ENDS_EARLY,
  PANE_ENDS_LATE,
  PANE_ENDS_ON_TIME,
  PANE_GROWS,
  PANE_MERGES,
} from '../../app/plane-updates.ts';
import {
  formatCount,
  formatDateTime,
  formatDuration,
  formatTime,
  formatTimeBeside,
  formatWindow,
} from '../theme/format.ts';
import type { PlaneData } from './plane-data.ts';
import type { View } from './view.ts';

const FATE_WORDS: Readonly<Record<number, string>> = {
  [FATE_ON_TIME]: 'on time',
  [FATE_LATE_KEPT]: 'late, kept',
  [FATE_REFIRED]: 'late, window fired again',
  [FATE_DROPPED]: 'dropped',
  [FATE_REFUSED]: 'not taken',
  [FATE_REJECTED]: 'rejected',
};

export function fateWord(fate: number): string {
  return FATE_WORDS[fate] ?? '';
}

export interface PointWords {
  readonly title: string;
  readonly lines: readonly (readonly [name: string, text: string])[];
}

/** What a point is, line by line. `word`: watermark, or stream time. */
export function pointWords(data: PlaneData, place: number, word: string): PointWords {
  const { seq, tsMs, atMs, fate, side, key, judgedMs } = data.points;
  const time = tsMs.at(place);
  const at = atMs.at(place);
  // With its date, unless it is of the day on which the run began.
  const told = (timeMs: number): string => formatTimeBeside(timeMs, data.points.firstAtMs);
  const sides = data.facts.sides;
  const port = sides.length > 1 ? `${sides[side.at(place)] ?? ''} ` : '';
  const lines: (readonly [string, string])[] = [];
  const keyText = data.keys[key.at(place) - 1]?.text;
  if (keyText !== undefined) lines.push([data.facts.keyNames.join(' · ') || 'key', keyText]);
  lines.push(['event time', Number.isNaN(time) ? 'none' : told(time)]);
  const wayMs = at - time;
  const way = Number.isNaN(time)
    ? ''
    : wayMs >= 0
      ? `, ${formatDuration(wayMs)} on the way`
      : `, ${formatDuration(-wayMs)} before it happened`;
  lines.push(['arrived', `${told(at)}${way}`]);
  const judged = judgedMs.at(place);
  if (!Number.isNaN(judged)) lines.push([word, told(judged)]);
  const lane = data.lines[data.points.lane.at(place)]?.about;
  const hasPartitions = data.lines.filter(({ about }) => about.role === 'partition').length > 1;
  if (lane !== undefined && hasPartitions) lines.push(['partition', String(lane.partition)]);
  return { title: `${port}Event #${String(seq.at(place))} ${fateWord(fate.at(place))}`.trim(), lines };
}

export function pointSentence(data: PlaneData, place: number, word: string): string {
  const { title, lines } = pointWords(data, place, word);
  return `${title}. ${lines.map(([name, text]) => `${name} ${text}`).join(', ')}.`;
}

const END_WORDS: Readonly<Record<number, string>> = {
  [PANE_ENDS_EARLY]: 'early result',
  [PANE_ENDS_ON_TIME]: 'result on time',
  [PANE_ENDS_LATE]: 'result once more, for a late event',
  [PANE_GROWS]: 'the session grew',
  [PANE_MERGES]: 'the session became part of another',
  [PANE_CLOSES]: 'let go of',
};

/** What a stretch of a window is. */
export function paneWords(data: PlaneData, place: number): PointWords {
  const { panes, facts } = data;
  const isOpen = panes.toSeq.at(place) >= data.endSeq;
  const hasFired = panes.hasFired.at(place) === 1;
  const value = panes.value.at(place);
  const results = panes.results.at(place);
  const lines: (readonly [string, string])[] = [];
  const key = data.keys[panes.key.at(place) - 1]?.text;
  if (key !== undefined) lines.push([facts.keyNames.join(' · ') || 'key', key]);
  lines.push(['from', formatTime(panes.fromAtMs.at(place))]);
  if (isOpen) lines.push(['now', hasFired ? 'kept for late events' : 'open']);
  else lines.push(['until', `${formatTime(panes.toAtMs.at(place))}, ${END_WORDS[panes.ends.at(place)] ?? ''}`]);
  if (!isOpen && results > 0) {
    const figure = Number.isNaN(value) || facts.valueName === null ? '' : `${facts.valueName} ${formatCount(value)}`;
    lines.push([
      'gives',
      [figure, results > 1 ? `${formatCount(results)} results` : ''].filter(Boolean).join(', ') || '1 result',
    ]);
  }
  return { title: `Window ${formatWindow(panes.startMs.at(place), panes.endMs.at(place))}`, lines };
}

/** The plane in a few sentences, for whoever does not see it. */
export function planeSummary(data: PlaneData | null, word: string): string {
  if (data === null || data.points.length === 0) return 'Event time against processing time. No event has arrived yet.';
  const [onTime = 0, kept = 0, refired = 0, dropped = 0, refused = 0, rejected = 0] = data.counts.byFate;
  const counts = [
    `${formatCount(onTime)} on time`,
    ...(kept + refired > 0 ? [`${formatCount(kept + refired)} late and kept`] : []),
    ...(refired > 0 ? [`${formatCount(refired)} of them made a window fire again`] : []),
    ...(dropped > 0 ? [`${formatCount(dropped)} dropped`] : []),
    ...(refused > 0 ? [`${formatCount(refused)} not taken`] : []),
    ...(rejected > 0 ? [`${formatCount(rejected)} rejected`] : []),
  ];
  const clock = data.lines[0];
  const last = clock === undefined ? Number.NaN : clock.watermarkMs.at(clock.watermarkMs.length - 1);
  const standing = Number.isNaN(last) ? `There is no ${word} yet.` : `The ${word} stands at ${formatTime(last)}.`;
  const all = data.counts.byFate.reduce((sum, count) => sum + count, 0);
  return `Event time against processing time. ${formatCount(all)} ${all === 1 ? 'event' : 'events'}: ${counts.join(', ')}. ${standing} Arrow keys walk the events, Enter selects, T shows a table.`;
}

/** What of the axes is in view. */
export function viewWords({ eventFromMs, eventToMs, atFromMs, atToMs }: View): string {
  const from = (fromMs: number, toMs: number): string =>
    `${formatDateTime(fromMs)} to ${formatTimeBeside(toMs, fromMs)}`;
  return `Shows event times ${from(eventFromMs, eventToMs)}, arrivals ${from(atFromMs, atToMs)}.`;
}
