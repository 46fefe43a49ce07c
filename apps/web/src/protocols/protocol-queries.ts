import {
  calculatorSettingsAnswer,
  consoleLinkSchema,
  consoleTableSchema,
  driftSchema,
  filmComplianceSchema,
  pageOf,
  parameterDevicePageSchema,
  parameterDevicesSchema,
  parameterTableSchema,
  violationSchema,
  type CalculatorSettingsView,
  type ParameterTableView,
} from '@jiapian/contract';
import { queryOptions } from '@tanstack/react-query';
import { command, request } from '../api/client.ts';

export const devicesQuery = queryOptions({
  queryKey: ['protocols', 'devices'],
  queryFn: ({ signal }) => request(parameterDevicesSchema, 'GET', '/protocols/devices', { signal }),
});
export const deviceQuery = (deviceId: string) =>
  queryOptions({
    queryKey: ['protocols', 'device', deviceId],
    queryFn: ({ signal }) => request(parameterDevicePageSchema, 'GET', `/protocols/devices/${deviceId}`, { signal }),
  });
export const driftQueryOf = (deviceId: string, days: number) =>
  queryOptions({
    queryKey: ['protocols', 'drift', deviceId, days],
    queryFn: ({ signal }) =>
      request(driftSchema, 'GET', `/protocols/devices/${deviceId}/drift`, { query: { days }, signal }),
  });
export const tableQuery = (tableId: string) =>
  queryOptions({
    queryKey: ['protocols', 'table', tableId],
    queryFn: ({ signal }) => request(parameterTableSchema, 'GET', `/protocols/tables/${tableId}`, { signal }),
  });
export const beginTable = (deviceId: string, from: 'films' | 'in-force' | 'empty') =>
  request(parameterTableSchema, 'POST', `/protocols/devices/${deviceId}/tables`, { body: { from } });
export const saveTable = (
  { tableId, edition }: Pick<ParameterTableView, 'tableId' | 'edition'>,
  body: Pick<ParameterTableView, 'content' | 'note'>,
) => request(parameterTableSchema, 'PUT', `/protocols/tables/${tableId}`, { body: { edition, ...body } });
export const signTable = (
  { tableId, edition }: Pick<ParameterTableView, 'tableId' | 'edition'>,
  role: 'owner' | 'leader',
) => request(parameterTableSchema, 'POST', `/protocols/tables/${tableId}/signatures`, { body: { edition, role } });
export const dropTable = ({ tableId, edition }: Pick<ParameterTableView, 'tableId' | 'edition'>) =>
  command('DELETE', `/protocols/tables/${tableId}`, { query: { edition } });

export const renewConsoleLink = (deviceId: string) =>
  request(consoleLinkSchema, 'POST', `/protocols/devices/${deviceId}/console-link`);
export const endConsoleLink = (deviceId: string) => command('DELETE', `/protocols/devices/${deviceId}/console-link`);
export const consoleQuery = (code: string) =>
  queryOptions({
    queryKey: ['protocols', 'console', code],
    queryFn: ({ signal }) => request(consoleTableSchema, 'GET', `/console/${code}`, { signal }),
  });

export interface ViolationSearch {
  readonly deviceId?: string | undefined;
  readonly verdict: 'deviates' | 'not-judged';
  readonly days: number;
}
export const violationsQuery = (search: ViolationSearch, cursor: string | undefined, limit: number) =>
  queryOptions({
    queryKey: ['protocols', 'violations', search, cursor ?? ''],
    queryFn: ({ signal }) =>
      request(pageOf(violationSchema), 'GET', '/protocols/violations', { query: { ...search, cursor, limit }, signal }),
  });
export const filmComplianceQuery = (filmId: string) =>
  queryOptions({
    queryKey: ['protocols', 'film', filmId],
    queryFn: ({ signal }) => request(filmComplianceSchema, 'GET', `/films/${filmId}/compliance`, { signal }),
  });
export const examComplianceQuery = (examId: string) =>
  queryOptions({
    queryKey: ['protocols', 'exam', examId],
    queryFn: ({ signal }) => request(filmComplianceSchema, 'GET', `/exams/${examId}/compliance`, { signal }),
  });
export const calculatorsQuery = queryOptions({
  queryKey: ['protocols', 'calculators'],
  queryFn: ({ signal }) => request(calculatorSettingsAnswer, 'GET', '/protocols/calculators', { signal }),
});
export const saveCalculators = (settings: Pick<CalculatorSettingsView, 'limits' | 'gridFactors'>) =>
  request(calculatorSettingsAnswer, 'PUT', '/protocols/calculators', { body: settings });
