import type { OwnPosition } from '@jiapian/contract';
import { regions, type Region } from '@jiapian/rules';
import { useQueryClient } from '@tanstack/react-query';
import { Form, Input, Select } from 'antd';
import { useTranslation } from 'react-i18next';
import { FormDrawer } from '../ui/form-drawer.tsx';
import { ownPositionsQuery, savePosition } from './position-queries.ts';
import { SourcedFields } from './row-fields.tsx';
import type { ShownPosition } from './shown-positions.ts';

interface PositionForm {
  code: string;
  nameZh: string;
  nameEn: string;
  region: Region;
  coverageZh: string;
  coverageEn: string;
  positioningZh: string;
  positioningEn: string;
  visibleZh: string;
  visibleEn: string;
  source: string;
  isVerified: boolean;
}

const texts = ['coverage', 'positioning', 'visible'] as const;
const TEXT_MAX = 1000;

/** The hospital's own words for a position of the library, or a position of its own; each save is a version. */
export function PositionDrawer(props: {
  readonly position: ShownPosition | null;
  readonly onSaved: (code: string) => void;
  readonly onClose: () => void;
}) {
  const { t, i18n } = useTranslation(['standards', 'shell']);
  const client = useQueryClient();
  const { position } = props;
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const needed = [{ required: true, whitespace: true, message: t('shell:fieldNeeded') }];
  /** A text in one language only leaves the readers of the other without it. */
  const paired = (other: keyof PositionForm) => ({
    dependencies: [other],
    rules: [
      ({ getFieldValue }: { getFieldValue: (name: keyof PositionForm) => unknown }) => ({
        required: String(getFieldValue(other) ?? '').trim() !== '',
        message: t('positions.bothLanguages'),
      }),
    ],
  });
  const save = async (form: PositionForm, version?: number): Promise<void> => {
    await savePosition({
      content: contentOf(form),
      version: version ?? position?.ownVersion ?? 0,
      isVerified: form.isVerified ?? false,
    });
    await client.invalidateQueries({ queryKey: ownPositionsQuery.queryKey });
    props.onSaved(form.code);
  };
  return (
    <FormDrawer<PositionForm>
      title={position ? t('positions.edit', { name: position.name[language] }) : t('positions.add')}
      initial={position ? formOf(position) : { source: 'PD', isVerified: false }}
      save={save}
      latest={async () => {
        const { items } = await client.fetchQuery({ ...ownPositionsQuery, staleTime: 0 });
        const saved = items.find(({ content }) => content.code === position?.code);
        return saved
          ? { values: formOf({ ...saved.content, verified: saved.isVerified }), version: saved.version }
          : null;
      }}
      onSaved={props.onClose}
      onClose={props.onClose}
    >
      {position && position.ownVersion === null ? <p className="hint">{t('positions.overLibrary')}</p> : null}
      <div className="form-row">
        <Form.Item
          name="code"
          label={t('positions.code')}
          rules={[...needed, { pattern: /^[A-Za-z0-9_-]{1,20}$/, message: t('positions.codeForm') }]}
        >
          <Input disabled={position !== null} maxLength={20} />
        </Form.Item>
        <Form.Item name="region" label={t('positions.region')} rules={needed}>
          <Select
            options={(Object.keys(regions) as Region[]).map((value) => ({ value, label: regions[value][language] }))}
          />
        </Form.Item>
      </div>
      <div className="form-row">
        <Form.Item name="nameZh" label={t('draft.nameZh')} rules={needed}>
          <Input maxLength={TEXT_MAX} />
        </Form.Item>
        <Form.Item name="nameEn" label={t('draft.nameEn')} rules={needed}>
          <Input maxLength={TEXT_MAX} />
        </Form.Item>
      </div>
      {texts.map((field) => (
        <div key={field} className="form-row">
          <Form.Item
            name={`${field}Zh`}
            label={t('positions.chinese', { text: t(`positions.${field}`) })}
            {...paired(`${field}En`)}
          >
            <Input.TextArea autoSize={{ minRows: 2 }} maxLength={TEXT_MAX} />
          </Form.Item>
          <Form.Item
            name={`${field}En`}
            label={t('positions.english', { text: t(`positions.${field}`) })}
            {...paired(`${field}Zh`)}
          >
            <Input.TextArea autoSize={{ minRows: 2 }} maxLength={TEXT_MAX} />
          </Form.Item>
        </div>
      ))}
      <SourcedFields />
    </FormDrawer>
  );
}

const formOf = (position: OwnPosition['content'] & { readonly verified: boolean }): PositionForm => ({
  ...{ code: position.code, region: position.region, source: position.source, isVerified: position.verified },
  ...{ nameZh: position.name.zh, nameEn: position.name.en },
  ...{ coverageZh: position.coverage.zh, coverageEn: position.coverage.en },
  ...{ positioningZh: position.positioning.zh, positioningEn: position.positioning.en },
  ...{ visibleZh: position.visible.zh, visibleEn: position.visible.en },
});

const contentOf = (form: PositionForm): OwnPosition['content'] => ({
  ...{ code: form.code, region: form.region, source: form.source },
  name: { zh: form.nameZh, en: form.nameEn },
  coverage: { zh: form.coverageZh ?? '', en: form.coverageEn ?? '' },
  positioning: { zh: form.positioningZh ?? '', en: form.positioningEn ?? '' },
  visible: { zh: form.visibleZh ?? '', en: form.visibleEn ?? '' },
});
