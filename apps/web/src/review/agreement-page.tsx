import type { AgreementPage as Agreement } from '@jiapian/contract';
import { grades } from '@jiapian/kernel';
import type { ReviewStandard } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Segmented, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { currentStandardQuery } from '../standards/standards-queries.ts';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { GradeBadge } from '../ui/grade-badge.tsx';
import { PageHead } from '../ui/page-head.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import './agreement-page.css';
import { inLanguage } from './film-words.ts';
import { agreementQuery, type AgreementKind } from './task-queries.ts';

const dayChoices = [30, 90, 365];

/** How far readers agree, with its interval, and the films behind each cell. */
export function AgreementPage() {
  const { t, i18n } = useTranslation('tasks');
  const [kind, setKind] = useState<AgreementKind>('second');
  const [days, setDays] = useState(90);
  const found = useQuery(agreementQuery(kind, days));
  const standard = useQuery(currentStandardQuery).data as ReviewStandard | undefined;
  const nameOf = (code: string): string => {
    const item = standard?.deductions.find((each) => each.code === code);
    return item ? inLanguage(item.name, i18n.language) : code;
  };
  const agreement = found.data;
  return (
    <>
      <PageHead
        title={t('agreementPage.title')}
        actions={
          <>
            <Segmented
              value={kind}
              onChange={setKind}
              options={(['second', 'repeat'] as const).map((value) => ({ value, label: t(`agreementPage.${value}`) }))}
            />
            <Select
              aria-label={t('agreementPage.days')}
              value={days}
              onChange={setDays}
              options={dayChoices.map((value) => ({ value, label: t('agreementPage.lastDays', { count: value }) }))}
            />
          </>
        }
      >
        <span className="secondary">{t('agreementPage.remark')}</span>
      </PageHead>
      {found.isError ? <ProblemNotice problem={asProblem(found.error)} onRetry={() => void found.refetch()} /> : null}
      {found.isPending ? <Skeleton active /> : null}
      {agreement?.overall.pairs === 0 ? (
        <div className="card">
          <EmptyState title={t('agreementPage.empty.title')} text={t('agreementPage.empty.text')} />
        </div>
      ) : null}
      {agreement && agreement.overall.pairs > 0 ? (
        <>
          <div className="agreement-columns">
            <Card title={t('agreementPage.overall')}>
              <Coefficients of={agreement.overall} />
              <p className="hint">{t('agreementPage.why')}</p>
            </Card>
            <Card title={t('agreementPage.table')} remark={t('agreementPage.tableRemark')}>
              <CellTable cells={agreement.cells} />
            </Card>
          </div>
          <CoefficientTable
            title={t('agreementPage.byPair')}
            rows={agreement.byPair.map((row) => ({ ...row, name: `${row.first} · ${row.second}` }))}
          />
          <CoefficientTable
            title={t('agreementPage.byCriterion')}
            rows={agreement.byCriterion.map((row) => ({ ...row, name: nameOf(row.code) }))}
          />
        </>
      ) : null}
    </>
  );
}

type Coefficient = Agreement['overall']['kappa'];
const useCoefficient = (): ((value: Coefficient) => string) => {
  const { t } = useTranslation('tasks');
  const digits = (value: number): string => value.toFixed(2).replace('-', '−');
  return (value) =>
    value === null
      ? t('agreementPage.notMeasurable')
      : `${digits(value.coefficient)} (${digits(value.lower)} – ${digits(value.upper)})`;
};

function Coefficients({ of }: { of: Agreement['overall'] }) {
  const { t } = useTranslation('tasks');
  const words = useCoefficient();
  return (
    <dl className="agreement-figures">
      <div>
        <dt>{t('agreementPage.kappa')}</dt>
        <dd>{words(of.kappa)}</dd>
      </div>
      <div>
        <dt>AC1</dt>
        <dd>{words(of.ac1)}</dd>
      </div>
      <div>
        <dt>{t('agreementPage.agreed')}</dt>
        <dd>
          {of.agreed} / {of.pairs}
        </dd>
      </div>
    </dl>
  );
}

/** Rows the first reading, columns the second; a cell with films opens them. */
function CellTable({ cells }: { cells: Agreement['cells'] }) {
  const { t } = useTranslation('tasks');
  const [open, setOpen] = useState<string | null>(null);
  const keyOf = (first: string, second: string): string => `${first} ${second}`;
  const shown = cells.find(({ first, second }) => keyOf(first, second) === open);
  return (
    <>
      <table className="agreement-table">
        <thead>
          <tr>
            <th>{t('agreementPage.firstBySecond')}</th>
            {grades.map((grade) => (
              <th key={grade}>
                <GradeBadge grade={grade} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {grades.map((first) => (
            <tr key={first}>
              <th>
                <GradeBadge grade={first} />
              </th>
              {grades.map((second) => {
                const count = cells.find((cell) => cell.first === first && cell.second === second)?.count ?? 0;
                const key = keyOf(first, second);
                return (
                  <td key={second} className={first === second ? 'agreement-same' : undefined}>
                    {count === 0 ? (
                      '0'
                    ) : (
                      <button
                        type="button"
                        aria-expanded={key === open}
                        onClick={() => setOpen(key === open ? null : key)}
                      >
                        {count}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {shown ? (
        <ul className="agreement-films">
          {shown.filmIds.map((filmId, index) => (
            <li key={filmId}>
              <Link to="/review/$filmId" params={{ filmId }} search={{}}>
                {t('agreementPage.film', { number: index + 1 })}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
    </>
  );
}

function CoefficientTable(props: {
  title: string;
  rows: readonly (Agreement['overall'] & { readonly name: string })[];
}) {
  const { t } = useTranslation('tasks');
  const words = useCoefficient();
  return (
    <Card title={props.title} className="agreement-card">
      <table className="agreement-list">
        <thead>
          <tr>
            <th>{props.title}</th>
            <th>{t('agreementPage.agreed')}</th>
            <th>{t('agreementPage.kappaOf')}</th>
            <th>AC1</th>
          </tr>
        </thead>
        <tbody>
          {props.rows.map((row) => (
            <tr key={row.name}>
              <td>{row.name}</td>
              <td>
                {row.agreed} / {row.pairs}
              </td>
              <td>{words(row.kappa)}</td>
              <td>{words(row.ac1)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Card>
  );
}
