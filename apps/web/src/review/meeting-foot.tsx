import { grades, type Grade } from '@jiapian/kernel';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { GradeShape } from '../ui/grade-shape.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import type { MeetingDecisionActs } from './use-meeting-decision.ts';

/** The four grades, the decision, and every key of the meeting as a button. */
export function MeetingFoot(props: {
  readonly acts: MeetingDecisionActs;
  readonly decidedGrade: Grade | null;
  readonly phase: 'look' | 'voting' | 'revealed';
  readonly isPointing: boolean;
  readonly isReferenceShown: boolean;
  readonly onTurn: () => void;
  readonly onPointing: () => void;
  readonly onReference: () => void;
  readonly onGo: (step: 1 | -1) => void;
}) {
  const { t } = useTranslation(['meeting', 'shell']);
  const { acts, phase } = props;
  return (
    <footer className="meeting-foot">
      {props.decidedGrade === null ? (
        <>
          <div className="meeting-grades" role="radiogroup" aria-label={t('decision')}>
            {grades.map((each, index) => (
              <button
                key={each}
                type="button"
                role="radio"
                aria-checked={each === acts.grade}
                disabled={phase === 'voting'}
                className={`ink-${each}`}
                onClick={() => acts.setChosen(each)}
              >
                <KeyCap>{String(index + 1)}</KeyCap> <GradeShape grade={each} size={12} /> {t(`shell:grade.${each}`)}
              </button>
            ))}
          </div>
          <Button
            type="primary"
            size="large"
            disabled={acts.grade === null || phase === 'voting'}
            loading={acts.isSaving}
            onClick={acts.submit}
          >
            <KeyCap>Enter</KeyCap> {t('decide')}
          </Button>
        </>
      ) : (
        <span className="meeting-done">
          {t('decidedAs')} <GradeBadge grade={props.decidedGrade} />
        </span>
      )}
      <span className="spacer" />
      <button type="button" disabled={props.decidedGrade !== null} onClick={props.onTurn}>
        <KeyCap>V</KeyCap> {t(phase === 'voting' ? 'reveal' : phase === 'revealed' ? 'voteAgain' : 'vote')}
      </button>
      <button type="button" aria-pressed={props.isPointing} onClick={props.onPointing}>
        <KeyCap>P</KeyCap> {t('point')}
      </button>
      <button type="button" aria-pressed={props.isReferenceShown} onClick={props.onReference}>
        <KeyCap>G</KeyCap> {t('reference')}
      </button>
      <button
        type="button"
        aria-pressed={acts.isKept}
        disabled={props.decidedGrade !== null}
        onClick={() => acts.setKept(!acts.isKept)}
      >
        <KeyCap>T</KeyCap> {t('keepShort')}
      </button>
      <button type="button" aria-label={t('previous')} onClick={() => props.onGo(-1)}>
        <KeyCap>←</KeyCap>
      </button>
      <button type="button" onClick={() => props.onGo(1)}>
        <KeyCap>→</KeyCap> {t('next')}
      </button>
    </footer>
  );
}
