import { LeftOutlined, PrinterOutlined, RightOutlined } from '@ant-design/icons';
import type { RuleWeek } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import dayjs from 'dayjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addressOf } from '../api/address.ts';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { PermissionGate } from '../app/permission-gate.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ExportButton } from '../ui/export-button.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { StateTag } from '../ui/state-tag.tsx';
import { ruleWeekQueryOf } from './analysis-queries.ts';
import './analysis-pages.css';
import { shareWords } from './share-words.ts';

export function RuleWeekPage() {
  return (
    <PermissionGate permission="analysis.read">
      <Week />
    </PermissionGate>
  );
}

/** One week of machine and readers: each rule's hints and what became of them, and what no rule saw. */
function Week() {
  const { t, i18n } = useTranslation('analysis');
  const may = useMay();
  const time = useHospitalTime();
  const [day, setDay] = useState(() => time.dayBefore(0));
  const found = useQuery(ruleWeekQueryOf(day));
  const week = found.data;
  const move = (weeks: number): void => setDay(dayjs(day).add(weeks, 'week').format('YYYY-MM-DD'));
  const isThisWeek = week !== undefined && week.toDay >= time.dayBefore(0);
  return (
    <>
      <PageHead
        title={t('week.title')}
        actions={
          <>
            <Button icon={<LeftOutlined />} aria-label={t('week.before')} onClick={() => move(-1)} />
            <Button
              icon={<RightOutlined />}
              aria-label={t('week.after')}
              disabled={isThisWeek}
              onClick={() => move(1)}
            />
            <Button
              icon={<PrinterOutlined />}
              href={addressOf('/analysis/rules/week/print', { day, locale: i18n.language })}
              target="_blank"
            >
              {t('week.print')}
            </Button>
            {may('exams.export') ? <ExportButton path="/analysis/rules/week/export" query={{ day }} /> : null}
          </>
        }
      >
        {week ? (
          <span className="secondary">
            {week.fromDay} – {week.toDay} · {t('week.films', { count: week.films })}
          </span>
        ) : null}
      </PageHead>
      {found.isError ? <ProblemNotice problem={asProblem(found.error)} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Skeleton active /> : null}
      {week && week.rules.length === 0 && week.items.length === 0 ? (
        <div className="card">
          <EmptyState title={t('week.empty.title')} text={t('week.empty.text')} />
        </div>
      ) : null}
      {week && week.rules.length > 0 ? <Rules rules={week.rules} /> : null}
      {week && week.items.length > 0 ? <Items items={week.items} /> : null}
    </>
  );
}

function Rules({ rules }: { rules: RuleWeek['rules'] }) {
  const { t, i18n } = useTranslation('analysis');
  return (
    <Card title={t('week.rules')} remark={t('week.rulesRemark')}>
      <table className="analysis-table">
        <thead>
          <tr>
            <th>{t('rules.rule')}</th>
            <th>{t('rules.item')}</th>
            <th className="number">{t('rules.spoken')}</th>
            <th className="number">{t('rules.agreed')}</th>
            <th className="number">{t('week.false')}</th>
            <th className="number">{t('week.unanswered')}</th>
            <th className="number">{t('rules.precision')}</th>
            <th>{t('rules.state')}</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((row) => (
            <tr key={`${row.rule} ${row.ruleVersion}`} data-rule={row.rule}>
              <th scope="row">{i18n.language === 'en' ? row.message.en : row.message.zh}</th>
              <td>{row.deduction ?? ''}</td>
              <td className="number">{row.spoken}</td>
              <td className="number">{row.agreed}</td>
              <td className={row.rejected > row.agreed ? 'number above' : 'number'}>{row.rejected}</td>
              <td className="number">{row.unanswered}</td>
              <td className="number">{shareWords(row.precision) ?? t('week.noAnswer')}</td>
              <td>
                <State row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function State({ row }: { row: RuleWeek['rules'][number] }) {
  const { t } = useTranslation('analysis');
  if (row.wasSilenced) return <StateTag tone="attention">{t('week.silencedNow')}</StateTag>;
  return <>{t(row.isSilenced ? 'rules.silenced' : 'rules.speaking')}</>;
}

function Items({ items }: { items: RuleWeek['items'] }) {
  const { t } = useTranslation('analysis');
  return (
    <Card title={t('week.items')} remark={t('week.itemsRemark')} className="analysis-second">
      <table className="analysis-table">
        <thead>
          <tr>
            <th>{t('rules.item')}</th>
            <th className="number">{t('week.marked')}</th>
            <th className="number">{t('week.hinted')}</th>
            <th className="number">{t('rules.missed')}</th>
            <th className="number">{t('week.recall')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map((row) => (
            <tr key={row.deduction}>
              <th scope="row">{row.deduction}</th>
              <td className="number">{row.marked}</td>
              <td className="number">{row.hinted}</td>
              <td className="number">{row.missed}</td>
              <td className="number">{shareWords(row.recall)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
