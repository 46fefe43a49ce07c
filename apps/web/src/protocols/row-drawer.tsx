import { ageClasses, parameterColumns, positionLibrary, scanPhases, sizeClasses } from '@jiapian/rules';
import { Form, Input, InputNumber, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { RemoveRow } from '../standards/row-fields.tsx';
import { type Cell, type Kind, type Row, useProtocolWords } from './protocol-words.ts';

interface CellForm {
  value?: number | null;
  low?: number | null;
  high?: number | null;
  text?: string;
}
interface RowForm {
  subject: string;
  phase?: Row['phase'];
  ageClass: Row['ageClass'];
  sizeClass: Row['sizeClass'];
  note: string;
  cells: Record<string, CellForm>;
}

/** One row: whom it is for, and value with lowest and highest for each column; an empty value takes the column out. */
export function RowDrawer(props: {
  readonly kind: Kind;
  readonly row: Row | null;
  readonly onSave: (row: Row) => Promise<void>;
  readonly onRemove: (row: Row) => Promise<void>;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('protocols');
  const words = useProtocolWords();
  const { kind, row } = props;
  const needed = [{ required: true, message: t('shell:fieldNeeded') }];
  const classes = (codes: readonly string[]) => codes.map((value) => ({ value, label: words.className(value) }));
  return (
    <FormDrawer<RowForm>
      title={row ? words.subjectAndPhase(row.subject, row.phase) : t('table.addRow')}
      initial={row ? formOf(row) : { ageClass: 'adult', sizeClass: 'any', note: '', cells: {} }}
      save={(form) => props.onSave(rowOf(kind, row, form))}
      onSaved={props.onClose}
      onClose={props.onClose}
    >
      <Form.Item name="subject" label={t(kind === 'projection' ? 'table.position' : 'table.protocol')} rules={needed}>
        {kind === 'projection' ? (
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={positionLibrary.map(({ code, name }) => ({ value: code, label: `${words.text(name)} ${code}` }))}
          />
        ) : (
          <Input maxLength={200} />
        )}
      </Form.Item>
      {kind === 'projection' ? null : (
        <Form.Item name="phase" label={t('table.phase')} rules={needed}>
          <Select options={scanPhases.map((value) => ({ value, label: t(`phase.${value}`) }))} />
        </Form.Item>
      )}
      <Form.Item name="ageClass" label={t('table.age')} rules={needed}>
        <Select options={classes([...ageClasses, 'any'])} />
      </Form.Item>
      <Form.Item name="sizeClass" label={t('table.size')} rules={needed}>
        <Select options={classes([...sizeClasses, 'any'])} />
      </Form.Item>
      <p className="hint">{t('table.rangeHint')}</p>
      {parameterColumns[kind].map((column) => (
        <Form.Item key={column.key} label={words.columnTitle(column)} className="protocol-cell-fields">
          {column.value === 'text' ? (
            <Form.Item name={['cells', column.key, 'text']} noStyle>
              <Input
                aria-label={words.columnTitle(column)}
                maxLength={200}
                placeholder={column.read === null ? t('table.readAtConsole') : ''}
              />
            </Form.Item>
          ) : (
            <div className="protocol-range-fields">
              {(['low', 'value', 'high'] as const).map((part) => (
                <Form.Item key={part} name={['cells', column.key, part]} noStyle>
                  <InputNumber
                    aria-label={`${words.columnTitle(column)} ${t(`table.${part}`)}`}
                    placeholder={t(`table.${part}`)}
                  />
                </Form.Item>
              ))}
            </div>
          )}
        </Form.Item>
      ))}
      <Form.Item name="note" label={t('table.note')}>
        <Input maxLength={300} />
      </Form.Item>
      {row ? (
        <RemoveRow words={t('table.removeRow')} remove={() => props.onRemove(row)} onRemoved={props.onClose} />
      ) : null}
    </FormDrawer>
  );
}

const formOf = (row: Row): RowForm => ({
  subject: row.subject,
  phase: row.phase,
  ageClass: row.ageClass,
  sizeClass: row.sizeClass,
  note: row.note,
  cells: Object.fromEntries(
    Object.entries(row.cells).map(([key, cell]) => [
      key,
      cell.kind === 'text' ? { text: cell.text } : { value: cell.value, low: cell.low, high: cell.high },
    ]),
  ),
});

const rowOf = (kind: Kind, before: Row | null, form: RowForm): Row => ({
  rowId: before?.rowId ?? crypto.getRandomValues(new Uint32Array(1))[0]!.toString(36),
  films: before?.films ?? 0,
  subject: form.subject,
  phase: kind === 'projection' ? null : (form.phase ?? null),
  ageClass: form.ageClass,
  sizeClass: form.sizeClass,
  note: form.note ?? '',
  cells: Object.fromEntries(
    parameterColumns[kind].flatMap(({ key, value }) => {
      const cell = cellOf(value, form.cells?.[key], before?.cells[key]);
      return cell ? [[key, cell]] : [];
    }),
  ),
});

/** An empty value takes the column out; limits left empty are the value itself. How it follows the size stays as drafted. */
const cellOf = (kind: 'number' | 'text', form: CellForm | undefined, before: Cell | undefined): Cell | null => {
  if (kind === 'text') {
    const text = (form?.text ?? '').trim();
    return text === '' ? null : { kind: 'text', text };
  }
  const value = form?.value;
  if (value === undefined || value === null) return null;
  const bySize = before?.kind === 'number' ? before.bySize : undefined;
  return { kind: 'number', value, low: form?.low ?? value, high: form?.high ?? value, ...(bySize ? { bySize } : {}) };
};
