import type { RuleRow } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { liftSilence, rulesQuery } from './analysis-queries.ts';
import { shareWords } from './share-words.ts';

/** How machine and readers agreed on each rule; one that kept being wrong is silent until a person lifts it. */
export function RulesCard() {
  const { t } = useTranslation('analysis');
  const may = useMay();
  const client = useQueryClient();
  const found = useQuery(rulesQuery);
  const lift = useMutation({
    mutationFn: liftSilence,
    onSuccess: () => client.invalidateQueries({ queryKey: rulesQuery.queryKey }),
  });
  const rows = (found.data?.items ?? []).filter(({ spoken, isSilenced }) => spoken > 0 || isSilenced);
  return (
    <Card
      title={t('rules.title')}
      remark={t('rules.remark')}
      className="analysis-second"
      actions={<Link to="/hint-week">{t('week.link')}</Link>}
    >
      {found.isError ? <ProblemNotice problem={asProblem(found.error)} onRetry={() => void found.refetch()} /> : null}
      {found.data && rows.length === 0 ? <p className="hint">{t('rules.none')}</p> : null}
      {rows.length > 0 ? (
        <table className="analysis-table">
          <thead>
            <tr>
              <th>{t('rules.rule')}</th>
              <th>{t('rules.item')}</th>
              <th className="number">{t('rules.spoken')}</th>
              <th className="number">{t('rules.agreed')}</th>
              <th className="number">{t('rules.rejected')}</th>
              <th className="number">{t('rules.missed')}</th>
              <th className="number">{t('rules.precision')}</th>
              <th>{t('rules.state')}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.rule}>
                <Name row={row} />
                <td>{row.deduction ?? ''}</td>
                <td className="number">{row.spoken}</td>
                <td className="number">{row.agreed}</td>
                <td className="number">{row.rejected}</td>
                <td className="number">{row.missed}</td>
                <td className="number">{shareWords(row.precision) ?? t('notMeasured')}</td>
                <td>
                  {row.isSilenced ? t('rules.silenced') : t('rules.speaking')}
                  {row.isSilenced && may('analysis.manage') ? (
                    <Button size="small" loading={lift.isPending} onClick={() => lift.mutate(row.rule)}>
                      {t('rules.lift')}
                    </Button>
                  ) : null}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      ) : null}
      <p className="hint">{t('rules.explain', { count: found.data?.answersBeforeSilence ?? 0 })}</p>
    </Card>
  );
}

function Name({ row }: { row: RuleRow }) {
  const { i18n } = useTranslation('analysis');
  const words = i18n.language === 'en' ? row.message.en : row.message.zh;
  // The figure is another one on each film.
  return <th scope="row">{words.replaceAll(/\{\w+\}/g, '…')}</th>;
}
