import { App } from 'antd';
import { useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { send } from '../api/client.ts';
import { ExportMenu, type ExportFormat } from './export-button.tsx';

/** The rows on the screen as a file: the text of each cell under the heading it stands under. */
export function ExportShown({ name, table }: { name: string; table: RefObject<HTMLTableElement | null> }) {
  const { t } = useTranslation('errors');
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const choose = async (format: ExportFormat): Promise<void> => {
    if (!table.current) return;
    setBusy(true);
    try {
      const response = await send('POST', '/exports', { body: { name, format, ...shownTable(table.current) } });
      saveFile(await response.blob(), `${name}.${format}`);
    } catch (error) {
      void message.error(t(asProblem(error).code));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="data-table-foot">
      <ExportMenu size="small" isBusy={isBusy} onChoose={(format) => void choose(format)} />
    </div>
  );
}

/** Columns without a heading hold buttons and boxes, no content. */
const shownTable = (table: HTMLTableElement): { titles: string[]; rows: string[][] } => {
  const textOf = (cell: Element): string => (cell instanceof HTMLElement ? cell.innerText.trim() : '');
  const headings = [...table.querySelectorAll('thead th')];
  const isShown = (index: number): boolean => {
    const heading = headings[index];
    return heading !== undefined && !heading.querySelector('.visually-hidden') && textOf(heading) !== '';
  };
  return {
    titles: headings.filter((_, index) => isShown(index)).map(textOf),
    rows: [...table.querySelectorAll('tbody tr')].map((row) =>
      [...row.children].filter((_, index) => isShown(index)).map(textOf),
    ),
  };
};

const saveFile = (content: Blob, name: string): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  URL.revokeObjectURL(link.href);
};
