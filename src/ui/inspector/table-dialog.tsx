import { useRef, useState } from 'react';
import type { ReactElement } from 'react';
import type { TextTable } from '../../app/table-text.ts';
import { readTableText, writeTableText } from '../../app/table-text.ts';
import type { Problem } from '../../stream/problem.ts';
import { Button } from '../theme/button.tsx';
import { Dialog } from '../theme/dialog.tsx';
import { problemText } from './field.tsx';
import styles from './table-dialog.module.css';

const ROWS_SHOWN = 8;

interface TableDialogProps {
  readonly table: TextTable;
  readonly onClose: () => void;
  /** Takes the table, or says why it cannot be. */
  readonly onTake: (table: TextTable) => readonly Problem[];
}

/** Paste or type a table; what was read of it stands beneath, before it is taken. */
export function TableDialog({ table, onClose, onTake }: TableDialogProps): ReactElement {
  const [text, setText] = useState(() => writeTableText(table));
  const [problems, setProblems] = useState<readonly Problem[]>([]);
  const chooser = useRef<HTMLInputElement>(null);
  const read = readTableText(text, new Map(table.columns.map(({ name, type }) => [name, type])));
  const take = (): void => {
    if (!read.ok) return;
    const found = onTake(read.table);
    setProblems(found);
    if (found.length === 0) onClose();
  };
  return (
    <Dialog
      title="Table"
      description="Paste rows from a spreadsheet, CSV with a line of names, or JSON objects. An empty cell is NULL."
      isOpen
      onClose={onClose}
      width="44rem"
    >
      <textarea
        className={styles['text']}
        aria-label="Rows of the table"
        spellCheck={false}
        placeholder={'user_id,country,is_member\nu0001,DE,true\nu0002,FR,false'}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setProblems([]);
        }}
      />
      {read.ok ? <Preview table={read.table} /> : <p className={styles['error']}>{read.reason}</p>}
      {problems.map((problem) => (
        <p key={`${problem.path} ${problem.message}`} className={styles['error']} role="status">
          {problemText(problem)}
        </p>
      ))}
      <div className={styles['actions']}>
        <input
          ref={chooser}
          type="file"
          hidden
          accept=".csv,.tsv,.txt,.json,.ndjson"
          onChange={(event) => {
            const [file] = event.target.files ?? [];
            void file?.text().then(setText);
          }}
        />
        <Button onClick={() => chooser.current?.click()}>From a file</Button>
        <span />
        <Button onClick={onClose}>Cancel</Button>
        <Button look="primary" disabled={!read.ok} onClick={take}>
          Take {read.ok ? `${String(read.table.rows.length)} rows` : 'rows'}
        </Button>
      </div>
    </Dialog>
  );
}

function Preview({ table: { columns, rows } }: { table: TextTable }): ReactElement {
  return (
    <div className={styles['preview']} tabIndex={0} role="group" aria-label="As it is read">
      <table>
        <thead>
          <tr>
            {columns.map(({ name, type }) => (
              <th key={name} scope="col">
                {name} <small>{type}</small>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, ROWS_SHOWN).map((row, index) => (
            <tr key={index}>
              {row.map((cell, i) => (
                <td key={i} data-null={cell === null ? '' : undefined}>
                  {cell === null ? 'NULL' : String(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > ROWS_SHOWN && <p>and {rows.length - ROWS_SHOWN} more</p>}
    </div>
  );
}
