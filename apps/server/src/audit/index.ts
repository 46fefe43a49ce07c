export { asAuditEntry } from './audit-entry.ts';
export { findEntries, type AuditFilter } from './audit.repository.ts';
export { auditRoutes } from './audit.routes.ts';
export { actorOf, recordEntry, systemActor, type AuditActor } from './record-entry.ts';
export { sealChain } from './seal-chain.ts';
export { verifyChain } from './verify-chain.ts';
