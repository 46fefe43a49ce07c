import { filmPageSchema, type MeetingCandidates } from '@jiapian/contract';
import { positionOf } from '@jiapian/rules';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Checkbox, Input, InputNumber, Modal, Radio, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { request } from '../api/client.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { inLanguage } from './film-words.ts';
import { candidatesQuery, openMeeting } from './meeting-queries.ts';
import './meeting.css';
import './new-meeting.css';

/** A meeting of one sitting. */
const filmsMax = 100;
const planned = { morning: 30, least: 5, most: 480 };
const lists = ['none', 'graded', 'waiting', 'missed', 'all'] as const;
type Candidate = MeetingCandidates['films'][number];

/** Disputed films and rejects come by themselves, others by day and list; then who may vote, and who decides. */
export function NewMeeting({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation(['meeting', 'review']);
  const navigate = useNavigate();
  const time = useHospitalTime();
  const [title, setTitle] = useState(t('meeting:defaultTitle', { day: time.day(new Date()) }));
  const [day, setDay] = useState(time.dayBefore(0));
  const [list, setList] = useState<(typeof lists)[number]>('none');
  const [decideBy, setDecideBy] = useState<'leader' | 'majority'>('leader');
  const [plannedMinutes, setPlannedMinutes] = useState(planned.morning);
  const [minimumVotes, setMinimumVotes] = useState(1);
  const [people, setPeople] = useState<readonly string[] | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const candidates = useQuery(candidatesQuery);
  const films = useQuery({
    queryKey: ['films', 'meeting', day, list],
    queryFn: ({ signal }) =>
      request(filmPageSchema, 'GET', '/films', { query: { day, list, limit: filmsMax }, signal }),
    enabled: list !== 'none',
  });
  const offered = candidates.data?.films ?? [];
  const asked = offered.filter(({ filmId, isOwn }) => !isOwn && !left.has(filmId)).map(({ filmId }) => filmId);
  const more = list === 'none' ? [] : (films.data?.items ?? []).filter(({ isOwn }) => !isOwn);
  const filmIds = [...new Set([...asked, ...more.map(({ filmId }) => filmId)])].slice(0, filmsMax);
  const staffIds = people ?? candidates.data?.people.map(({ staffId }) => staffId) ?? [];
  const open = useMutation({
    mutationFn: () => openMeeting({ title, decideBy, plannedMinutes, minimumVotes, filmIds, staffIds }),
    onSuccess: ({ meetingId }) => void navigate({ to: '/meetings/$meetingId', params: { meetingId } }),
  });
  const nameOf = ({ positionCode, description, modality }: Candidate): string => {
    const position = positionCode === null ? undefined : positionOf(positionCode);
    return position ? inLanguage(position.name, i18n.language) : description || modality;
  };
  const toggle = (filmId: string): void => {
    const next = new Set(left);
    if (!next.delete(filmId)) next.add(filmId);
    setLeft(next);
  };
  const problem = open.error ?? candidates.error;
  return (
    <Modal
      open
      width={640}
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
      {problem ? <ProblemNotice problem={asProblem(problem)} /> : null}
      <div className="meeting-form">
        <div className="meeting-note">
          <label>
            {t('meeting:field.title')}
            <Input value={title} maxLength={100} onChange={(event) => setTitle(event.target.value)} />
          </label>
          <label>
            {t('meeting:field.minutes')}
            <InputNumber
              min={planned.least}
              max={planned.most}
              value={plannedMinutes}
              onChange={(value) => setPlannedMinutes(value ?? planned.morning)}
            />
          </label>
        </div>
        <fieldset>
          <legend>{t('meeting:field.asked')}</legend>
          {offered.length === 0 ? <p className="hint">{t('meeting:nothingAsked')}</p> : null}
          {offered.map((film) => (
            <Checkbox
              key={film.filmId}
              checked={!film.isOwn && !left.has(film.filmId)}
              disabled={film.isOwn}
              onChange={() => toggle(film.filmId)}
            >
              {t(`meeting:because.${film.because}`)} · {nameOf(film)} · {film.accessionNumber}
              {film.isOwn ? ` · ${t('meeting:ownFilm')}` : ''}
            </Checkbox>
          ))}
        </fieldset>
        <div className="meeting-note">
          <label>
            {t('meeting:field.list')}
            <Select
              value={list}
              onChange={setList}
              options={lists.map((value) => ({
                value,
                label: value === 'none' ? t('meeting:noMore') : t(`review:list.name.${value}`),
              }))}
            />
          </label>
          <label>
            {t('meeting:field.day')}
            <Input type="date" value={day} onChange={(event) => setDay(event.target.value)} />
          </label>
        </div>
        <Radio.Group
          aria-label={t('meeting:field.decideBy')}
          value={decideBy}
          onChange={(event) => setDecideBy(event.target.value as typeof decideBy)}
        >
          <Radio value="leader">{t('meeting:byLeader')}</Radio>
          <Radio value="majority">{t('meeting:byMajority')}</Radio>
        </Radio.Group>
        {decideBy === 'majority' ? (
          <label>
            {t('meeting:field.minimumVotes')}
            <InputNumber
              min={1}
              max={Math.max(1, staffIds.length)}
              value={minimumVotes}
              onChange={(value) => setMinimumVotes(value ?? 1)}
            />
          </label>
        ) : null}
        <label>
          {t('meeting:field.people')}
          <Select
            mode="multiple"
            value={[...staffIds]}
            onChange={setPeople}
            optionFilterProp="label"
            maxTagCount={8}
            options={candidates.data?.people.map(({ staffId, name }) => ({ value: staffId, label: name })) ?? []}
          />
        </label>
        <p className="hint">{t('meeting:noAccount')}</p>
      </div>
    </Modal>
  );
}
