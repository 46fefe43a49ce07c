import { operatorNameSchema } from '@jiapian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { App, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { z } from 'zod';
import { asProblem } from '../api/api-problem.ts';
import { request } from '../api/client.ts';
import { useMay } from '../api/session.ts';
import { Card } from '../ui/card.tsx';
import { DataTable, type Column } from '../ui/data-table.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { operatorNamesQuery, staffQuery } from './organization-queries.ts';

type OperatorName = z.infer<typeof operatorNameSchema>;

/** The names that devices write for their operators, each to be mapped to a person once. */
export function OperatorsPage() {
  const { t } = useTranslation(['organization', 'errors']);
  const may = useMay();
  const client = useQueryClient();
  const { message } = App.useApp();
  const names = useQuery(operatorNamesQuery);
  const staff = useQuery(staffQuery);
  const rows = [...(names.data ?? [])].sort(needingFirst);
  const mapping = useMutation({
    mutationFn: (body: { operatorName: string; staffId: string }) =>
      request(z.object({ exams: z.number() }), 'PUT', '/operator-names', { body }),
    onSuccess: ({ exams }) => {
      void message.success(t('operator.mapped', { count: exams }));
      for (const key of ['organization', 'exams']) void client.invalidateQueries({ queryKey: [key] });
    },
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  const people = (staff.data ?? []).map((person) => ({
    value: person.staffId,
    label: `${person.name} · ${person.staffNumber}`,
    search: `${person.name} ${person.staffNumber} ${person.namePinyin}`,
  }));
  const columns: Column<OperatorName>[] = [
    { key: 'name', title: t('operator.name'), render: (name) => <span className="mono">{name.operatorName}</span> },
    { key: 'exams', title: t('operator.exams'), align: 'right', width: 120, render: (name) => name.examCount },
    {
      key: 'staff',
      title: t('operator.staff'),
      width: 320,
      render: (name) =>
        may('organization.manage') ? (
          <Select
            size="small"
            style={{ width: 280 }}
            status={name.staffId === null ? 'warning' : ''}
            placeholder={t('operator.choose')}
            aria-label={t('operator.choose')}
            showSearch={{ optionFilterProp: 'search' }}
            value={name.staffId}
            options={people}
            disabled={mapping.isPending}
            onChange={(staffId: string) => mapping.mutate({ operatorName: name.operatorName, staffId })}
          />
        ) : (
          (people.find((person) => person.value === name.staffId)?.label ?? t('operator.unmapped'))
        ),
    },
  ];
  return (
    <Card title={t('operator.title')} remark={t('operator.remark')} isFlush>
      {names.isError ? <ProblemNotice problem={asProblem(names.error)} onRetry={() => void names.refetch()} /> : null}
      <DataTable
        file="operators"
        label={t('operator.title')}
        rows={rows}
        columns={columns}
        rowKey={(name) => name.operatorName}
        isLoading={names.isPending}
        empty={names.isError ? null : <EmptyState title={t('operator.empty')} text={t('operator.emptyText')} />}
      />
    </Card>
  );
}

/** Names without a person on top, then by how often they stand in a header. */
const needingFirst = (one: OperatorName, other: OperatorName): number =>
  Number(one.staffId !== null) - Number(other.staffId !== null) || other.examCount - one.examCount;
