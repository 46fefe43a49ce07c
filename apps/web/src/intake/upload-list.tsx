import { Link } from '@tanstack/react-router';
import { Progress } from 'antd';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import '../ui/data-table.css';
import { StateTag, type Tone } from '../ui/state-tag.tsx';
import { byteSize } from '../ui/byte-size.ts';
import type { UploadItem } from './upload-queue.ts';
import { useReasonWords } from './use-reason-words.ts';

/** A folder of a CT study has thousands of files; nobody reads them one by one. */
const ROWS_SHOWN = 300;
const order: readonly UploadItem['state'][] = ['failed', 'sending', 'waiting', 'done'];
const tones: Readonly<Record<string, Tone>> = {
  received: 'good',
  archive: 'good',
  duplicate: 'plain',
  conflict: 'bad',
  quarantined: 'attention',
};

/** File by file: what was refused first, then what is on its way, what has arrived last. */
export function UploadList({ items }: { items: readonly UploadItem[] }) {
  const { t, i18n } = useTranslation('intake');
  const sorted = order.flatMap((state) => items.filter((item) => item.state === state));
  const isOdd = (item: UploadItem): boolean =>
    item.result?.outcome === 'quarantined' || item.result?.outcome === 'conflict';
  const shown = [...sorted.filter(isOdd), ...sorted.filter((item) => !isOdd(item))].slice(0, ROWS_SHOWN);
  return (
    <div
      className="data-table-scroll"
      style={{ maxHeight: 480 }}
      tabIndex={0}
      role="region"
      aria-label={t('upload.list')}
    >
      <table className="data-table">
        <thead>
          <tr>
            <th style={{ textAlign: 'left' }}>{t('upload.file')}</th>
            <th style={{ textAlign: 'right', width: 100 }}>{t('column.size')}</th>
            <th style={{ textAlign: 'left', width: 360 }}>{t('upload.outcome')}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map((item) => (
            <tr key={item.chosen.fileKey}>
              <td title={item.chosen.path}>{item.chosen.path}</td>
              <td style={{ textAlign: 'right' }}>{byteSize(item.chosen.file.size, i18n.language)}</td>
              <td>
                <Outcome item={item} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {items.length > shown.length ? (
        <div className="panel-empty">{t('upload.more', { count: items.length - shown.length })}</div>
      ) : null}
    </div>
  );
}

function Outcome({ item }: { item: UploadItem }) {
  const { t } = useTranslation(['intake', 'errors']);
  const may = useMay();
  const reasonOf = useReasonWords();
  const { result, problem } = item;
  if (item.state === 'sending') {
    const share = item.chosen.file.size === 0 ? 0 : item.sentBytes / item.chosen.file.size;
    return <Progress size="small" percent={Math.floor(share * 100)} style={{ maxWidth: 200 }} />;
  }
  if (problem) {
    return (
      <span title={t(`errors:${problem.code}`)}>
        <StateTag tone="bad">{t('upload.failed')}</StateTag> {t(`errors:${problem.code}`)}
      </span>
    );
  }
  if (!result) return <span className="hint">{t('upload.waiting')}</span>;
  const isHidden = result.outcome === 'quarantined' || result.outcome === 'conflict';
  const isRefused = result.outcome === 'archive' && result.objects === 0 && result.reason !== null;
  return (
    <>
      <StateTag tone={isRefused ? 'bad' : (tones[result.outcome] ?? 'plain')}>
        {t(isRefused ? 'upload.failed' : `outcome.${result.outcome}`)}
      </StateTag>{' '}
      {result.outcome === 'archive' && !isRefused ? t('upload.objects', { count: result.objects }) : null}{' '}
      <span className="hint" title={result.reason ?? undefined}>
        {result.reason === null ? null : reasonOf(result.reason)}
      </span>{' '}
      {isHidden && may('intake.quarantine') ? <Link to="/quarantine">{t('upload.look')}</Link> : null}
    </>
  );
}
