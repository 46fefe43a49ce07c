import type { CorrectionKind } from './correction-state.ts';

/**
 * What an archive does when something it has is corrected. `follow` a note hides what it has and the corrected copy is
 * sent, under UIDs of its own (IHE IOCM, RAD-66 and RAD-74); `note` the note alone; `task` a person at the archive
 * corrects by hand; `none` the archive hears of it itself (merges only).
 */
export const archiveRecipes = ['follow', 'note', 'task', 'none'] as const;
/** One way of an archive. */
export type ArchiveRecipe = (typeof archiveRecipes)[number];

/** The recipe of a destination for one kind of correction: merged patients have a rule of their own. */
export const recipeFor = (
  kind: CorrectionKind,
  destination: { correction: Exclude<ArchiveRecipe, 'none'>; merge: ArchiveRecipe },
): ArchiveRecipe => (kind === 'merge' ? destination.merge : destination.correction);

/**
 * The title of the note that hides what was wrong (PS3.16 CID 7010). Images under a wrong patient or order are an
 * incorrect worklist entry (113038). A wrong side label is a danger to the patient and the order was right (113037).
 */
export const noteTitleFor = (kind: CorrectionKind): 'worklist' | 'safety' => (kind === 'side' ? 'safety' : 'worklist');
