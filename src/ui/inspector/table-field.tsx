import { useState } from 'react';
import type { ReactElement } from 'react';
import { trySetting } from '../../app/document-settings.ts';
import type { TextTable } from '../../app/table-text.ts';
import type { Problem } from '../../stream/problem.ts';
import { Button } from '../theme/button.tsx';
import { formatCount } from '../theme/format.ts';
import { problemText } from './field.tsx';
import styles from './fields.module.css';
import panel from './inspector.module.css';
import type { ParameterFieldProps } from './parameter-field-props.ts';
import { TableDialog } from './table-dialog.tsx';

const TYPES = ['STRING', 'BIGINT', 'INT', 'DOUBLE', 'DECIMAL(10, 2)', 'BOOLEAN', 'DATE', 'TIME', 'TIMESTAMP'];
const ROWS_SHOWN = 5;

function tableOf(value: unknown): TextTable {
  const table = (typeof value === 'object' && value !== null ? value : {}) as Partial<TextTable>;
  return { columns: table.columns ?? [], rows: table.rows ?? [] };
}

/** A small table that stands in the document: pasted as text, shown with its types and its first rows. */
export function TableField({ nodeId, parameter, value, problems }: ParameterFieldProps): ReactElement {
  const [isOpen, setOpen] = useState(false);
  const [refused, refuse] = useState<readonly Problem[]>([]);
  const table = tableOf(value);
  const { columns, rows } = table;
  const shown = [...problems, ...refused];
  return (
    <section className={panel['section']} aria-label={parameter.meta.title}>
      <h3 className={panel['heading']} title={parameter.meta.description}>
        {parameter.meta.title}
        <span className={panel['dim']}>
          {formatCount(rows.length)} {rows.length === 1 ? 'row' : 'rows'}
        </span>
        <Button isSmall onClick={() => setOpen(true)}>
          {columns.length === 0 ? 'Paste a table' : 'Edit'}
        </Button>
      </h3>
      {columns.length > 0 && (
        <div className={panel['scroll']} tabIndex={0} role="group" aria-label="First rows of the table">
          <table className={panel['table']}>
            <thead>
              <tr>
                {columns.map(({ name, type }, index) => (
                  <th key={name} scope="col">
                    {name}
                    <TypeChoice
                      name={name}
                      type={type}
                      onChoose={(chosen) =>
                        refuse(trySetting(nodeId, [...parameter.path, 'columns', String(index), 'type'], chosen))
                      }
                    />
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.slice(0, ROWS_SHOWN).map((row, index) => (
                <tr key={index}>
                  {columns.map(({ name }, i) => (
                    <td key={name}>{row[i] === null || row[i] === undefined ? 'NULL' : String(row[i])}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {rows.length > ROWS_SHOWN && <p className={panel['dim']}>and {formatCount(rows.length - ROWS_SHOWN)} more</p>}
      {shown.map((problem) => (
        <p key={`${problem.path} ${problem.message}`} className={styles['error']} role="status">
          {problemText(problem)}
        </p>
      ))}
      {isOpen && (
        <TableDialog
          table={table}
          onClose={() => setOpen(false)}
          onTake={(next) => {
            const found = trySetting(nodeId, parameter.path, next);
            refuse([]);
            return found;
          }}
        />
      )}
    </section>
  );
}

interface TypeChoiceProps {
  readonly name: string;
  readonly type: string;
  readonly onChoose: (type: string) => void;
}

function TypeChoice({ name, type, onChoose }: TypeChoiceProps): ReactElement {
  const types = TYPES.includes(type) ? TYPES : [type, ...TYPES];
  return (
    <select
      className={styles['typeChoice']}
      aria-label={`Type of ${name}`}
      value={type}
      onChange={(event) => onChoose(event.target.value)}
    >
      {types.map((each) => (
        <option key={each} value={each}>
          {each}
        </option>
      ))}
    </select>
  );
}
