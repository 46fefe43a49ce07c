import { App } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { send } from '../api/client.ts';
import { ExportMenu, type ExportFormat } from './export-button.tsx';

/** A table as a file: the text of each cell under the heading it stands under. */
export function ExportShown(props: {
  readonly name: string;
  /** The table to read, drawn by now. */
  readonly drawn: () => Promise<HTMLTableElement | null>;
  readonly onDone: () => void;
}) {
  const { name } = props;
  const { t } = useTranslation('errors');
  const { message } = App.useApp();
  const [isBusy, setBusy] = useState(false);
  const choose = async (format: ExportFormat): Promise<void> => {
    setBusy(true);
    try {
      const table = await props.drawn();
      if (!table) return;
      const response = await send('POST', '/exports', { body: { name, format, ...shownTable(table) } });
      saveFile(await response.blob(), `${name}.${format}`);
    } catch (error) {
      void message.error(t(asProblem(error).code));
    } finally {
      props.onDone();
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
