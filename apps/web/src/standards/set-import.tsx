import type { PositionImport, PositionSetView } from '@jiapian/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Modal, Table, Upload } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { importPositions } from './position-queries.ts';

type Chosen = { format: 'csv' | 'xlsx' | 'json'; content: string };

/** A file is tried first: what each row would do, and what is wrong with it; only then it is loaded. */
export function SetImport({ set }: { set: PositionSetView }) {
  const { t } = useTranslation(['standards', 'errors']);
  const client = useQueryClient();
  const { message } = App.useApp();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const trying = useMutation({
    mutationFn: (file: Chosen & { isDryRun: boolean }) => importPositions(set.code, file),
    onSuccess: (report) => {
      if (!report.isWritten) return;
      setChosen(null);
      void message.success(t('import.done', { count: report.rows.length }));
      void client.invalidateQueries({ queryKey: ['standards'] });
    },
  });
  const choose = async (file: File): Promise<void> => {
    const next = await readChosen(file);
    setChosen(next);
    trying.mutate({ ...next, isDryRun: true });
  };
  const report = trying.data;
  const isSound = report?.file === null && report.rows.every(({ outcome }) => outcome !== 'refused');
  return (
    <>
      <Upload
        accept=".csv,.xlsx,.json"
        showUploadList={false}
        beforeUpload={(file) => {
          void choose(file);
          return false;
        }}
      >
        <Button size="small">{t('import.choose')}</Button>
      </Upload>
      <Modal
        open={chosen !== null}
        width={760}
        title={t('import.title')}
        okText={t('import.load')}
        cancelText={t('shell:cancel')}
        okButtonProps={{ disabled: !isSound, loading: trying.isPending }}
        onCancel={() => setChosen(null)}
        onOk={() => (chosen ? trying.mutate({ ...chosen, isDryRun: false }) : undefined)}
      >
        {trying.isError ? <ProblemNotice problem={asProblem(trying.error)} /> : null}
        {report ? <Report report={report} /> : null}
      </Modal>
    </>
  );
}

function Report({ report }: { report: PositionImport }) {
  const { t } = useTranslation('standards');
  if (report.file !== null)
    return <p role="alert">{t(`import.file.${report.file.reason}`, { columns: report.file.columns.join(', ') })}</p>;
  return (
    <Table
      size="small"
      rowKey="line"
      pagination={{ pageSize: 10, hideOnSinglePage: true }}
      dataSource={report.rows}
      columns={[
        { title: t('import.line'), dataIndex: 'line', width: 70 },
        { title: t('import.code'), dataIndex: 'code', width: 120 },
        { title: t('import.outcome'), width: 110, render: (_, row) => t(`import.outcomes.${row.outcome}`) },
        {
          title: t('import.problems'),
          render: (_, row) =>
            row.problems.map(({ column, reason }) => `${column}: ${t(`import.reasons.${reason}`)}`).join('; '),
        },
      ]}
    />
  );
}

const readChosen = async (file: File): Promise<Chosen> => {
  const name = file.name.toLowerCase();
  if (!name.endsWith('.xlsx')) return { format: name.endsWith('.json') ? 'json' : 'csv', content: await file.text() };
  const bytes = new Uint8Array(await file.arrayBuffer());
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return { format: 'xlsx', content: btoa(binary) };
};
