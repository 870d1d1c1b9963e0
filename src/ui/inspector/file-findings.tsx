import type { ReactElement } from 'react';
import type { FileFindings, FileQuestion } from '../../app/file-questions.ts';
import { openQuestions } from '../../app/file-questions.ts';
import { useDocumentStore } from '../../app/document-store.ts';
import { Button } from '../theme/button.tsx';
import { Hint } from '../theme/hint.tsx';
import styles from './fields.module.css';

interface FileFindingsListProps {
  readonly nodeId: string;
  readonly findings: FileFindings;
  /** Null: as it is read now. */
  readonly onAnswer: (question: FileQuestion, answer: string | null) => void;
}

const NO_CONFIG: Readonly<Record<string, unknown>> = {};

/** What a look into the file left to say: first what has to be answered before it runs. */
export function FileFindingsList({ nodeId, findings, onAnswer }: FileFindingsListProps): ReactElement {
  const config = useDocumentStore((state) => state.document.nodes.find(({ id }) => id === nodeId)?.config ?? NO_CONFIG);
  return (
    <>
      {openQuestions(findings, config).map((question) => (
        <Hint key={question.code} tone="error">
          <p>
            <b>{question.message}</b>
          </p>
          <p>{HOW_ELSE[question.code] ?? 'It runs when this is answered.'}</p>
          <Answers question={question} onAnswer={onAnswer} />
        </Hint>
      ))}
      {findings.warnings.length > 0 && (
        <Hint tone="warning">
          {findings.warnings.map(({ message }) => (
            <p key={message}>{message}</p>
          ))}
        </Hint>
      )}
    </>
  );
}

/** Where the answer may be given in any words. */
const HOW_ELSE: Readonly<Record<string, string>> = {
  'timestamp-no-zone': 'It runs when you take one of these, or write another Zone below.',
  'date-order-ambiguous': 'It runs when you take one of these, or write another Unit below.',
  'no-time-column': 'It runs when you choose the column under Event time, or take the order of the file.',
};

const WORDS: Readonly<Record<string, string>> = {
  none: 'It is a record',
  'first-line': 'It names the columns',
  s: 'seconds',
  ms: 'milliseconds',
  us: 'microseconds',
  ns: 'nanoseconds',
};

function Answers({
  question,
  onAnswer,
}: {
  question: FileQuestion;
  onAnswer: FileFindingsListProps['onAnswer'];
}): ReactElement {
  const choices = [...new Set([...question.choices, ...(question.code === 'timestamp-no-zone' ? [ownZone()] : [])])];
  return (
    <div className={styles['answers']}>
      {choices.map((choice) => (
        <Button key={choice} isSmall onClick={() => onAnswer(question, choice)}>
          {WORDS[choice] ?? choice}
        </Button>
      ))}
      {choices.length === 0 && (
        <Button isSmall onClick={() => onAnswer(question, null)}>
          Without event time
        </Button>
      )}
    </div>
  );
}

function ownZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}
