export { recordExamEvent } from './exam-events.ts';
export { createExamsRoom } from './exams-room.ts';
export { orderFactsOf } from './order-rows.repository.ts';
export { createOrdersRoom } from './orders-room.ts';
export { findInstance, findInstances, type RegisteredInstance } from './find-instance.ts';
export type { ReceivedObject, RegisterBatch, RegisterOutcome } from './received-object.ts';
export { createRegister } from './register-received.ts';
export { relatedBody, type RelatedPart } from './related-body.ts';
export { recordViewing } from './viewing-trail.ts';
