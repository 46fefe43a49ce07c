export { recordExamEvent, recordExamEvents, type ExamEvent } from './exam-events.ts';
export { createExamsRoom, type ExamsRoom } from './exams-room.ts';
export { findInstance, type RegisteredInstance } from './find-instance.ts';
export { applyOperatorAlias } from './operator-aliases.ts';
export { newOrderedId } from './ordered-id.ts';
export type { ReceivedObject, RegisterBatch, RegisterOutcome } from './received-object.ts';
export { createRegister } from './register-received.ts';
export { searchPatternsOf, searchTextOf } from './search-text.ts';
export { recordViewing } from './viewing-trail.ts';
