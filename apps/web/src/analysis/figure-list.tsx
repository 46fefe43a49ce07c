import type { AnalysisMeasurement, FilmAnalysis } from '@jiapian/contract';
import { useTranslation } from 'react-i18next';
import { metricWords, reasonWords, shortFigure, unitWords } from './figure-words.ts';

/** Every figure with unit, method and what is usual here; what could not be measured with its reason. */
export function FigureList({ analysis }: { analysis: FilmAnalysis }) {
  const { t } = useTranslation('analysis');
  const count = analysis.subjects.reduce((sum, { measurements }) => sum + measurements.length, 0);
  if (analysis.subjects.length === 0) return null;
  return (
    <details className="figures">
      <summary>{t('figures.title', { count })}</summary>
      {analysis.subjects.map((subject) => (
        <div key={`${subject.subjectUid} ${subject.analyserName ?? ''}`}>
          {subject.analyserName === null ? null : (
            <h3 className="figures-analyser">
              {t('figures.analyser', { name: subject.analyserName, program: subject.softwareVersion })}
            </h3>
          )}
          {subject.failureReason === null ? null : (
            <p className="figures-failed">{t('figures.failed', { reason: reasonWords(t, subject.failureReason) })}</p>
          )}
          <dl>
            {subject.measurements.map((figure) => (
              <Figure key={`${figure.metric} ${figure.where ?? ''}`} figure={figure} />
            ))}
            {subject.notMeasured.map(({ metric, where, reason }) => (
              <div key={`${metric} ${where ?? ''}`} className="figure-missing">
                <dt>{metricWords(t, metric, where)}</dt>
                <dd>{reasonWords(t, reason)}</dd>
              </div>
            ))}
          </dl>
        </div>
      ))}
    </details>
  );
}

function Figure({ figure }: { figure: AnalysisMeasurement }) {
  const { t } = useTranslation('analysis');
  const { metric, where, value, unit, method, version, usual } = figure;
  return (
    <div title={t('figures.method', { method, version })}>
      <dt>{metricWords(t, metric, where)}</dt>
      <dd>
        <strong>{shortFigure(value)}</strong> {unitWords(unit)}
        {usual === null ? null : (
          <small>
            {t('figures.usual', { value: shortFigure(usual.median), spread: shortFigure(usual.deviation) })}
          </small>
        )}
      </dd>
    </div>
  );
}
