import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import type { FormEvent, ReactElement } from 'react';
import { useConsumers } from '../../app/consumers/consumer-store.ts';
import { useRunStore } from '../../app/run-store.ts';
import { announce } from '../theme/announce.ts';
import { Button } from '../theme/button.tsx';
import { SpeedSelect } from './speed-select.tsx';
import type { StartKind } from './read-start.ts';
import { readStart } from './read-start.ts';
import styles from './consumers.module.css';

const STARTS: readonly (readonly [StartKind, string])[] = [
  ['earliest', 'earliest'],
  ['latest', 'latest'],
  ['offset', 'offset…'],
  ['timestamp', 'event time…'],
];

const HINTS: Readonly<Record<StartKind, string>> = {
  earliest: 'Every entry of the log',
  latest: 'The next entry that is written: nothing of what came before',
  offset: 'The entry with this number, and all behind it',
  timestamp: 'In each partition the first event of this time or later; without one, the end of the log',
};

/** From where a new consumer reads, how fast, and its name. */
export function AddConsumer(): ReactElement {
  const [by, setBy] = useState<StartKind>('latest');
  const [text, setText] = useState('');
  const [name, setName] = useState('');
  const [speed, setSpeed] = useState(useRunStore.getState().speed);
  const [wrong, setWrong] = useState<string | null>(null);
  const errorId = useId();
  const problems = useConsumers((state) => state.problems);
  const told = wrong ?? problems.map(({ message, fix }) => `${message} ${fix}`).join(' ');
  const isWritten = by === 'offset' || by === 'timestamp';

  const add = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const dayMs = useConsumers.getState().report?.run.maxEventTimeMs ?? useRunStore.getState().clocks.maxEventTimeMs;
    const start = readStart(by, text, dayMs);
    setWrong(typeof start === 'string' ? start : null);
    if (typeof start === 'string') return;
    if (!(await useConsumers.getState().add(start, name, speed))) return;
    const added = useConsumers.getState().consumers.at(-1);
    setName('');
    setText('');
    if (added !== undefined) announce(`${added.name} reads the log from ${by}.`);
  };
  return (
    <form className={styles['add']} aria-label="New consumer" onSubmit={(event) => void add(event)}>
      <input
        className={styles['name']}
        aria-label="Name of the new consumer"
        placeholder="New consumer"
        maxLength={40}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <label title={HINTS[by]}>
        from{' '}
        <select value={by} onChange={(event) => setBy(event.target.value as StartKind)}>
          {STARTS.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {isWritten && (
        <input
          className={styles['start']}
          aria-label={by === 'offset' ? 'Offset' : 'Event time, UTC'}
          placeholder={by === 'offset' ? '1200' : '12:00:05'}
          aria-invalid={told !== '' || undefined}
          aria-describedby={told === '' ? undefined : errorId}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <SpeedSelect label="Speed of the new consumer" speed={speed} onChange={setSpeed} />
      <Button isSmall type="submit" title={HINTS[by]}>
        <Plus size={14} aria-hidden /> Add consumer
      </Button>
      {told === '' ? (
        <span className={styles['hint']}>{HINTS[by]}</span>
      ) : (
        <span className={styles['wrong']} id={errorId} role="alert">
          {told}
        </span>
      )}
    </form>
  );
}
