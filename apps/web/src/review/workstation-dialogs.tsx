import type { FilmDetail } from '@jiapian/contract';
import type { GradeOutcome, ReviewStandard } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { asProblem } from '../api/api-problem.ts';
import { StaleNotice } from './film-notices.tsx';
import { KeyMap } from './key-map.tsx';
import { OverrideDialog } from './override-dialog.tsx';
import { RejectDialog } from './reject-dialog.tsx';
import { filmQueryOf } from './review-queries.ts';
import type { ScoreSheet, SheetAct } from './score-sheet.ts';
import { forgetDraft } from './use-draft.ts';
import type { Dialog, ReadingActs } from './use-reading.ts';

/** Whatever lies over the workstation; one at a time. */
export function WorkstationDialogs(props: {
  readonly dialog: Dialog | null;
  readonly detail: FilmDetail;
  readonly standard: ReviewStandard;
  readonly sheet: ScoreSheet;
  readonly outcome: GradeOutcome;
  readonly reading: ReadingActs;
  readonly nextFilmId: string | undefined;
  readonly act: (act: SheetAct) => void;
  readonly onClose: () => void;
}) {
  const { dialog, detail, standard, sheet, outcome, reading, act, onClose } = props;
  const { save } = reading;
  const { filmId } = detail.film;
  const latest = useQuery({ ...filmQueryOf(filmId), enabled: dialog === 'stale' });
  const marked = sheet.chosen ?? outcome.grade;
  switch (dialog) {
    case null:
      return null;
    case 'keys':
      return <KeyMap isOpen onClose={onClose} />;
    case 'reject':
      return (
        <RejectDialog
          detail={detail}
          standard={standard}
          sheet={sheet}
          outcome={outcome}
          isSaving={save.isPending}
          problem={save.isError ? asProblem(save.error) : null}
          onCancel={() => {
            act({ kind: 'choose', grade: null });
            save.reset();
            onClose();
          }}
          onNotAffected={() => {
            act({ kind: 'choose', grade: outcome.grade === 'C' ? null : 'C' });
            onClose();
          }}
          onConfirm={(reject, overrideReason) => save.mutate({ grade: 'reject', overrideReason, reject })}
        />
      );
    case 'override':
      return (
        <OverrideDialog
          chosen={marked}
          byRule={outcome.grade}
          isSaving={save.isPending}
          onCancel={onClose}
          onConfirm={(overrideReason) => save.mutate({ grade: marked, overrideReason, reject: null })}
        />
      );
    case 'stale':
      return (
        <StaleNotice
          latest={latest.data}
          sheet={sheet}
          standard={standard}
          onKeepMine={onClose}
          onTakeTheirs={() => {
            forgetDraft(filmId);
            onClose();
            reading.goTo(props.nextFilmId);
          }}
        />
      );
  }
}
