import { LeftOutlined, RightOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import './data-table.css';

/** Where a reader stands in a cursor-paged list; back to the first page whenever `listKey` changes. */
export const usePages = (listKey: string) => {
  const [stack, setStack] = useState<{ key: string; cursors: readonly string[] }>({ key: listKey, cursors: [] });
  const cursors = stack.key === listKey ? stack.cursors : [];
  return {
    cursor: cursors.at(-1),
    index: cursors.length,
    next: (cursor: string) => setStack({ key: listKey, cursors: [...cursors, cursor] }),
    previous: () => setStack({ key: listKey, cursors: cursors.slice(0, -1) }),
  };
};

/** Foot of a list: hints at the left, range and the two arrows at the right. */
export function Pager(props: {
  readonly pages: ReturnType<typeof usePages>;
  readonly pageSize: number;
  readonly rows: number;
  readonly total: number | null | undefined;
  readonly nextCursor: string | null | undefined;
  readonly children?: ReactNode;
}) {
  const { t } = useTranslation('shell');
  const { pages, pageSize, rows, total, nextCursor } = props;
  const from = pages.index * pageSize + 1;
  const range = { from, to: from + rows - 1, total };
  return (
    <div className="pager">
      {props.children}
      <span className="spacer" />
      {rows > 0 ? (
        <span>{typeof total === 'number' ? t('table.range', range) : t('table.rangeOpen', range)}</span>
      ) : null}
      <Button
        size="small"
        icon={<LeftOutlined />}
        aria-label={t('table.previous')}
        disabled={pages.index === 0}
        onClick={pages.previous}
      />
      <Button
        size="small"
        icon={<RightOutlined />}
        aria-label={t('table.next')}
        disabled={!nextCursor}
        onClick={() => {
          if (nextCursor) pages.next(nextCursor);
        }}
      />
    </div>
  );
}
