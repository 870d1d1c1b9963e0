import { Download } from 'lucide-react';
import { useState } from 'react';
import type { ReactElement } from 'react';
import { useThroughName } from '../../app/consumers/through-name.ts';
import { nodesWithResults, resultsFileName } from '../../app/results-file.ts';
import type { ResultsFormat } from '../../app/run-state.ts';
import { useRunStore } from '../../app/run-store.ts';
import { Button } from '../theme/button.tsx';
import { Dialog } from '../theme/dialog.tsx';
import { formatCount, formatExactCount } from '../theme/format.ts';
import { notify } from '../theme/notify.ts';
import { usePolled } from '../theme/use-polled.ts';
import { saveFile } from '../theme/save-file.ts';
import { Segments } from '../theme/segments.tsx';
import styles from './results-dialog.module.css';

const FORMATS = [
  { value: 'ndjson', label: 'NDJSON' },
  { value: 'csv', label: 'CSV' },
] as const;

const FORMAT_WORDS: Readonly<Record<ResultsFormat, string>> = {
  ndjson: 'A JSON object a line, with the change, its window and its place in the run: what the command line writes.',
  csv: 'A row a line. Columns that begin with _ tell the change, its window and its place in the run.',
};

const lookAtSaving = (): Promise<number | null> => useRunStore.getState().savingProgress();

export function ResultsDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }): ReactElement {
  const close = (): void => {
    useRunStore.getState().cancelSaving();
    onClose();
  };
  const reader = useThroughName();
  const extent =
    reader === null ? 'from the first event to where the run stands' : `as ${reader} has read the log so far`;
  return (
    <Dialog
      title="Save results"
      description={`Every result of one node, ${extent}.`}
      isOpen={isOpen}
      onClose={close}
      width="28rem"
    >
      <ResultsForm onDone={onClose} />
    </Dialog>
  );
}

function ResultsForm({ onDone }: { onDone: () => void }): ReactElement {
  const watched = useRunStore((state) => state.watched);
  const reader = useThroughName();
  const nodes = nodesWithResults(useRunStore((state) => state.nodes));
  const [chosen, setChosen] = useState(watched);
  const [format, setFormat] = useState<ResultsFormat>('ndjson');
  const [guardsFormulas, setGuards] = useState(true);
  const [isSaving, setSaving] = useState(false);
  const node = nodes.find(({ id }) => id === chosen) ?? nodes[0];
  if (node === undefined) return <p>No node has a result yet. Press play first.</p>;

  const save = async (): Promise<void> => {
    setSaving(true);
    const trouble = await saveNow({ nodeId: node.id, format, guardsFormulas }, node.name, reader);
    setSaving(false);
    if (trouble === null) onDone();
  };

  return (
    <form
      className={styles['form']}
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label className={styles['field']}>
        <span>Results of</span>
        <select value={node.id} disabled={isSaving} onChange={(event) => setChosen(event.target.value)}>
          {nodes.map(({ id, name, results }) => (
            <option key={id} value={id}>
              {name} ({formatCount(results)})
            </option>
          ))}
        </select>
      </label>
      <div className={styles['field']}>
        <span>As</span>
        <Segments label="Format" value={format} options={FORMATS} onChange={setFormat} />
      </div>
      <p className={styles['about']}>{FORMAT_WORDS[format]}</p>
      {format === 'csv' && (
        <label className={styles['guard']}>
          <input type="checkbox" checked={guardsFormulas} onChange={(event) => setGuards(event.target.checked)} />
          <span>
            Safe for spreadsheets: text that begins with = + - @ gets an apostrophe in front, so that no cell is run as
            a formula. Numbers stay as they are.
          </span>
        </label>
      )}
      <footer className={styles['actions']}>
        {isSaving ? (
          <SavingProgress />
        ) : (
          <Button type="submit" look="primary" title={formatExactCount(node.results)}>
            <Download size={16} aria-hidden />
            Save {node.results === 1 ? '1 result' : `all ${formatCount(node.results)} results`}
          </Button>
        )}
      </footer>
    </form>
  );
}

type SaveChoice = Parameters<ReturnType<typeof useRunStore.getState>['saveResults']>[0];

/** Why nothing was saved, which was told; null when it was. */
async function saveNow(choice: SaveChoice, name: string, reader: string | null): Promise<string | null> {
  try {
    const report = await useRunStore.getState().saveResults(choice);
    if (report.kind === 'cancelled') return 'Cancelled.';
    const fileName = resultsFileName({ ...choice, entries: report.entries, reader });
    saveFile(fileName, report.content);
    const extent = `${formatCount(report.results)} results of ${name}${reader === null ? '' : `, as ${reader} reads them`}, after ${formatCount(report.entries)} entries`;
    notify('success', `Saved ${fileName}.`, extent);
    return null;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    notify('error', 'The results could not be saved.', reason);
    return reason;
  }
}

function SavingProgress(): ReactElement {
  const share = usePolled(lookAtSaving);
  return (
    <>
      <progress className={styles['progress']} max={1} value={share ?? undefined} aria-label="Saving results" />
      <Button onClick={() => useRunStore.getState().cancelSaving()}>Cancel</Button>
    </>
  );
}
