import type { HoldPolicyContent } from '@jiapian/contract';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { RuleDrawer, type HoldRule } from './rule-drawer.tsx';
import { useRuleWords } from './rule-words.ts';

/** The rules from the top, and what becomes of everything else. */
export function PolicyRules(props: {
  readonly content: HoldPolicyContent;
  readonly isManaging: boolean;
  readonly onChange: (content: HoldPolicyContent) => void;
}) {
  const { t } = useTranslation('release');
  const wordsOf = useRuleWords();
  const [editing, setEditing] = useState<number | null>(null);
  const { content, isManaging } = props;
  const put = (rules: HoldRule[]): void => props.onChange({ ...content, rules });
  const moveUp = (at: number): void => {
    const rules = [...content.rules];
    const [moved] = rules.splice(at, 1);
    if (moved) put(rules.toSpliced(at - 1, 0, moved));
  };
  return (
    <>
      <ul className="row-list">
        {content.rules.map((rule, at) => (
          <li key={rule.name} className="row-line">
            <strong>{rule.name}</strong>
            <span>{t(`policy.mode.${rule.mode}`)}</span>
            <span className="hint">{wordsOf(rule)}</span>
            {isManaging ? (
              <span className="badge-row">
                {at > 0 ? (
                  <Button type="link" size="small" onClick={() => moveUp(at)}>
                    {t('policy.up')}
                  </Button>
                ) : null}
                <Button type="link" size="small" onClick={() => setEditing(at)}>
                  {t('settings.change')}
                </Button>
                <Button type="link" size="small" onClick={() => put(content.rules.toSpliced(at, 1))}>
                  {t('policy.remove')}
                </Button>
              </span>
            ) : null}
          </li>
        ))}
        <li className="row-line">
          <strong>{t('policy.otherwise')}</strong>
          <span>{t(`policy.mode.${content.otherwise.mode}`)}</span>
          {isManaging ? (
            <Button type="link" size="small" onClick={() => setEditing(content.rules.length)}>
              {t('policy.add')}
            </Button>
          ) : null}
        </li>
      </ul>
      {editing === null ? null : (
        <RuleDrawer
          rule={content.rules[editing] ?? null}
          onSave={(rule) => {
            put(content.rules.toSpliced(editing, 1, rule));
            setEditing(null);
          }}
          onClose={() => setEditing(null)}
        />
      )}
    </>
  );
}
