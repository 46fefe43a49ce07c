import type { CheckAgreement } from '@jiapian/contract';
import { checkVerdicts } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { checkAgreementQuery } from './self-check-queries.ts';

type Figure = CheckAgreement['own'][number];
const DIGITS = 2;

/** How far checks agree with the grades: the own figure for everybody, all of them for whoever plans the training. */
export function CheckAgreementCard() {
  const { t } = useTranslation('self-checks');
  const agreement = useQuery(checkAgreementQuery);
  const words = useCoefficientWords();
  const held = agreement.data;
  const people: readonly Column<CheckAgreement['people'][number]>[] = [
    { key: 'name', title: t('agreement.person'), render: (row) => <strong>{row.name}</strong> },
    { key: 'kind', title: t('column.kind'), render: (row) => t(`kind.${row.kind}`) },
    { key: 'pairs', title: t('agreement.pairs'), align: 'right', render: (row) => row.pairs },
    { key: 'agreed', title: t('agreement.agreed'), align: 'right', render: (row) => row.agreed },
    { key: 'kappa', title: t('agreement.kappa'), render: (row) => words(row.kappa) },
    { key: 'ac1', title: t('agreement.ac1'), render: (row) => words(row.ac1) },
  ];
  const isBlank = held !== undefined && held.own.length === 0 && held.all.length === 0;
  return (
    <Card title={t('agreement.title')} remark={held ? t('agreement.remark', { count: held.minimumCount }) : null}>
      {agreement.isError ? (
        <ProblemNotice problem={asProblem(agreement.error)} onRetry={() => void agreement.refetch()} />
      ) : null}
      {isBlank ? <p className="secondary">{t('agreement.empty')}</p> : null}
      <div className="check-figures">
        {held?.own.map((figure) => (
          <FigureTable key={`own ${figure.kind}`} title={t('agreement.mine')} figure={figure} />
        ))}
        {held?.all.map((figure) => (
          <FigureTable key={`all ${figure.kind}`} title={t('agreement.all')} figure={figure} />
        ))}
      </div>
      {held && held.people.length > 0 ? (
        <DataTable
          file="self-check-agreement"
          label={t('agreement.people')}
          rows={held.people}
          columns={people}
          rowKey={(row) => `${row.name} ${row.kind}`}
          isKeyed={false}
        />
      ) : null}
    </Card>
  );
}

/** Counts of the three words against the grades, with the two coefficients. */
function FigureTable({ title, figure }: { title: string; figure: Figure }) {
  const { t } = useTranslation('self-checks');
  const words = useCoefficientWords();
  return (
    <figure className="check-figure">
      <figcaption>
        <strong>
          {title} · {t(`kind.${figure.kind}`)}
        </strong>{' '}
        {t('agreement.agreed')} {figure.agreed} / {figure.pairs}
      </figcaption>
      <table>
        <thead>
          <tr>
            <td />
            {checkVerdicts.map((word) => (
              <th key={word} scope="col">
                {t(`verdict.${word}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {checkVerdicts.map((word, row) => (
            <tr key={word}>
              <th scope="row">{t(`verdict.${word}`)}</th>
              {checkVerdicts.map((other, column) => (
                <td key={other} className={row === column ? 'check-same' : undefined}>
                  {figure.table[row]?.[column] ?? 0}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="hint">{t('agreement.table')}</p>
      <p>
        {t('agreement.kappa')} {words(figure.kappa)} · {t('agreement.ac1')} {words(figure.ac1)}
      </p>
    </figure>
  );
}

const useCoefficientWords = (): ((coefficient: Figure['kappa']) => string) => {
  const { t } = useTranslation('self-checks');
  const digits = (value: number): string => value.toFixed(DIGITS).replace('-', '−');
  return (of) =>
    of === null ? t('agreement.tooFew') : `${digits(of.coefficient)} (${digits(of.lower)} – ${digits(of.upper)})`;
};
