export * from './associate-pdu.ts';
export * from './command-set.ts';
export * from './data-pdu.ts';
export * from './ending-pdu.ts';
export * from './file-meta.ts';
export * from './pdu-reader.ts';
export * from './pdu-types.ts';
export * from './presentation-contexts.ts';
export type { UserInformation } from './user-information.ts';
