import { auditEntrySchema, auditVerificationSchema, pageOf } from '@jiapian/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { request } from '../api/client.ts';

export const AUDIT_PAGE_SIZE = 50;
export interface AuditFilter {
  readonly action?: string | undefined;
  readonly subjectKind?: string | undefined;
}

export const auditQuery = (filter: AuditFilter, cursor?: string) =>
  queryOptions({
    queryKey: ['audit', 'list', filter, cursor],
    queryFn: ({ signal }) =>
      request(pageOf(auditEntrySchema), 'GET', '/audit', {
        query: { ...filter, cursor, limit: AUDIT_PAGE_SIZE },
        signal,
      }),
    placeholderData: keepPreviousData,
  });
export const verifyAuditChain = () => request(auditVerificationSchema, 'GET', '/audit/verification');
