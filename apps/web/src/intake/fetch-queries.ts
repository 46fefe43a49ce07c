import { dicomApplicationSchema, fetchPlanSchema, type DicomApplication, type FetchPlan } from '@jiapian/contract';
import { queryOptions } from '@tanstack/react-query';
import { command } from '../api/client.ts';
import { wholeList } from '../api/whole-list.ts';

export const applicationsQuery = queryOptions({
  queryKey: ['intake', 'applications'],
  queryFn: ({ signal }) => wholeList(dicomApplicationSchema, '/dicom-applications', signal),
});

export const fetchPlansQuery = queryOptions({
  queryKey: ['intake', 'fetch-plans'],
  queryFn: ({ signal }) => wholeList(fetchPlanSchema, '/fetch-plans', signal),
});

export const saveApplication = (body: DicomApplication) => command('PUT', '/dicom-applications', { body });

/** The form of a plan; the fields of the other kind are left out when it is sent. */
export type PlanForm = Pick<
  FetchPlan,
  'deviceId' | 'kind' | 'fromHour' | 'toHour' | 'examsPerHour' | 'samplePercent' | 'lookBackHours' | 'isEnabled'
> & { aeTitle?: string; url?: string; secret?: string; version?: number | undefined };

export const savePlan = ({ deviceId, kind, aeTitle, url, secret, ...plan }: PlanForm) =>
  command('PUT', `/fetch-plans/${deviceId}`, {
    body: kind === 'dimse' ? { kind, aeTitle, ...plan } : { kind, url, ...(secret ? { secret } : {}), ...plan },
  });
