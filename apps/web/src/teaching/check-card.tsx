import type { TeachingCase } from '@jiapian/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Checkbox, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { Card } from '../ui/card.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { cleanAgain, decideCase, type Cleaning } from './teaching-queries.ts';

/** What the check of the program says, how the case is cleaned, and the person's decision after looking. */
export function CheckCard(props: {
  readonly detail: TeachingCase;
  readonly cleaning: Cleaning;
  readonly onCleaning: (cleaning: Cleaning) => void;
  readonly isDrawing: boolean;
  readonly onDrawing: (isDrawing: boolean) => void;
  readonly sawAll: boolean;
}) {
  const { t } = useTranslation('teaching');
  const client = useQueryClient();
  const { detail } = props;
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: ['teaching'] });
  const deciding = useMutation({
    mutationFn: (body: { decision: 'confirmed' | 'refused'; sawPictures: boolean }) => decideCase(detail, body),
    onSettled: refresh,
  });
  const cleaningAgain = useMutation({
    mutationFn: () => cleanAgain(detail, cleaningOf(props.cleaning)),
    onSuccess: () => props.onDrawing(false),
    onSettled: refresh,
  });
  const problem = deciding.error ?? cleaningAgain.error;
  return (
    <Card title={t('check.title')}>
      {problem ? <ProblemNotice problem={asProblem(problem)} /> : null}
      <CheckResult detail={detail} />
      {detail.state === 'prepared' ? <Decision sawAll={props.sawAll} decide={deciding.mutate} /> : null}
      {detail.state !== 'requested' && detail.state !== 'confirmed' ? (
        <CleaningForm {...props} isPending={cleaningAgain.isPending} onAgain={() => cleaningAgain.mutate()} />
      ) : null}
      {detail.state === 'confirmed' || detail.state === 'failed' ? (
        <p>
          <Button danger onClick={() => deciding.mutate({ decision: 'refused', sawPictures: false })}>
            {t('check.refuse')}
          </Button>
        </p>
      ) : null}
      <Downloads detail={detail} />
    </Card>
  );
}

const cleaningOf = ({ dates, keepsCharacteristics, masksCorners, regions }: Cleaning): Cleaning => ({
  dates,
  keepsCharacteristics,
  masksCorners,
  regions,
});

function CheckResult({ detail }: { detail: TeachingCase }) {
  const { t } = useTranslation(['teaching', 'errors']);
  const { report, state } = detail;
  if (state === 'requested' || !report) return <Alert type="info" title={t('check.running')} />;
  if (report.failure)
    return <Alert type="error" title={t('check.failed')} description={t(`errors:${report.failure}`)} />;
  if (report.found.length > 0) {
    const places = report.found.map(({ kind, element }) => `${t(`kind.${kind}`)} ${element ?? t('check.inBytes')}`);
    return (
      <Alert type="error" title={t('check.found', { count: report.found.length })} description={places.join(' · ')} />
    );
  }
  return (
    <Alert
      type="success"
      title={t('check.clean', { sought: report.sought })}
      description={
        report.scrubbed.length > 0 ? t('check.scrubbed', { list: report.scrubbed.join(' ') }) : report.profile
      }
    />
  );
}

function Decision(props: {
  readonly sawAll: boolean;
  readonly decide: (body: { decision: 'confirmed' | 'refused'; sawPictures: boolean }) => void;
}) {
  const { t } = useTranslation('teaching');
  const [hasLooked, setHasLooked] = useState(false);
  return (
    <div style={{ display: 'grid', gap: 8, margin: '12px 0' }}>
      <Checkbox checked={hasLooked} disabled={!props.sawAll} onChange={(event) => setHasLooked(event.target.checked)}>
        {t('check.looked')}
      </Checkbox>
      {props.sawAll ? null : <span className="secondary">{t('check.lookFirst')}</span>}
      <span className="teaching-acts">
        <Button
          type="primary"
          disabled={!hasLooked}
          onClick={() => props.decide({ decision: 'confirmed', sawPictures: hasLooked })}
        >
          {t('check.confirm')}
        </Button>
        <Button danger onClick={() => props.decide({ decision: 'refused', sawPictures: false })}>
          {t('check.refuse')}
        </Button>
      </span>
    </div>
  );
}

function CleaningForm(props: {
  readonly detail: TeachingCase;
  readonly cleaning: Cleaning;
  readonly onCleaning: (cleaning: Cleaning) => void;
  readonly isDrawing: boolean;
  readonly onDrawing: (isDrawing: boolean) => void;
  readonly isPending: boolean;
  readonly onAgain: () => void;
}) {
  const { t } = useTranslation('teaching');
  const { cleaning, onCleaning, isDrawing, onDrawing } = props;
  return (
    <div style={{ display: 'grid', gap: 8, marginTop: 12 }}>
      <Checkbox
        checked={cleaning.masksCorners}
        onChange={(event) => onCleaning({ ...cleaning, masksCorners: event.target.checked })}
      >
        {t('cleaning.corners')}
      </Checkbox>
      <Checkbox
        checked={cleaning.keepsCharacteristics}
        onChange={(event) => onCleaning({ ...cleaning, keepsCharacteristics: event.target.checked })}
      >
        {t('cleaning.characteristics')}
      </Checkbox>
      <Select
        aria-label={t('cleaning.dates')}
        value={cleaning.dates}
        onChange={(dates: Cleaning['dates']) => onCleaning({ ...cleaning, dates })}
        options={(['removed', 'moved'] as const).map((value) => ({ value, label: t(`cleaning.dates_${value}`) }))}
      />
      <span className="teaching-acts">
        {props.detail.images.length > 0 ? (
          <Button aria-pressed={isDrawing} onClick={() => onDrawing(!isDrawing)}>
            {t(isDrawing ? 'cleaning.drawn' : 'cleaning.draw')}
          </Button>
        ) : null}
        {cleaning.regions.length > 0 ? (
          <Button onClick={() => onCleaning({ ...cleaning, regions: [] })}>
            {t('cleaning.clear', { count: cleaning.regions.length })}
          </Button>
        ) : null}
        <Button loading={props.isPending} onClick={props.onAgain}>
          {t('cleaning.again')}
        </Button>
      </span>
      {isDrawing ? <span className="secondary">{t('cleaning.drawHint')}</span> : null}
    </div>
  );
}

function Downloads({ detail }: { detail: TeachingCase }) {
  const { t } = useTranslation('teaching');
  const may = useMay();
  if (!may('teaching.download') || detail.images.length === 0) return null;
  return (
    <p className="secondary">
      {t('download')}{' '}
      {detail.images.map(({ number }) => (
        <a key={number} href={`/api/v1/teaching/cases/${detail.caseId}/images/${number}/file`} download>
          {number}{' '}
        </a>
      ))}
    </p>
  );
}
