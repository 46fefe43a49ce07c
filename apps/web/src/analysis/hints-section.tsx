import { CheckOutlined, CloseOutlined } from '@ant-design/icons';
import type { AnalysisFinding, FilmAnalysis } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { answerFinding, filmAnalysisQuery } from './analysis-queries.ts';
import { DoseScreens } from './dose-screens.tsx';
import { FigureList } from './figure-list.tsx';
import './hints.css';
import { PatientDoseDetails } from './patient-dose.tsx';

/** Where on the picture a hint points, in pixels of the stored frame. */
export interface HintPlace {
  readonly findingId: string;
  readonly sopInstanceUid: string;
  readonly frame: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the machine noticed, each with a question mark: a hint for the eye and never a verdict. Numbers below. */
export function HintsSection(props: {
  readonly filmId: string;
  readonly examId: string;
  readonly shownHintId: string | null;
  readonly onPlace: (place: HintPlace | null) => void;
}) {
  const { t } = useTranslation('analysis');
  const may = useMay();
  const found = useQuery(filmAnalysisQuery(props.filmId));
  const analysis = found.data;
  const hints =
    analysis?.subjects.flatMap((subject) => subject.findings.map((finding) => ({ subject, finding }))) ?? [];
  const loud = hints.filter(({ finding }) => finding.severity !== 'info');
  const quiet = hints.filter(({ finding }) => finding.severity === 'info');
  return (
    <section className="hints" aria-label={t('hints.label')}>
      <h2>
        <span>{t('hints.title')}</span>
        {loud.length > 0 ? <span className="hints-count">{loud.length}</span> : null}
      </h2>
      {found.isError ? <ProblemNotice problem={asProblem(found.error)} onRetry={() => void found.refetch()} /> : null}
      {analysis ? <Standing analysis={analysis} isEmpty={hints.length === 0} /> : null}
      <ul>
        {loud.map(({ subject, finding }) => (
          <Hint key={finding.findingId} {...props} finding={finding} subjectUid={subject.subjectUid} />
        ))}
      </ul>
      {quiet.length > 0 ? (
        <details>
          <summary>{t('hints.quiet', { count: quiet.length })}</summary>
          <ul>
            {quiet.map(({ subject, finding }) => (
              <Hint key={finding.findingId} {...props} finding={finding} subjectUid={subject.subjectUid} />
            ))}
          </ul>
        </details>
      ) : null}
      {analysis ? <FigureList analysis={analysis} /> : null}
      {analysis ? <DoseScreens examId={props.examId} screens={analysis.doseScreens} /> : null}
      {may('exams.read') ? <PatientDoseDetails examId={props.examId} /> : null}
    </section>
  );
}

function Standing({ analysis, isEmpty }: { analysis: FilmAnalysis; isEmpty: boolean }) {
  const { t } = useTranslation('analysis');
  if (analysis.state === 'waiting') return <p className="hint">{t('hints.waiting')}</p>;
  if (analysis.subjects.length === 0) return <p className="hint">{t('hints.notMeasured')}</p>;
  return isEmpty ? <p className="hint">{t('hints.none')}</p> : null;
}

function Hint(props: {
  readonly filmId: string;
  readonly finding: AnalysisFinding;
  readonly subjectUid: string;
  readonly shownHintId: string | null;
  readonly onPlace: (place: HintPlace | null) => void;
}) {
  const { t, i18n } = useTranslation('analysis');
  const may = useMay();
  const client = useQueryClient();
  const { finding } = props;
  const { evidence, findingId } = finding;
  const answer = useMutation({
    mutationFn: (said: 'agree' | 'disagree') => answerFinding(findingId, said),
    onSuccess: () => client.invalidateQueries({ queryKey: filmAnalysisQuery(props.filmId).queryKey }),
  });
  const isShown = props.shownHintId === findingId;
  const place = evidence.place;
  const show = (): void => {
    if (place === undefined || isShown) return props.onPlace(null);
    const { column: x, row: y, width, height } = place;
    props.onPlace({ findingId, sopInstanceUid: props.subjectUid, frame: 0, x, y, width, height });
  };
  const words = i18n.language === 'en' ? finding.message.en : finding.message.zh;
  return (
    <li className={`hint-row hint-${finding.severity}`} data-rule={finding.rule}>
      <span className="hint-mark" aria-hidden="true">
        ?
      </span>
      <div>
        {place === undefined ? (
          <span>{words}</span>
        ) : (
          <button type="button" className="hint-place" aria-pressed={isShown} onClick={show}>
            {words}
          </button>
        )}
        <p className="hint-source">
          {finding.deduction === null ? null : <span>{finding.deduction}</span>}
          {evidence.limitFrom === undefined ? null : <span>{t(`limitFrom.${evidence.limitFrom}`)}</span>}
        </p>
      </div>
      {may('review.grade') ? (
        <span className="hint-answers">
          <button
            type="button"
            aria-label={t('hints.agree')}
            title={t('hints.agree')}
            aria-pressed={finding.answer === 'agree'}
            disabled={answer.isPending}
            onClick={() => answer.mutate('agree')}
          >
            <CheckOutlined />
          </button>
          <button
            type="button"
            aria-label={t('hints.disagree')}
            title={t('hints.disagree')}
            aria-pressed={finding.answer === 'disagree'}
            disabled={answer.isPending}
            onClick={() => answer.mutate('disagree')}
          >
            <CloseOutlined />
          </button>
        </span>
      ) : null}
    </li>
  );
}
