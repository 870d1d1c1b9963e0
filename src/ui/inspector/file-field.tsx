import { FileUp } from 'lucide-react';
import { useRef, useState } from 'react';
import type { ReactElement } from 'react';
import { answerQuestion, takeSourceFile } from '../../app/document-file-source.ts';
import { useRunStore } from '../../app/run-store.ts';
import { Button } from '../theme/button.tsx';
import { formatBytes } from '../theme/format.ts';
import { Hint } from '../theme/hint.tsx';
import styles from './fields.module.css';
import { FileFindingsList } from './file-findings.tsx';
import type { ParameterFieldProps } from './parameter-field-props.ts';

/** Chooses or takes the file of a source. What is in it is looked at before anything runs. */
export function FileField({ nodeId, parameter, value }: ParameterFieldProps): ReactElement {
  const file = useRunStore((state) => state.files[nodeId]);
  const findings = useRunStore((state) => (file === undefined ? undefined : state.findings.get(file)));
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const expected = typeof value === 'string' ? value : '';

  const look = async (looking: Promise<string | null>): Promise<void> => {
    setBusy(true);
    setError(await looking);
    setBusy(false);
  };
  const take = async (chosen: File | undefined): Promise<void> => {
    if (chosen !== undefined) await look(takeSourceFile(nodeId, chosen));
  };
  const name = file?.name ?? (expected === '' ? 'Choose a file, or drop it here.' : `${expected}: choose it again`);
  return (
    <>
      <div
        className={styles['drop']}
        data-over={isOver ? '' : undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setOver(false);
          void take(event.dataTransfer.files[0]);
        }}
      >
        <FileUp size={16} aria-hidden />
        <span title={parameter.meta.description}>
          {isBusy ? 'Looking into the file …' : name}
          {file !== undefined && !isBusy && ` · ${formatBytes(file.size)}`}
        </span>
        <Button isSmall onClick={() => input.current?.click()}>
          {file === undefined ? 'Choose' : 'Change'}
        </Button>
        <input
          ref={input}
          type="file"
          hidden
          aria-label="File"
          accept=".csv,.tsv,.txt,.json,.ndjson,.jsonl,.geojson,.gz"
          onChange={(event) => {
            void take(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </div>
      {findings !== undefined && (
        <FileFindingsList
          nodeId={nodeId}
          findings={findings}
          onAnswer={(question, answer) => void look(answerQuestion(nodeId, question, answer))}
        />
      )}
      {error !== null && (
        <Hint tone="error">
          <p>{error}</p>
        </Hint>
      )}
    </>
  );
}
