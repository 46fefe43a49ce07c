import { hl7MessageContent, hl7MessageRowSchema, orderRowSchema, pageOf } from '@jiapian/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { command, request } from '../api/client.ts';

export const ORDER_PAGE_SIZE = 50;

export interface OrderFilter {
  from?: string | undefined;
  to?: string | undefined;
  state?: string | undefined;
  text?: string | undefined;
}

export const ordersQuery = (filter: OrderFilter, cursor?: string) =>
  queryOptions({
    queryKey: ['exams', 'orders', filter, cursor],
    queryFn: ({ signal }) =>
      request(pageOf(orderRowSchema), 'GET', '/orders', {
        query: { ...filter, cursor, limit: ORDER_PAGE_SIZE },
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export const messagesQuery = (state: 'broken' | 'all', cursor?: string) =>
  queryOptions({
    queryKey: ['exams', 'messages', state, cursor],
    queryFn: ({ signal }) =>
      request(pageOf(hl7MessageRowSchema), 'GET', '/hl7-messages', {
        query: { state, cursor, limit: ORDER_PAGE_SIZE },
        signal,
      }),
    placeholderData: keepPreviousData,
  });

export const messageContentQuery = (messageId: string) =>
  queryOptions({
    queryKey: ['exams', 'message-content', messageId],
    queryFn: ({ signal }) => request(hl7MessageContent, 'GET', `/hl7-messages/${messageId}/content`, { signal }),
    retry: false,
  });

export const markMessageSeen = (messageId: string) => command('POST', `/hl7-messages/${messageId}/seen`);
