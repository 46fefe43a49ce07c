import type { CorrectionChange, CorrectionPreview } from '@jiapian/contract';
import { firstCorrectionState, noteTitleFor, recipeFor, type CorrectionKind } from '@jiapian/rules';
import type { UnitOfWork } from '../platform/database.ts';
import { findArchivesOf, findViewers, isHeld, type ArchiveOfObjects } from '../release/index.ts';
import { countFilms } from '../review/index.ts';
import { readCorrectionPolicy } from './correction-policy.ts';
import { describeChange, type DescribedChange } from './describe-change.ts';

const VIEWERS_SHOWN = 20;

/** Exactly what a correction would do here and at each archive; nothing is written. */
export const previewCorrection = async (
  unit: UnitOfWork,
  examId: string,
  change: CorrectionChange,
): Promise<CorrectionPreview> => previewDescribed(unit, await describeChange(unit, examId, change));

export const previewDescribed = async (unit: UnitOfWork, described: DescribedChange): Promise<CorrectionPreview> => {
  const { kind, exam, instanceUids } = described;
  const archives = await findArchivesOf(unit, exam.exam_id, instanceUids);
  const viewers = await findViewers(unit, exam.exam_id, VIEWERS_SHOWN);
  const policy = await readCorrectionPolicy(unit);
  return {
    before: described.before,
    after: described.after,
    objects: instanceUids.length,
    unaffected: described.unaffected,
    gradedFilms: (await countFilms(unit, exam.exam_id, instanceUids)).graded,
    isHeld: await isHeld(unit, exam.exam_id),
    needsSecondSignature: firstCorrectionState({ kind, source: 'person' }, policy) === 'proposed',
    destinations: archives.map((archive) => effectAt(kind, archive)),
    openedBy: viewers.map(({ name, at }) => ({ name, at: at.toISOString() })),
  };
};

const effectAt = (kind: CorrectionKind, archive: ArchiveOfObjects): CorrectionPreview['destinations'][number] => {
  const recipe = recipeFor(kind, { correction: archive.correction_recipe, merge: archive.merge_recipe });
  return {
    destinationId: archive.destination_id,
    name: archive.name,
    recipe,
    takesNotes: archive.reject_recipe === 'note',
    title: noteTitleFor(kind),
    isDown: archive.is_down,
    there: archive.there,
    copies: recipe === 'follow' ? archive.there - archive.rejected : 0,
  };
};
