import type { ReviewStandard } from '@jiapian/rules';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import { Card } from '../ui/card.tsx';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { SourceMark } from './source-mark.tsx';

/** How points and conditions become a grade; of score, cap and conditions the lowest counts. */
export function ScaleCard({ standard, actions }: { standard: ReviewStandard; actions?: ReactNode }) {
  const { t, i18n } = useTranslation('standards');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const lowest = standard.scale.at(-1);
  return (
    <Card title={t('scale.title')} remark={t('scale.remark')} actions={actions}>
      <table className="scale-table">
        <thead>
          <tr>
            <th>{t('scale.grade')}</th>
            <th>{t('scale.score')}</th>
            <th>{t('scale.notMet')}</th>
          </tr>
        </thead>
        <tbody>
          {standard.scale.map((bound) => (
            <tr key={bound.grade}>
              <td>
                <GradeBadge grade={bound.grade} /> {standard.gradeNames?.[bound.grade]?.[language]}
              </td>
              <td>≥ {bound.atLeast}</td>
              <td>
                {t('scale.atMost', {
                  count: standard.conditionScale.find((each) => each.grade === bound.grade)?.atMostNotMet ?? 0,
                })}
              </td>
            </tr>
          ))}
          <tr>
            <td>
              <GradeBadge grade="reject" /> {standard.gradeNames?.reject?.[language]}
            </td>
            <td>&lt; {lowest?.atLeast}</td>
            <td>{t('scale.more')}</td>
          </tr>
        </tbody>
      </table>
      <dl className="facts" style={{ marginTop: 12 }}>
        <dt>{t('scale.scoreSource')}</dt>
        <dd>
          <SourceMark sourced={standard.scaleSource} />
        </dd>
        <dt>{t('scale.conditionSource')}</dt>
        <dd>
          <SourceMark sourced={standard.conditionScaleSource} />
        </dd>
        <dt>{t('scale.failPoints', { count: standard.conditionFailPoints })}</dt>
        <dd>
          <SourceMark sourced={standard.conditionFailPointsSource} />
        </dd>
      </dl>
    </Card>
  );
}
