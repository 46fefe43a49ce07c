import { SearchOutlined } from '@ant-design/icons';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { Input, type InputRef } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMay } from '../api/session.ts';
import { examSearchSchema } from '../exams/exam-search.ts';
import { KeyCap } from '../ui/key-cap.tsx';
import { useKeys } from '../ui/key-listener.ts';

/** `/` anywhere: find an exam by number, patient, name or pinyin; the register shows what is found. */
export function ExamFinder() {
  const { t } = useTranslation('shell');
  const may = useMay();
  const navigate = useNavigate();
  const field = useRef<InputRef>(null);
  const location = useRouterState({ select: (state) => state.location });
  const isRegister = location.pathname === '/exams';
  const shown = isRegister ? ((location.search as { text?: string }).text ?? '') : '';
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);
  useKeys((name) => {
    if (name !== '/') return false;
    field.current?.focus({ cursor: 'all' });
    return true;
  });
  if (!may('exams.read')) return null;
  const find = (): void => {
    const search = isRegister ? examSearchSchema.parse(location.search) : {};
    void navigate({ to: '/exams', search: { ...search, text: text.trim() || undefined } });
    field.current?.blur();
  };
  return (
    <Input
      ref={field}
      className="top-bar-search"
      prefix={<SearchOutlined />}
      suffix={<KeyCap>/</KeyCap>}
      placeholder={t('search')}
      aria-label={t('searchLabel')}
      value={text}
      maxLength={100}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={find}
      onKeyDown={(event) => {
        if (event.key === 'Escape') field.current?.blur();
      }}
    />
  );
}
