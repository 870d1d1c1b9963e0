import type { ReactElement } from 'react';
import { trySetting } from '../../app/document-settings.ts';
import { ColumnChips } from './column-fields.tsx';
import type { ParameterFieldProps } from './parameter-field-props.ts';
import { currentValue } from './parameter-field-props.ts';

interface TableColumn {
  readonly name: string;
  readonly type: string;
}

/** Some columns of the table that stands in the same configuration. */
export function TableColumnsField(props: ParameterFieldProps): ReactElement {
  const { nodeId, parameter } = props;
  const table = currentValue(nodeId, [parameter.path[0] ?? 'config', 'table']) as
    { readonly columns?: readonly TableColumn[] } | undefined;
  const options = (table?.columns ?? []).map(({ name, type }) => ({ name, note: type }));
  return (
    <ColumnChips
      {...props}
      options={options}
      empty="no table yet"
      onChoose={(names) => void trySetting(nodeId, parameter.path, names)}
    />
  );
}
