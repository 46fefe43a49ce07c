import type { FilmRow } from '@jiapian/contract';
import { positionLibrary, regions, type Region } from '@jiapian/rules';
import { useQueryClient } from '@tanstack/react-query';
import { Checkbox, Form, Radio, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { correctFilmPosition } from './exam-queries.ts';

interface PositionValues {
  positionCode: string;
  laterality: 'L' | 'R' | 'B' | 'none';
  remember: boolean;
}

/** A person says which position a film is; remembered for the device's later films if wanted. */
export function PositionDrawer({ film, onClose }: { film: FilmRow; onClose: () => void }) {
  const { t, i18n } = useTranslation('exams');
  const client = useQueryClient();
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const options = (Object.keys(regions) as Region[]).map((region) => ({
    label: regions[region][language],
    options: positionLibrary
      .filter((position) => position.region === region)
      .map((position) => ({
        value: position.code,
        label: `${position.name[language]} · ${position.code}`,
        search: `${position.name.zh} ${position.name.en} ${position.code}`,
      })),
  }));
  const laterality =
    film.laterality === 'L' || film.laterality === 'R' || film.laterality === 'B' ? film.laterality : 'none';
  return (
    <FormDrawer<PositionValues>
      title={t('position.title')}
      initial={{ ...(film.positionCode && { positionCode: film.positionCode }), laterality, remember: true }}
      save={({ positionCode, laterality: side, remember }) =>
        correctFilmPosition(film.filmId, { positionCode, laterality: side === 'none' ? null : side, remember })
      }
      onSaved={() => {
        for (const key of ['exams', 'films', 'film']) void client.invalidateQueries({ queryKey: [key] });
        onClose();
      }}
      onClose={onClose}
    >
      <p className="secondary">{t('position.text', { words: film.description || film.modality })}</p>
      <Form.Item
        name="positionCode"
        label={t('position.label')}
        rules={[{ required: true, message: t('shell:fieldNeeded') }]}
      >
        <Select showSearch={{ optionFilterProp: 'search' }} options={options} />
      </Form.Item>
      <Form.Item name="laterality" label={t('position.side')}>
        <Radio.Group
          options={(['none', 'R', 'L', 'B'] as const).map((value) => ({ value, label: t(`laterality.${value}`) }))}
        />
      </Form.Item>
      <Form.Item name="remember" valuePropName="checked">
        <Checkbox>{t('position.remember', { device: film.deviceName ?? t('deviceUnnamed') })}</Checkbox>
      </Form.Item>
    </FormDrawer>
  );
}
