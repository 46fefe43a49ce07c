import { standardTemplates, templateNames } from '@jiapian/rules';
import { useQuery } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useTranslation } from 'react-i18next';
import { currentStandardQuery } from './standards-queries.ts';
import { useBeginning } from './use-beginning.ts';

/** Ready-made standards; a draft made of one is held against the version in force. */
export function TemplateMenu() {
  const { t, i18n } = useTranslation('standards');
  const language = i18n.language === 'en' ? 'en' : 'zh';
  const current = useQuery(currentStandardQuery);
  const beginning = useBeginning();
  const basedOnVersion = current.data?.version;
  if (basedOnVersion === undefined) return null;
  return (
    <Dropdown
      trigger={['click']}
      menu={{
        items: templateNames.map((key) => ({ key, label: standardTemplates[key].name[language] })),
        onClick: ({ key }) => {
          const template = templateNames.find((name) => name === key);
          if (template !== undefined) beginning.mutate({ basedOnVersion, template });
        },
      }}
    >
      <Button size="small" loading={beginning.isPending}>
        {t('draft.fromTemplate')}
      </Button>
    </Dropdown>
  );
}
