/** Why an operator dropped a row, in words, and what to do about it. */

interface ReasonWords {
  readonly title: string;
  readonly cure: string;
}

const LATE = {
  watermark: 'Wait longer for events (watermark delay of the source), or keep windows longer (allowed lateness).',
  'stream time': 'Raise the allowed lateness of the window or the watermark delay of its source: both make the grace.',
} as const;

const OTHERS: Readonly<Record<string, ReasonWords>> = {
  early: {
    title: 'too far in the future',
    cure: 'Raise the early tolerance of the source, or correct the clocks that stamp its events.',
  },
  'null-key': { title: 'key is NULL', cure: 'Group by another column, or give the key a value in a map before.' },
  'no-time': { title: 'no event time', cure: 'Filter such rows out, or give them a time with a timestamps node.' },
};

export function reasonWords(reason: string, time: 'watermark' | 'stream time'): ReasonWords {
  return reason === 'late' ? { title: 'late', cure: LATE[time] } : (OTHERS[reason] ?? { title: reason, cure: '' });
}
