import type { Consultation } from '@jiapian/contract';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { App, Button, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useHospitalTime } from '../app/hospital-time.ts';
import { Card } from '../ui/card.tsx';
import { addNote } from './consultation-queries.ts';

const NOTE_LENGTH_MAX = 500;

/** Lines of the minutes, added by those who sit while they talk. */
export function NotesCard({ held }: { held: Consultation }) {
  const { t } = useTranslation(['consultations', 'errors']);
  const time = useHospitalTime();
  const client = useQueryClient();
  const { message } = App.useApp();
  const [text, setText] = useState('');
  const adding = useMutation({
    mutationFn: () => addNote(held.consultationId, text.trim()),
    onSuccess: () => {
      setText('');
      void client.invalidateQueries({ queryKey: ['tasks'] });
    },
    onError: (error) => void message.error(t(`errors:${asProblem(error).code}`)),
  });
  const submit = (): void => {
    if (text.trim() !== '' && !adding.isPending) adding.mutate();
  };
  return (
    <Card title={t('notes.title')} remark={t('notes.remark')}>
      <ul className="consultation-notes">
        {held.notes.map(({ name, text: line, at }) => (
          <li key={`${at} ${line}`}>
            <span className="hint">{time.minute(at)}</span> <strong>{name}</strong> {line}
          </li>
        ))}
      </ul>
      {held.state === 'open' && held.part.isJudge ? (
        <div className="consultation-add">
          <Input
            aria-label={t('notes.add')}
            placeholder={t('notes.add')}
            maxLength={NOTE_LENGTH_MAX}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onPressEnter={submit}
          />
          <Button onClick={submit} loading={adding.isPending}>
            {t('notes.button')}
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
