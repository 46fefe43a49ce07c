import {
  hospitalPositionSchema,
  incidentSchema,
  pageOf,
  positionImportSchema,
  positionSetSchema,
  type Incident,
  type OwnPosition,
  type PositionSetView,
} from '@jiapian/contract';
import { queryOptions } from '@tanstack/react-query';
import { command, request } from '../api/client.ts';
import { wholeList } from '../api/whole-list.ts';

export const ownPositionsQuery = queryOptions({
  queryKey: ['standards', 'positions'],
  queryFn: ({ signal }) => request(pageOf(hospitalPositionSchema), 'GET', '/positions', { signal }),
});
export const savePosition = (body: Pick<OwnPosition, 'content' | 'version' | 'isVerified'>) =>
  command('PUT', `/positions/${encodeURIComponent(body.content.code)}`, { body });
export const setsQuery = queryOptions({
  queryKey: ['standards', 'sets'],
  queryFn: ({ signal }) => request(pageOf(positionSetSchema), 'GET', '/position-sets', { signal }),
});
export const saveSet = ({ code, version, members, isConfirmed }: PositionSetView) =>
  command('PUT', `/position-sets/${code}`, { body: { version, members, isConfirmed } });
export const importPositions = (
  setCode: string,
  file: { format: 'csv' | 'xlsx' | 'json'; content: string; isDryRun: boolean },
) => request(positionImportSchema, 'POST', `/position-sets/${setCode}/import`, { body: file });

export const incidentsQuery = queryOptions({
  queryKey: ['films', 'incidents'],
  queryFn: ({ signal }) => wholeList(incidentSchema, '/incidents', signal),
});
export const openIncident = (body: Pick<Incident, 'kind' | 'severity' | 'happenedAt' | 'description'>) =>
  request(incidentSchema, 'POST', '/incidents', { body });
export const followIncident = (
  incidentId: string,
  body: Pick<Incident, 'version' | 'severity' | 'description' | 'followUp'> & { isClosed: boolean },
) => request(incidentSchema, 'PUT', `/incidents/${incidentId}`, { body });
