import type { DoseGroup, DosePage as DosePageData } from '@jiapian/contract';
import { positionOf } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { dosePageQuery } from './analysis-queries.ts';
import './analysis-pages.css';
import { useDayRange } from './day-range.tsx';
import { shortFigure } from './figure-words.ts';

/** Dose of the days by device and region, beside the reference levels and what was exposed for nothing. */
export function DosePage() {
  const { t } = useTranslation('analysis');
  const [days, dayControl] = useDayRange();
  const found = useQuery(dosePageQuery(days));
  const dose = found.data;
  return (
    <>
      <PageHead title={t('dose.title')} actions={dayControl}>
        <span className="secondary">{t('dose.remark')}</span>
      </PageHead>
      {found.isError ? <ProblemNotice problem={asProblem(found.error)} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Skeleton active /> : null}
      {dose?.reports === 0 ? (
        <div className="card">
          <EmptyState title={t('dose.empty.title')} text={t('dose.empty.text')} />
        </div>
      ) : null}
      {dose && dose.reports > 0 ? (
        <>
          <Card
            title={t('dose.byRegion')}
            remark={t('dose.reports', { count: dose.reports, screens: dose.fromScreen, typed: dose.typed })}
          >
            <Groups groups={dose.groups} />
            <p className="hint">{t('dose.explain')}</p>
          </Card>
          <Discarded dose={dose} />
        </>
      ) : null}
    </>
  );
}

const units: Readonly<Record<DoseGroup['quantity'], string>> = {
  ctdiVolMgy: 'mGy',
  dlpMgyCm: 'mGy·cm',
  averageGlandularDoseMgy: 'mGy',
  doseAreaProductDgyCm2: 'dGy·cm²',
};

function Groups({ groups }: { groups: readonly DoseGroup[] }) {
  const { t, i18n } = useTranslation('analysis');
  const regionWords = ({ levelName, positionCode }: DoseGroup): string => {
    const name = levelName ?? (positionCode === null ? null : positionOf(positionCode)?.name);
    if (name) return i18n.language === 'en' ? name.en : name.zh;
    return positionCode ?? t('dose.otherRegion');
  };
  return (
    <table className="analysis-table">
      <thead>
        <tr>
          <th>{t('dose.device')}</th>
          <th>{t('dose.region')}</th>
          <th>{t('dose.quantity')}</th>
          <th className="number">{t('dose.exams')}</th>
          <th className="number">P25</th>
          <th className="number">P50</th>
          <th className="number">P75</th>
          <th className="number">{t('dose.reference')}</th>
          <th className="number">{t('dose.above')}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => {
          const { reference } = group;
          return (
            <tr key={`${group.deviceId ?? ''} ${group.levelCode ?? group.positionCode ?? ''} ${group.quantity}`}>
              <th scope="row">{group.deviceName || t('exposure.unnamed')}</th>
              <td>{regionWords(group)}</td>
              <td>
                {t(`dose.quantities.${group.quantity}`)} <small>{units[group.quantity]}</small>
              </td>
              <td className="number">{group.exams}</td>
              <td className="number">{shortFigure(group.p25)}</td>
              <td className="number">{shortFigure(group.p50)}</td>
              <td className={reference !== null && group.p75 > reference.p75 ? 'number above' : 'number'}>
                {shortFigure(group.p75)}
              </td>
              <td className="number">
                {reference === null ? (
                  <small>{t('dose.noReference')}</small>
                ) : (
                  <>
                    {shortFigure(reference.p75)}{' '}
                    <small>{t(reference.verified ? 'dose.verified' : 'dose.unverified')}</small>
                  </>
                )}
              </td>
              <td className="number">{reference === null ? '' : group.above}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

function Discarded({ dose }: { dose: DosePageData }) {
  const { t } = useTranslation('analysis');
  return (
    <Card title={t('dose.discarded')} remark={t('dose.discardedRemark')} className="analysis-second">
      <dl className="analysis-figures">
        <div>
          <dt>{t('dose.rejected')}</dt>
          <dd>{dose.rejectedExposures}</dd>
        </div>
        <div>
          <dt>{t('dose.repeated')}</dt>
          <dd>{dose.repeatedExposures}</dd>
        </div>
        {dose.rejectionReasons.map(({ reason, count }) => (
          <div key={reason}>
            <dt>{reason || t('dose.noReason')}</dt>
            <dd>{count}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}
