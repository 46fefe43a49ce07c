export { auditRoutes } from './audit.routes.ts';
export { actorOf, recordEntry, systemActor, type AuditActor, type AuditFact } from './record-entry.ts';
export { sealChain } from './seal-chain.ts';
export { verifyChain, type ChainVerification } from './verify-chain.ts';
