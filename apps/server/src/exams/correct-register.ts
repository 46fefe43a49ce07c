import type { Identity } from '@jiapian/contract';
import { displayPersonName } from '@jiapian/dicom';
import type { UnitOfWork } from '../platform/database.ts';
import { insertExamLike, reassignExam } from './correct-register.repository.ts';
import type { PatientFacts } from './exam-facts.ts';
import { linkExams } from './link-orders.ts';
import { lockRegister } from './lock-register.repository.ts';
import { newOrderedId } from './ordered-id.ts';
import { plainText } from './plain-text.ts';
import { patientKeyOf, registerPatients } from './register-patients.repository.ts';
import { searchTextOf } from './search-text.ts';

/** First of all in a transaction that corrects: the register writes exams while it holds this lock. */
export const lockRegisterToCorrect = (unit: UnitOfWork): Promise<void> => lockRegister(unit);

/** Whose an exam is by the head of an object. */
export const identityOfHeader = (facts: Record<string, unknown>, accessionNumber: string): Identity => {
  const textOf = (name: string): string => (typeof facts[name] === 'string' ? facts[name] : '');
  return {
    dicomPatientId: plainText(textOf('patientId')),
    issuer: plainText(textOf('issuerOfPatientId')),
    patientName: plainText(textOf('patientName')),
    sex: textOf('patientSex') || null,
    birthDate: textOf('patientBirthDate') || null,
    accessionNumber: plainText(textOf('accessionNumber')) || accessionNumber,
  };
};

/** The register shows the exam as this identity's from now on, and finds its order by it. */
export const reassignInRegister = async (
  unit: UnitOfWork,
  exam: { examId: string; description: string; identity: Identity },
  at: Date,
): Promise<void> => {
  await reassignExam(unit, {
    examId: exam.examId,
    patientId: await patientIdOf(unit, exam.identity, at),
    accessionNumber: exam.identity.accessionNumber,
    searchText: searchTextFor(exam.identity, exam.description),
  });
  await linkExams(unit, [exam.examId], at);
};

/** A new exam in the register for objects that came under another's study; answers its number. */
export const enterExamLike = async (
  unit: UnitOfWork,
  exam: { like: string; description: string; studyInstanceUid: string; identity: Identity },
  at: Date,
): Promise<string> => {
  const examId = newOrderedId(at);
  await insertExamLike(unit, {
    examId,
    like: exam.like,
    studyInstanceUid: exam.studyInstanceUid,
    patientId: await patientIdOf(unit, exam.identity, at),
    accessionNumber: exam.identity.accessionNumber,
    searchText: searchTextFor(exam.identity, exam.description),
  });
  await linkExams(unit, [examId], at);
  return examId;
};

const patientIdOf = async (unit: UnitOfWork, identity: Identity, at: Date): Promise<string> => {
  const facts: PatientFacts = {
    dicomPatientId: identity.dicomPatientId,
    issuer: identity.issuer,
    name: plainText(displayPersonName(identity.patientName)),
    sex: identity.sex,
    birthDate: identity.birthDate,
  };
  const key = patientKeyOf(facts);
  return (await registerPatients(unit, new Map([[key, facts]]), at)).get(key) ?? '';
};

/** Found by the right person; the wrong one's name finds it no more. */
const searchTextFor = ({ patientName, dicomPatientId, accessionNumber }: Identity, description: string): string =>
  searchTextOf({ patientName, dicomPatientId, accessionNumber, description });
