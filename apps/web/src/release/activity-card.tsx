import type { Activity } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { activityQuery } from './release-queries.ts';

const BYTES_PER_GB = 1e9;

/** What came from each device in the last minutes; one that is silent although it usually sends now stands first. */
export function ActivityCard() {
  const { t } = useTranslation('release');
  const activity = useQuery(activityQuery);
  const devices = (activity.data?.devices ?? [])
    .filter((device) => device.isSilent || device.lastAt !== null)
    .toSorted((one, other) => Number(other.isSilent) - Number(one.isSilent) || other.recentExams - one.recentExams);
  return (
    <Card
      title={t('activity.title')}
      remark={t('activity.remark')}
      isFlush
      actions={
        activity.data ? (
          <span className="hint">
            {t('activity.disk', { count: Math.floor(activity.data.diskFreeBytes / BYTES_PER_GB) })}
          </span>
        ) : null
      }
    >
      {activity.isError ? <ProblemNotice problem={asProblem(activity.error)} /> : null}
      {activity.data && devices.length === 0 ? <div className="panel-empty">{t('activity.empty')}</div> : null}
      <ul className="row-list">
        {devices.map((device) => (
          <DeviceLine key={device.deviceId} device={device} />
        ))}
      </ul>
    </Card>
  );
}

function DeviceLine({ device }: { device: Activity['devices'][number] }) {
  const { t } = useTranslation('release');
  const time = useHospitalTime();
  return (
    <li className="row-line">
      <strong>{device.name}</strong>
      <span className="secondary">{device.modality}</span>
      <span>{t('activity.recent', { exams: device.recentExams, objects: device.recentObjects })}</span>
      {device.held > 0 ? <span>{t('activity.held', { count: device.held })}</span> : null}
      {device.isSilent ? <StateTag tone="bad">{t('activity.silent')}</StateTag> : null}
      {device.lastAt ? <span className="hint">{t('activity.last', { time: time.brief(device.lastAt) })}</span> : null}
    </li>
  );
}
