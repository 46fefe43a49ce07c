export { findBlindExams, findExamsWithHiddenGrade, isBlindExam } from './blind-reading.repository.ts';
export { blindViewerOf, type BlindViewer, mayReadBlind } from './blind-viewer.ts';
export { refuseBlindReader } from './refuse-blind-reader.ts';
export { recordExamEvent } from './exam-events.repository.ts';
export { createExamsRoom } from './exams-room.ts';
export { performedStepService } from './performed-step-service.ts';
export { createOrdersRoom } from './orders-room.ts';
export { firstHospital } from './first-hospital.ts';
export { findInstance, findInstances, type RegisteredInstance } from './find-instance.repository.ts';
export type { ReceivedObject, RegisterBatch, RegisterOutcome } from './received-object.ts';
export { createRegister } from './register-received.ts';
export { relatedBody, type RelatedPart } from './related-body.ts';
export { worklistService } from './worklist-service.ts';
export { recordViewing } from './viewing-trail.ts';
export {
  findExamsToMerge,
  findMerge,
  findMergesOfExam,
  findPerson,
  lockExam,
  moveInstances,
  type ExamToCorrect,
} from './correct-register.repository.ts';
export { relinkOrders } from './link-orders.ts';
export { enterExamLike, identityOfHeader, lockRegisterToCorrect, reassignInRegister } from './correct-register.ts';
