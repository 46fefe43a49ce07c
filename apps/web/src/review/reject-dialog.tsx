import { CheckOutlined, FileTextOutlined, LockOutlined, RetweetOutlined } from '@ant-design/icons';
import type { FilmDetail, ReadingRequest } from '@jiapian/contract';
import type { GradeOutcome, ReviewStandard } from '@jiapian/rules';
import { isRejectConfirmed } from '@jiapian/rules';
import { Button, Modal } from 'antd';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ApiProblem } from '../api/api-problem.ts';
import { GradeShape } from '../ui/grade-shape.tsx';
import { KeyCap } from '../ui/key-cap.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { useFilmTitle } from './film-title.tsx';
import { inLanguage } from './film-words.ts';
import './reject-dialog.css';
import { RejectionPreviewList } from '../release/rejection-preview.tsx';
import { RejectReasons } from './reject-reasons.tsx';
import { RejectTitles } from './reject-titles.tsx';
import type { ScoreSheet } from './score-sheet.ts';
import { thumbnailAddress } from './thumbnail.ts';

type Reject = NonNullable<ReadingRequest['reject']>;
type Affects = Reject['affectsDiagnosis'];
type Title = NonNullable<Reject['title']>;
const CONFIRMATION_LENGTH = 4;

/** Reason, effect on the diagnosis, what will happen, and a second confirmation that Enter alone can't give. */
export function RejectDialog(props: {
  readonly detail: FilmDetail;
  readonly standard: ReviewStandard;
  readonly sheet: ScoreSheet;
  readonly outcome: GradeOutcome;
  readonly isSaving: boolean;
  readonly problem: ApiProblem | null;
  readonly onCancel: () => void;
  readonly onNotAffected: () => void;
  readonly onConfirm: (reject: Reject, overrideReason: string) => void;
}) {
  const { t, i18n } = useTranslation(['review', 'shell']);
  const { detail, standard, outcome } = props;
  const { film } = detail;
  const titleOf = useFilmTitle();
  const [reasonCode, setReasonCode] = useState<string | null>(null);
  const [affects, setAffects] = useState<Affects | null>(null);
  const [title, setTitle] = useState<Title>('quality');
  const [typed, setTyped] = useState('');
  const [override, setOverride] = useState('');

  const exam = {
    accessionNumber: film.accessionNumber,
    studyInstanceUid: detail.headerFacts.find((fact) => fact.keyword === 'studyInstanceUid')?.value ?? '',
  };
  const asksStudyUid = film.accessionNumber.trim().length < CONFIRMATION_LENGTH;
  const isConfirmed = isRejectConfirmed(exam, typed);
  const isWrong = typed.length >= CONFIRMATION_LENGTH && !isConfirmed;
  const needsOverride = outcome.grade !== 'reject';
  const hasDefect = Object.keys(props.sheet.steps).length > 0 || props.sheet.conditionsNotMet.length > 0;
  const isReady =
    hasDefect && reasonCode !== null && affects !== null && isConfirmed && (!needsOverride || override.trim() !== '');
  const effects = effectsOf(detail, affects);

  return (
    <Modal
      open
      onCancel={props.onCancel}
      footer={null}
      closable={false}
      width="min(1280px, 94vw)"
      className="reject"
      centered
    >
      <header className="reject-head">
        <span className="reject-cross">
          <GradeShape grade="reject" size={16} />
        </span>
        <div>
          <h2>{t('reject.title')}</h2>
          <p>{[titleOf(film), film.accessionNumber, film.deviceName].filter((part) => part).join(' · ')}</p>
        </div>
        <span className="spacer" />
        <span className="reject-score">
          {t('reject.score', { count: outcome.score })}
          {outcome.isVetoed ? ` · ${t('reject.vetoed')}` : ''}
        </span>
      </header>
      <div className="reject-body">
        <aside className="reject-film">
          {film.coverSopInstanceUid ? <img src={thumbnailAddress(film.coverSopInstanceUid)} alt="" /> : null}
          <ul>
            {Object.entries(props.sheet.steps).map(([code, step]) => {
              const item = standard.deductions.find((each) => each.code === code);
              return item ? (
                <li key={code}>
                  <KeyCap>{item.key}</KeyCap> {inLanguage(item.name, i18n.language)} −{item.steps[step - 1]}
                </li>
              ) : null;
            })}
          </ul>
          <p className="hint">{t('reject.kept')}</p>
        </aside>
        <div className="reject-form">
          {hasDefect ? null : <p className="reject-needs">{t('errors:REVIEW_DEFECT_REQUIRED')}</p>}
          <Step isDone={reasonCode !== null} title={t('reject.reason')} hint={t('reject.reasonHint')}>
            <RejectReasons reasons={standard.rejectReasons} chosen={reasonCode} onChoose={setReasonCode} />
          </Step>
          <Step isDone={affects !== null} title={t('reject.affects')}>
            <div className="reject-affects" role="radiogroup" aria-label={t('reject.affects')}>
              {(['repeat', 'no-repeat'] as const).map((each) => (
                <button
                  key={each}
                  type="button"
                  role="radio"
                  aria-checked={affects === each}
                  className="reject-choice"
                  onClick={() => setAffects(each)}
                >
                  {t(`reject.affectsChoice.${each}`)}
                </button>
              ))}
              <button
                type="button"
                className="reject-choice"
                disabled={outcome.isVetoed}
                title={outcome.isVetoed ? t('reject.vetoFinal') : undefined}
                onClick={props.onNotAffected}
              >
                {t('reject.affectsChoice.none')} <small>{t('reject.affectsChoice.noneHint')}</small>
              </button>
            </div>
          </Step>
          {needsOverride ? (
            <Step
              isDone={override.trim() !== ''}
              title={t('override.title')}
              hint={t('override.hint', { grade: t(`shell:grade.${outcome.grade}`) })}
            >
              <input
                className="reject-line"
                value={override}
                maxLength={500}
                aria-label={t('override.label')}
                onChange={(event) => setOverride(event.target.value)}
              />
            </Step>
          ) : null}
          <RejectTitles chosen={title} onChoose={setTitle} />
          <Step isDone={affects !== null} title={t('reject.will')}>
            <ul className="reject-effects">
              {effects.map((effect) => (
                <li key={effect.words}>
                  {effect.icon}
                  <div>
                    <strong>{t(`reject.effect.${effect.words}.title`)}</strong>
                    <p>{t(`reject.effect.${effect.words}.text`)}</p>
                  </div>
                </li>
              ))}
            </ul>
            <RejectionPreviewList filmId={film.filmId} />
          </Step>
          {props.problem ? <ProblemNotice problem={props.problem} /> : null}
        </div>
      </div>
      <footer className="reject-foot">
        <label htmlFor="reject-confirmation">{t(asksStudyUid ? 'reject.confirmUid' : 'reject.confirm')}</label>
        <input
          id="reject-confirmation"
          className="reject-confirmation"
          value={typed}
          maxLength={CONFIRMATION_LENGTH}
          autoComplete="off"
          aria-invalid={isWrong}
          aria-describedby="reject-confirmation-hint"
          onChange={(event) => setTyped(event.target.value)}
        />
        <span id="reject-confirmation-hint" className="hint" role={isWrong ? 'alert' : undefined}>
          {isWrong ? t('reject.confirmWrong') : t('reject.undoable')}
        </span>
        <span className="spacer" />
        <Button onClick={props.onCancel}>
          <KeyCap>Esc</KeyCap> {t('reject.back')}
        </Button>
        <Button
          danger
          type="primary"
          disabled={!isReady}
          loading={props.isSaving}
          onClick={() => {
            if (reasonCode === null || affects === null) return;
            props.onConfirm({ reasonCode, title, affectsDiagnosis: affects, confirmation: typed }, override.trim());
          }}
        >
          {t('reject.submit', { count: effects.length })}
        </Button>
      </footer>
    </Modal>
  );
}

function Step({
  isDone,
  title,
  hint,
  children,
}: {
  isDone: boolean;
  title: string;
  hint?: string;
  children: ReactNode;
}) {
  return (
    <section className="reject-step">
      <h3>
        <span className={isDone ? 'reject-tick reject-tick-done' : 'reject-tick'}>
          {isDone ? <CheckOutlined /> : null}
        </span>
        {title}
        {hint ? <small>{hint}</small> : null}
      </h3>
      {children}
    </section>
  );
}

/** Only what the system will really do for this film in its present state. */
const effectsOf = (detail: FilmDetail, affects: Affects | null) => {
  const isGone = detail.film.gateState === 'released';
  return [
    { words: isGone ? 'released' : 'held', icon: <LockOutlined /> },
    ...(affects === 'repeat' ? [{ words: 'repeat', icon: <RetweetOutlined /> }] : []),
    { words: 'recorded', icon: <FileTextOutlined /> },
  ];
};
