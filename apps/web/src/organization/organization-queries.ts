import {
  connectionSchema,
  departmentSchema,
  deviceSchema,
  hospitalSettingsSchema,
  operatorNameSchema,
  roomSchema,
  staffSchema,
  type supervisionSchema,
  supervisionsSchema,
} from '@jiapian/contract';
import { queryOptions } from '@tanstack/react-query';
import type { z } from 'zod';
import { command, request } from '../api/client.ts';
import { wholeList } from '../api/whole-list.ts';

const listOf = <Item extends z.ZodType>(name: string, item: Item) =>
  queryOptions({
    queryKey: ['organization', name],
    queryFn: ({ signal }) => wholeList(item, `/${name}`, signal),
  });

export const departmentsQuery = listOf('departments', departmentSchema);
export const roomsQuery = listOf('rooms', roomSchema);
export const devicesQuery = listOf('devices', deviceSchema);
export const staffQuery = listOf('staff', staffSchema);
export type Supervision = z.infer<typeof supervisionSchema>;
export const supervisionsQuery = queryOptions({
  queryKey: ['organization', 'supervisions'],
  queryFn: ({ signal }) => request(supervisionsSchema, 'GET', '/supervisions', { signal }),
});
export const saveSupervision = (body: {
  traineeStaffId: string;
  supervisorStaffId: string;
  fromDay: string;
  toDay: string | null;
}) => command('PUT', '/supervisions', { body });
export const operatorNamesQuery = listOf('operator-names', operatorNameSchema);
export const connectionQuery = queryOptions({
  queryKey: ['organization', 'connection'],
  queryFn: ({ signal }) => request(connectionSchema, 'GET', '/organization/connection', { signal }),
});
export const hospitalSettingsQuery = queryOptions({
  queryKey: ['organization', 'settings'],
  queryFn: ({ signal }) => request(hospitalSettingsSchema, 'GET', '/organization/settings', { signal }),
});
