import { CheckCircleOutlined, LoadingOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { useHospitalTime } from '../app/hospital-time.ts';
import { examsQuery } from '../exams/exam-queries.ts';
import { examTitle } from '../ui/exam-title.ts';
import { ConnectionFacts } from './connection-facts.tsx';
import { SendLine } from './send-line.tsx';

/** The live stream tells of new exams; this is for a stream that a proxy holds back. */
const LOOK_AGAIN_MS = 3000;

export function SetUpConnection({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('organization');
  return (
    <>
      <ConnectionFacts />
      <div className="set-up-foot">
        <Button type="primary" onClick={onDone}>
          {t('setUp.next')}
        </Button>
      </div>
    </>
  );
}

/** How to send the first image, and the moment it is here. */
export function SetUpFirstImage({ onDone }: { onDone: () => void }) {
  const { t, i18n } = useTranslation('organization');
  const time = useHospitalTime();
  const exams = useQuery({
    ...examsQuery({}, undefined, 1),
    refetchInterval: (query) => (query.state.data?.items.length ? false : LOOK_AGAIN_MS),
  });
  const first = exams.data?.items[0];
  return (
    <>
      <SendLine />
      <div role="status" className={first ? 'set-up-arrived set-up-arrived-good' : 'set-up-arrived'}>
        {first ? <CheckCircleOutlined style={{ color: 'var(--grade-a)' }} /> : <LoadingOutlined />}
        {first ? (
          <span>
            {t('setUp.firstImage.arrived', {
              exam: examTitle(first, i18n.language),
              device: first.deviceName || t('device.unnamed'),
              time: time.minute(first.examAt),
            })}{' '}
            <Link to="/exams/$examId" params={{ examId: first.examId }}>
              {t('setUp.firstImage.open')}
            </Link>
          </span>
        ) : (
          <span>{t('setUp.firstImage.waiting')}</span>
        )}
      </div>
      <div className="set-up-foot">
        <Button type="primary" onClick={onDone}>
          {t('setUp.firstImage.done')}
        </Button>
      </div>
    </>
  );
}
