import { CloudUploadOutlined } from '@ant-design/icons';
import { Alert, Button, Progress } from 'antd';
import { useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { PermissionGate } from '../app/permission-gate.tsx';
import { Card } from '../ui/card.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { byteSize } from '../ui/byte-size.ts';
import { filesOfDrop, filesOfInput } from './chosen-files.ts';
import { uploadQueue } from './upload-door.ts';
import { UploadList } from './upload-list.tsx';
import './upload-page.css';
import type { UploadItem } from './upload-queue.ts';

export function UploadPage() {
  return (
    <PermissionGate permission="intake.upload">
      <Upload />
    </PermissionGate>
  );
}

function Upload() {
  const { t } = useTranslation('intake');
  const state = useSyncExternalStore(uploadQueue.subscribe, uploadQueue.state);
  const items = [...state.items.values()];
  const failed = items.filter((item) => item.state === 'failed').length;
  return (
    <>
      <PageHead title={t('upload.title')}>
        <span className="secondary">{t('upload.text')}</span>
      </PageHead>
      <div style={{ display: 'grid', gap: 12 }}>
        <DropArea />
        {state.problem ? <ProblemNotice problem={state.problem} onRetry={() => uploadQueue.retry()} /> : null}
        {state.isLost ? (
          <Alert type="warning" showIcon title={t('upload.lost')} description={t('upload.lostText')} />
        ) : null}
        {items.length > 0 ? (
          <Card
            title={t('upload.files', { count: items.length })}
            isFlush
            actions={
              <>
                {failed > 0 ? (
                  <Button size="small" onClick={() => uploadQueue.retry()}>
                    {t('upload.retry', { count: failed })}
                  </Button>
                ) : null}
                <Button size="small" onClick={() => uploadQueue.clear()}>
                  {t('upload.clear')}
                </Button>
              </>
            }
          >
            <Total items={items} />
            <UploadList items={items} />
          </Card>
        ) : null}
      </div>
    </>
  );
}

function DropArea() {
  const { t } = useTranslation('intake');
  const [isOver, setIsOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement): void => {
    if (input.files) uploadQueue.add(filesOfInput(input.files));
    input.value = '';
  };
  return (
    <section
      className={isOver ? 'card drop-area drop-area-over' : 'card drop-area'}
      aria-label={t('upload.title')}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        void filesOfDrop(event.dataTransfer).then((chosen) => uploadQueue.add(chosen));
      }}
    >
      <CloudUploadOutlined style={{ fontSize: 32, color: 'var(--accent)' }} />
      <strong>{t('upload.drop')}</strong>
      <span className="secondary">{t('upload.kinds')}</span>
      <div style={{ display: 'flex', gap: 8 }}>
        <Button type="primary" onClick={() => files.current?.click()}>
          {t('upload.chooseFiles')}
        </Button>
        <Button onClick={() => folder.current?.click()}>{t('upload.chooseFolder')}</Button>
      </div>
      <input
        ref={files}
        type="file"
        multiple
        hidden
        data-testid="upload-files"
        onChange={(event) => take(event.currentTarget)}
      />
      <input
        ref={(element) => {
          folder.current = element;
          element?.setAttribute('webkitdirectory', '');
        }}
        type="file"
        hidden
        onChange={(event) => take(event.currentTarget)}
      />
    </section>
  );
}

/** How much has arrived, in files and bytes, and how it ended. */
function Total({ items }: { items: readonly UploadItem[] }) {
  const { t, i18n } = useTranslation('intake');
  const total = items.reduce((sum, item) => sum + item.chosen.file.size, 0);
  const sent = items.reduce(
    (sum, item) =>
      sum + (item.state === 'sending' ? item.sentBytes : item.state === 'waiting' ? 0 : item.chosen.file.size),
    0,
  );
  const settled = items.filter((item) => item.state === 'done' || item.state === 'failed').length;
  const objects = items.reduce((sum, item) => sum + (item.result?.objects ?? 0), 0);
  return (
    <div className="upload-total">
      <Progress
        percent={total === 0 ? (settled === items.length ? 100 : 0) : Math.floor((sent / total) * 100)}
        aria-label={t('upload.progress')}
      />
      <span className="secondary">
        {t('upload.total', {
          settled,
          files: items.length,
          sent: byteSize(sent, i18n.language),
          size: byteSize(total, i18n.language),
          objects,
        })}
      </span>
    </div>
  );
}
