import { dicomApplicationSchema, fetchPlanSchema, type DicomApplication, type FetchPlan } from '@jiapian/contract';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { command, request } from '../api/client.ts';

export const applicationsQuery = queryOptions({
  queryKey: ['intake', 'applications'],
  queryFn: ({ signal }) => request(z.array(dicomApplicationSchema), 'GET', '/dicom-applications', { signal }),
});

export const fetchPlansQuery = queryOptions({
  queryKey: ['intake', 'fetch-plans'],
  queryFn: ({ signal }) => request(z.array(fetchPlanSchema), 'GET', '/fetch-plans', { signal }),
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
