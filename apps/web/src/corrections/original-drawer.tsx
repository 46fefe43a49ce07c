import type { ExamDetail } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Button, Drawer, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { FactList } from '../ui/fact-list.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { originalQuery } from './correction-queries.ts';

/** The data set as the device made it, kept byte for byte, and what its copies say. */
export function OriginalDrawer(props: {
  readonly detail: ExamDetail;
  readonly first: string;
  readonly onClose: () => void;
}) {
  const { t } = useTranslation('corrections');
  const [uid, setUid] = useState(props.first);
  const original = useQuery(originalQuery(uid));
  const instances = props.detail.series.flatMap((series) => series.instances);
  const listOf = (facts: Readonly<Record<string, string>>): [string, string][] =>
    Object.entries(facts).map(([name, value]) => [t(`header.${name}`), value]);
  return (
    <Drawer open title={t('original.title')} onClose={props.onClose} size={520}>
      <Select
        style={{ width: '100%' }}
        value={uid}
        aria-label={t('original.image')}
        onChange={setUid}
        options={instances.map((one, index) => ({
          value: one.sopInstanceUid,
          label: t('form.image', { number: one.instanceNumber ?? index + 1 }),
        }))}
      />
      {original.isError ? <ProblemNotice problem={asProblem(original.error)} /> : null}
      {original.data ? (
        <div className="correction-original">
          <h3>{t('original.device')}</h3>
          <FactList facts={[...listOf(original.data.original), ['SHA-256', original.data.sha256]]} />
          <h3>{t('original.corrected')}</h3>
          <FactList
            facts={[
              ...listOf(original.data.corrected),
              [t('original.copyUid'), original.data.copySopInstanceUid],
              [t('original.copyStudy'), original.data.copyStudyInstanceUid],
            ]}
          />
          <p className="hint">{t('original.kept')}</p>
          <Button href={`/api/v1/instances/${uid}/file`}>{t('original.file')}</Button>
        </div>
      ) : (
        <Skeleton active paragraph={{ rows: 6 }} />
      )}
    </Drawer>
  );
}
