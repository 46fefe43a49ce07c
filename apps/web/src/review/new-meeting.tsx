import { filmPageSchema } from '@jiapian/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Input, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { request } from '../api/client.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { staffQuery } from '../organization/organization-queries.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { openMeeting } from './meeting-queries.ts';
import './meeting.css';

/** A meeting of one sitting. */
const filmsMax = 100;
const lists = ['waiting', 'missed', 'rejected', 'graded', 'all'] as const;

/** Which films of which day, who may vote, who decides. */
export function NewMeeting({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['meeting', 'review']);
  const navigate = useNavigate();
  const time = useHospitalTime();
  const [title, setTitle] = useState(t('meeting:defaultTitle', { day: time.day(new Date()) }));
  const [day, setDay] = useState(time.dayBefore(0));
  const [list, setList] = useState<(typeof lists)[number]>('waiting');
  const [decideBy, setDecideBy] = useState<'leader' | 'majority'>('leader');
  const [chosen, setChosen] = useState<readonly string[] | null>(null);
  const staff = (useQuery(staffQuery).data ?? []).filter(({ isActive }) => isActive);
  const films = useQuery({
    queryKey: ['films', 'meeting', day, list],
    queryFn: ({ signal }) =>
      request(filmPageSchema, 'GET', '/films', { query: { day, list, limit: filmsMax }, signal }),
  });
  const filmIds = films.data?.items.filter(({ isOwn }) => !isOwn).map(({ filmId }) => filmId) ?? [];
  const staffIds = chosen ?? staff.map(({ staffId }) => staffId);
  const open = useMutation({
    mutationFn: () => openMeeting({ title, decideBy, filmIds, staffIds }),
    onSuccess: ({ meetingId }) => void navigate({ to: '/meetings/$meetingId', params: { meetingId } }),
  });
  return (
    <Modal
      open
      title={t('meeting:new')}
      okText={t('meeting:open', { count: filmIds.length })}
      okButtonProps={{
        disabled: filmIds.length === 0 || staffIds.length === 0 || title.trim() === '',
        loading: open.isPending,
      }}
      cancelText={t('meeting:cancel')}
      onCancel={onClose}
      onOk={() => open.mutate()}
    >
      {open.isError ? <ProblemNotice problem={asProblem(open.error)} /> : null}
      <div className="meeting-form">
        <label>
          {t('meeting:field.title')}
          <Input value={title} maxLength={100} onChange={(event) => setTitle(event.target.value)} />
        </label>
        <label>
          {t('meeting:field.day')}
          <Input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
        </label>
        <label>
          {t('meeting:field.list')}
          <Select
            value={list}
            onChange={setList}
            options={lists.map((value) => ({ value, label: t(`review:list.name.${value}`) }))}
          />
        </label>
        <div role="radiogroup" aria-label={t('meeting:field.decideBy')}>
          <Radio.Group value={decideBy} onChange={(event) => setDecideBy(event.target.value as typeof decideBy)}>
            <Radio value="leader">{t('meeting:byLeader')}</Radio>
            <Radio value="majority">{t('meeting:byMajority')}</Radio>
          </Radio.Group>
        </div>
        <label>
          {t('meeting:field.people')}
          <Select
            mode="multiple"
            value={[...staffIds]}
            onChange={setChosen}
            optionFilterProp="label"
            options={staff.map(({ staffId, name }) => ({ value: staffId, label: name }))}
          />
        </label>
        <p className="hint">{t('meeting:noAccount')}</p>
      </div>
    </Modal>
  );
}
