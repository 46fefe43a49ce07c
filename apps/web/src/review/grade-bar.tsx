import { grades, type Grade } from '@jiapian/kernel';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { GradeShape } from '../ui/grade-shape.tsx';
import { ActCap } from './act-cap.tsx';

/** The four grades with their keys and the one way on. */
export function GradeBar(props: {
  readonly byRule: Grade;
  readonly chosen: Grade | null;
  readonly isReadOnly: boolean;
  readonly isSaving: boolean;
  readonly onChoose: (grade: Grade) => void;
  readonly onSave: () => void;
  readonly onSkip: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useTranslation(['review', 'shell']);
  const marked = props.chosen ?? (props.isReadOnly ? null : props.byRule);
  return (
    <footer className="grade-bar">
      <div role="radiogroup" aria-label={t('gradeBar.label')} className="grade-keys">
        {grades.map((grade) => (
          <button
            key={grade}
            type="button"
            role="radio"
            aria-checked={grade === marked}
            disabled={props.isReadOnly}
            className={`grade-key ink-${grade}`}
            onClick={() => props.onChoose(grade)}
          >
            <ActCap act={`grade-${grade}`} />
            <GradeShape grade={grade} size={14} />
            <strong>{t(`shell:grade.${grade}`)}</strong>
            {grade === props.byRule && !props.isReadOnly ? <small>{t('gradeBar.byRule')}</small> : null}
            {grade === 'reject' && grade !== props.byRule ? <small>{t('gradeBar.rejectNeeds')}</small> : null}
          </button>
        ))}
      </div>
      {props.isReadOnly ? (
        <button type="button" className="save-button" onClick={props.onSkip}>
          {t('gradeBar.next')}
        </button>
      ) : (
        <button type="button" className="save-button" disabled={props.isSaving} onClick={props.onSave}>
          <ActCap act="save" />
          {props.isSaving ? t('gradeBar.saving') : t('gradeBar.save')}
        </button>
      )}
      <span className="spacer" />
      {props.children}
    </footer>
  );
}
