import { EditOutlined } from '@ant-design/icons';
import type { FilmRow } from '@jiapian/contract';
import { positionLibrary, regions } from '@jiapian/rules';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Button, Modal, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { useMay } from '../api/session.ts';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { inLanguage } from './film-words.ts';
import { correctPosition, filmQueryOf } from './review-queries.ts';

const sides = ['L', 'R', 'B'] as const;
/** The side stays what it was: only the position is corrected here. */
const sideOf = (laterality: string | null) => sides.find((side) => side === laterality) ?? null;

/** Corrects a position that was derived wrongly or not at all; the same protocol is then read right by itself. */
export function PositionSwitch({ film }: { film: FilmRow }) {
  const { t, i18n } = useTranslation('review');
  const may = useMay();
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const [code, setCode] = useState<string | null>(film.positionCode);
  const save = useMutation({
    mutationFn: (positionCode: string) =>
      correctPosition(film.filmId, { positionCode, laterality: sideOf(film.laterality), remember: true }),
    onSuccess: (detail) => {
      client.setQueryData(filmQueryOf(film.filmId).queryKey, detail);
      setIsOpen(false);
    },
  });
  if (!may('exams.correct') || film.kind !== 'image') return null;
  return (
    <>
      <Button
        type="text"
        size="small"
        icon={<EditOutlined />}
        aria-label={t('position.change')}
        onClick={() => setIsOpen(true)}
      />
      <Modal
        open={isOpen}
        title={t('position.title')}
        onCancel={() => setIsOpen(false)}
        okText={t('position.save')}
        cancelText={t('cancel', { ns: 'shell' })}
        okButtonProps={{ disabled: code === null, loading: save.isPending }}
        onOk={() => {
          if (code !== null) save.mutate(code);
        }}
      >
        <p className="secondary">{t('position.text')}</p>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          style={{ width: '100%' }}
          aria-label={t('position.title')}
          value={code}
          onChange={setCode}
          options={Object.entries(regions).map(([region, name]) => ({
            label: inLanguage(name, i18n.language),
            options: positionLibrary
              .filter((position) => position.region === region)
              .map((position) => ({ value: position.code, label: inLanguage(position.name, i18n.language) })),
          }))}
        />
        {save.isError ? <ProblemNotice problem={asProblem(save.error)} /> : null}
      </Modal>
    </>
  );
}
