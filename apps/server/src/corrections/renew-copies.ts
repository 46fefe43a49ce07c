import { randomUUID } from 'node:crypto';
import type { CopyFacts, Identity } from '@jiapian/contract';
import { changesIdentity, groupCopies, type CopyGroup, type StandingCorrection } from '@jiapian/rules';
import type { ExamToCorrect } from '../exams/index.ts';
import type { UnitOfWork } from '../platform/database.ts';
import { AS_RECEIVED, isTakenElsewhere } from '../release/index.ts';
import {
  assignCopies,
  assignExamCopy,
  copyUidOf,
  findObjectsOfExam,
  findVersion,
  insertVersion,
  type CopyVersion,
  type ObjectOfExam,
} from './copy-version.repository.ts';
import { findHistory, type CorrectionRow } from './correction.repository.ts';
import { identityOfExam, sideFactsSchema } from './identity-of-exam.ts';

const asReceived: CopyFacts = {
  identity: null,
  isOtherPerson: false,
  studyInstanceUid: null,
  renewsSeries: false,
  side: null,
};

/**
 * How the copies of an exam's objects are made from now on, after its corrections have changed. A copy has UIDs of its
 * own where an archive has, or may have, the same object under other values; else the device's.
 */
export const renewCopies = async (unit: UnitOfWork, exam: ExamToCorrect, at: Date): Promise<void> => {
  const objects = await findObjectsOfExam(unit, exam.exam_id);
  const history = await findHistory(
    unit,
    exam.exam_id,
    objects.map((one) => one.sop_instance_uid),
  );
  const inForce = history.filter(({ state }) => state === 'in-force');
  const standing = inForce.map(asStanding);
  const identity = identityOfExam(exam, history);
  const groups = groupCopies(
    exam.exam_id,
    objects.map((one) => one.sop_instance_uid),
    standing,
  );
  const ofTheExam = standing.filter(({ kind, examId }) => isOfExam(kind) && examId === exam.exam_id);
  // Objects that come later are corrected like the exam, also when every object here is corrected further.
  const isThere = groups.some(({ corrections }) => sameCorrections(corrections, ofTheExam));
  const all = isThere ? groups : [...groups, { corrections: ofTheExam, instanceUids: [] }];
  const drafts: Draft[] = [];
  for (const group of all) drafts.push(await draftOf(unit, group, { objects, inForce, identity }));
  const isRenewed = drafts.some(({ group, hasOwnUids }) => hasOwnUids && changesIdentity(group.corrections));
  for (const draft of drafts) {
    const copyId = await versionFor(unit, draft, { exam, isRenewed, ofTheExam, at });
    await assignCopies(unit, copyId, draft.group.instanceUids);
    if (sameCorrections(draft.group.corrections, ofTheExam)) await assignExamCopy(unit, exam.exam_id, copyId);
  }
};

const isOfExam = (kind: CorrectionRow['kind']): boolean => kind === 'patient' || kind === 'merge';

const asStanding = (row: CorrectionRow): StandingCorrection => ({
  id: row.correction_id,
  kind: row.kind,
  examId: row.exam_id,
  targetExamId: row.target_exam_id,
  instanceUids: new Set(row.instance_uids),
});

const idsOf = (corrections: readonly StandingCorrection[]): string[] => corrections.map(({ id }) => id);
const sameCorrections = (one: readonly StandingCorrection[], other: readonly StandingCorrection[]): boolean =>
  idsOf(one).join(' ') === idsOf(other).join(' ');

interface Draft {
  group: CopyGroup;
  facts: CopyFacts;
  /** Made before with the same values. */
  known: CopyVersion | undefined;
  hasOwnUids: boolean;
}

const draftOf = async (
  unit: UnitOfWork,
  group: CopyGroup,
  of: { objects: readonly ObjectOfExam[]; inForce: readonly CorrectionRow[]; identity: Identity },
): Promise<Draft> => {
  const facts = factsOf(group, of);
  const known =
    group.corrections.length === 0
      ? { copy_id: AS_RECEIVED, uid_salt: null, facts: asReceived }
      : await findVersion(unit, idsOf(group.corrections), facts);
  const candidate = { copyId: known?.copy_id ?? NO_COPY, uidSalt: known?.uid_salt ?? null };
  const isTaken = await isTakenElsewhere(unit, group.instanceUids, candidate);
  return { group, facts, known: isTaken ? undefined : known, hasOwnUids: isTaken || candidate.uidSalt !== null };
};

/** No copy at all: every copy that is there is another one. */
const NO_COPY = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

const factsOf = (
  { corrections, instanceUids }: CopyGroup,
  of: { objects: readonly ObjectOfExam[]; inForce: readonly CorrectionRow[]; identity: Identity },
): CopyFacts => {
  if (corrections.length === 0) return asReceived;
  const uids = new Set(instanceUids);
  const isIdentity = changesIdentity(corrections);
  const { dicomPatientId, issuer } = of.identity;
  const isOther = of.objects.some(
    (one) =>
      (uids.size === 0 || uids.has(one.sop_instance_uid)) &&
      (one.patient_id !== dicomPatientId || one.issuer !== issuer),
  );
  const side = corrections.findLast(({ kind }) => kind === 'side');
  const sideRow = of.inForce.find((row) => row.correction_id === side?.id);
  const sides = sideRow === undefined ? {} : sideFactsSchema.parse(sideRow.after).sides;
  return {
    identity: isIdentity ? of.identity : null,
    // Two numbers of one person: what else the head tells of that person stays true.
    isOtherPerson: isOther && corrections.some(({ kind }) => kind === 'patient' || kind === 'move'),
    studyInstanceUid: null,
    renewsSeries: isIdentity,
    side: (sides[instanceUids[0] ?? ''] ?? null) as CopyFacts['side'],
  };
};

const versionFor = async (
  unit: UnitOfWork,
  { group, facts, known, hasOwnUids }: Draft,
  of: { exam: ExamToCorrect; isRenewed: boolean; ofTheExam: readonly StandingCorrection[]; at: Date },
): Promise<string> => {
  const isIdentity = changesIdentity(group.corrections);
  const needsSalt = hasOwnUids || (of.isRenewed && isIdentity);
  const study = isIdentity ? await studyOf(unit, group, of) : null;
  const isSame = known !== undefined && (known.uid_salt !== null) === needsSalt;
  if (isSame && known.facts.studyInstanceUid === study) return known.copy_id;
  const copyId = randomUUID();
  await insertVersion(unit, {
    copy_id: copyId,
    correction_ids: idsOf(group.corrections),
    facts: { ...facts, studyInstanceUid: study },
    uid_salt: needsSalt ? copyId : null,
    made_at: of.at,
  });
  return copyId;
};

/** The study of the copies: one for all of an exam, its own where the archives know the exam as another patient's. */
const studyOf = async (
  unit: UnitOfWork,
  { corrections }: CopyGroup,
  of: { exam: ExamToCorrect; isRenewed: boolean; ofTheExam: readonly StandingCorrection[] },
): Promise<string | null> => {
  const last = of.ofTheExam.at(-1);
  if (last !== undefined && of.isRenewed) return copyUidOf(unit, last.id, of.exam.study_instance_uid);
  return corrections.some(({ kind }) => kind === 'move') ? of.exam.study_instance_uid : null;
};
