import { useEffect, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import './data-table.css';
import { ExportShown } from './export-shown.tsx';
import { useKeys } from './key-listener.ts';

export interface Column<Row> {
  readonly key: string;
  readonly title: ReactNode;
  readonly render: (row: Row, index: number) => ReactNode;
  readonly width?: number | string;
  readonly align?: 'left' | 'right' | 'center';
  /** Folded away under 1440 px. */
  readonly isWide?: boolean;
}
interface Selection {
  readonly keys: ReadonlySet<string>;
  readonly onChange: (keys: ReadonlySet<string>) => void;
}

/** A page of rows: J K move, X selects, Enter opens. The rows come paged and sorted from the server. */
export function DataTable<Row>(props: {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowKey: (row: Row) => string;
  readonly onOpen?: ((row: Row) => void) | undefined;
  readonly selection?: Selection | undefined;
  readonly isLoading?: boolean;
  readonly empty?: ReactNode;
  /** False where another table of the page has the keys. */
  readonly isKeyed?: boolean;
  /** Key of the row that is current when nothing has been moved yet. */
  readonly startKey?: string | undefined;
  /** Name of the file when the list can be had as one. */
  readonly file?: string;
  /** The rows of all pages, where the table shows one of them. */
  readonly all?: () => Promise<readonly Row[]>;
}) {
  const { rows, columns, rowKey, onOpen, selection } = props;
  const isKeyed = props.isKeyed ?? true;
  const { t } = useTranslation('shell');
  const [currentKey, setCurrentKey] = useState<string | undefined>(props.startKey);
  const body = useRef<HTMLTableSectionElement>(null);
  const table = useRef<HTMLTableElement>(null);
  const [whole, setWhole] = useState<readonly Row[] | null>(null);
  const wholeTable = useRef<HTMLTableElement>(null);
  const found = rows.findIndex((row) => rowKey(row) === currentKey);
  const current = found < 0 ? 0 : found;

  const drawn = async (): Promise<HTMLTableElement | null> => {
    if (!props.all) return table.current;
    const all = await props.all();
    flushSync(() => setWhole(all));
    return wholeTable.current;
  };
  const move = (step: number): void => {
    const next = rows[Math.min(rows.length - 1, Math.max(0, current + step))];
    if (next) setCurrentKey(rowKey(next));
  };
  const toggle = (key: string): void => {
    if (!selection) return;
    const keys = new Set(selection.keys);
    if (!keys.delete(key)) keys.add(key);
    selection.onChange(keys);
  };
  useKeys((name, event) => {
    const row = rows[current];
    if (name === 'J') move(1);
    else if (name === 'K') move(-1);
    else if (name === 'X' && row && selection) toggle(rowKey(row));
    else if (name === 'Enter' && row && onOpen && !isOnControl(event.target)) onOpen(row);
    else return false;
    return true;
  }, isKeyed);
  useEffect(() => {
    body.current?.querySelector('[data-current]')?.scrollIntoView({ block: 'nearest' });
  }, [currentKey]);

  if (props.isLoading) return <TableSkeleton columns={columns.length} label={props.label} />;
  if (rows.length === 0) return <>{props.empty}</>;
  return (
    <>
      <div className="data-table-scroll" tabIndex={0} role="region" aria-label={props.label}>
        <table ref={table} className="data-table" aria-label={props.label}>
          <thead>
            <tr>
              {selection ? (
                <th style={{ width: 36 }}>
                  <span className="visually-hidden">{t('table.select')}</span>
                </th>
              ) : null}
              {columns.map((column) => (
                <th
                  key={column.key}
                  className={column.isWide ? 'data-table-wide' : undefined}
                  style={cellStyle(column)}
                >
                  {column.title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body}>
            {rows.map((row, index) => {
              const key = rowKey(row);
              return (
                <tr
                  key={key}
                  data-current={isKeyed && index === current ? '' : undefined}
                  aria-selected={selection ? selection.keys.has(key) : undefined}
                  className={onOpen ? 'data-table-open' : undefined}
                  onClick={(event) => {
                    // Menus and dialogs of a cell lie elsewhere in the document; React still sends their clicks here.
                    if (!(event.target instanceof Node && event.currentTarget.contains(event.target))) return;
                    setCurrentKey(key);
                    if (onOpen && !isOnControl(event.target)) onOpen(row);
                  }}
                >
                  {selection ? (
                    <td>
                      <input
                        type="checkbox"
                        checked={selection.keys.has(key)}
                        onChange={() => toggle(key)}
                        aria-label={t('table.select')}
                      />
                    </td>
                  ) : null}
                  {columns.map((column) => (
                    <td
                      key={column.key}
                      className={column.isWide ? 'data-table-wide' : undefined}
                      style={cellStyle(column)}
                    >
                      {column.render(row, index)}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
      {props.file === undefined ? null : <ExportShown name={props.file} drawn={drawn} onDone={() => setWhole(null)} />}
      {whole === null ? null : (
        <table ref={wholeTable} hidden>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.key}>{column.title}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {whole.map((row, index) => (
              <tr key={rowKey(row)}>
                {columns.map((column) => (
                  <td key={column.key}>{column.render(row, index)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  );
}

const cellStyle = <Row,>(column: Column<Row>) =>
  ({ width: column.width, maxWidth: column.width, textAlign: column.align ?? 'left' }) as const;

const isOnControl = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('a, button, input, label, [role="button"]') !== null;

function TableSkeleton({ columns, label }: { columns: number; label: string }) {
  return (
    <div className="data-table-skeleton" role="status" aria-busy="true" aria-label={label}>
      {Array.from({ length: 12 }, (_, row) => (
        <div key={row} style={{ gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
          {Array.from({ length: columns }, (_cell, column) => (
            <span key={column} />
          ))}
        </div>
      ))}
    </div>
  );
}
