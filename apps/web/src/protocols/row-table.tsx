import { parameterColumns } from '@jiapian/rules';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { shortFigure } from '../analysis/figure-words.ts';
import { type Cell, type Kind, type Row, useProtocolWords } from './protocol-words.ts';

/** The rows of a table: value and allowed range of every column that is used. */
export function RowTable(props: {
  readonly kind: Kind;
  readonly rows: readonly Row[];
  readonly onEdit?: ((row: Row) => void) | undefined;
}) {
  const { t } = useTranslation('protocols');
  const words = useProtocolWords();
  const { kind, rows, onEdit } = props;
  const used = parameterColumns[kind].filter(({ key }) => rows.some((row) => row.cells[key] !== undefined));
  return (
    <div className="protocol-scroll" tabIndex={0} role="region" aria-label={t('table.rows')}>
      <table className="protocol-table protocol-rows">
        <thead>
          <tr>
            <th>{t(kind === 'projection' ? 'table.position' : 'table.protocol')}</th>
            <th>{t('table.patient')}</th>
            {used.map((column) => (
              <th key={column.key}>{words.columnTitle(column)}</th>
            ))}
            <th>{t('table.note')}</th>
            {onEdit ? <th aria-label={t('table.edit')} /> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.rowId}>
              <th scope="row">
                {words.subjectAndPhase(row.subject, row.phase)}
                <div className="hint">{row.films > 0 ? t('table.films', { count: row.films }) : t('table.byHand')}</div>
              </th>
              <td>
                {words.className(row.ageClass)}
                <div className="hint">{words.className(row.sizeClass)}</div>
              </td>
              {used.map(({ key }) => (
                <td key={key}>
                  <CellWords cell={row.cells[key]} />
                </td>
              ))}
              <td>{row.note}</td>
              {onEdit ? (
                <td>
                  <Button size="small" onClick={() => onEdit(row)}>
                    {t('table.edit')}
                  </Button>
                </td>
              ) : null}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

export function CellWords({ cell }: { cell: Cell | undefined }) {
  const { t } = useTranslation('protocols');
  if (!cell) return null;
  if (cell.kind === 'text') return cell.text === 'NONE' ? t('absent') : cell.text;
  return (
    <>
      <strong>{shortFigure(cell.value)}</strong>
      <div className="hint">
        {shortFigure(cell.low)}–{shortFigure(cell.high)}
      </div>
      {cell.bySize ? (
        <div className="hint" title={t('table.bySizeText')}>
          {t('table.bySize', {
            diameter: shortFigure(cell.bySize.diameterCm),
            factor: Math.exp(cell.bySize.slopePerCm).toFixed(2),
          })}
        </div>
      ) : null}
    </>
  );
}
