import type { QuarantinedObject } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Alert, Drawer, Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import '../ui/data-table.css';
import { FactList } from '../ui/fact-list.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { byteSize } from '../ui/byte-size.ts';
import { hexLines } from './hex-lines.ts';
import { quarantineContentQuery } from './intake-queries.ts';
import { useReasonWords } from './use-reason-words.ts';

/** A look into what could not be registered: where it came from, the elements that can be read, the first bytes. */
export function ContentDrawer({ object, onClose }: { object: QuarantinedObject; onClose: () => void }) {
  const { t, i18n } = useTranslation('intake');
  const time = useHospitalTime();
  const reasonOf = useReasonWords();
  const content = useQuery(quarantineContentQuery(object.objectId));
  const facts: readonly (readonly [string, string])[] = [
    [t('column.received'), time.full(object.receivedAt)],
    [t('column.door'), t(`door.${object.door}`)],
    [t('content.file'), object.fileName],
    [t('content.caller'), [object.callingAeTitle, object.remoteAddress].filter((part) => part !== '').join(' · ')],
    [t('column.size'), byteSize(object.sizeBytes, i18n.language)],
  ];
  return (
    <Drawer
      open
      onClose={onClose}
      size={760}
      title={t(`reason.${object.reasonCode}`, { defaultValue: object.reasonCode })}
    >
      <p>{reasonOf(object.reason)}</p>
      <FactList facts={facts} />
      {content.isError ? (
        <ProblemNotice problem={asProblem(content.error)} onRetry={() => void content.refetch()} />
      ) : null}
      {content.isPending ? <Skeleton active /> : null}
      {content.data ? (
        <>
          {content.data.stoppedBecause ? (
            <Alert
              type="warning"
              showIcon
              style={{ margin: '12px 0' }}
              title={t('content.stopped', { reason: reasonOf(content.data.stoppedBecause) })}
            />
          ) : null}
          <h3>{t('content.elements', { count: content.data.elements.length })}</h3>
          <div className="data-table-scroll" style={{ maxHeight: 320 }} tabIndex={0}>
            <table className="data-table">
              <tbody>
                {content.data.elements.map((element) => (
                  <tr key={element.tag}>
                    <td className="mono">{element.tag}</td>
                    <td>{element.keyword}</td>
                    <td className="mono">{element.vr}</td>
                    <td title={element.value}>{element.value}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <h3>{t('content.bytes')}</h3>
          <pre className="mono" style={{ overflow: 'auto', maxHeight: 260 }} tabIndex={0}>
            {hexLines(content.data.hex).join('\n')}
          </pre>
        </>
      ) : null}
    </Drawer>
  );
}
