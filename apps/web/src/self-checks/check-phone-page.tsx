import { LeftOutlined } from '@ant-design/icons';
import type { ChecksToDo } from '@jiapian/contract';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { LocaleSwitch } from '../app/locale-switch.tsx';
import { PermissionGate } from '../app/permission-gate.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { ProblemNotice } from '../ui/problem-notice.tsx';
import { CheckOneFilm } from './check-one-film.tsx';
import './check-phone.css';
import { checksToDoQuery } from './self-check-queries.ts';

/** One film after another: look, say a word, next; two taps and about ten seconds each. */
export function CheckPhonePage() {
  const { t } = useTranslation('self-checks');
  const toDo = useQuery(checksToDoQuery);
  return (
    <main className="check-phone">
      <header>
        <Link to="/self-checks">
          <LeftOutlined /> {t('back')}
        </Link>
        <span className="spacer" />
        <LocaleSwitch />
      </header>
      <PermissionGate permission="self-checks.check">
        {toDo.isError ? <ProblemNotice problem={asProblem(toDo.error)} onRetry={() => void toDo.refetch()} /> : null}
        {toDo.isPending ? <div className="check-wait" aria-busy="true" aria-label={t('loading')} /> : null}
        {toDo.data ? <OneByOne toDo={toDo.data} /> : null}
      </PermissionGate>
    </main>
  );
}

function OneByOne({ toDo }: { toDo: ChecksToDo }) {
  const { t } = useTranslation('self-checks');
  const [passed, setPassed] = useState<ReadonlySet<string>>(new Set());
  const left = toDo.items.filter(({ filmId }) => !passed.has(filmId));
  const [film] = left;
  if (!film) {
    const empty = !toDo.policy.isSelfCheckOn && toDo.policy.crossShare === 0 ? 'off' : 'empty';
    return (
      <EmptyState
        title={t(`${empty}.title`)}
        text={t(`${empty}.text`)}
        action={<Link to="/self-checks">{t('back')}</Link>}
      />
    );
  }
  return (
    <CheckOneFilm
      key={film.filmId}
      film={film}
      reasons={toDo.reasons}
      left={left.length}
      onPassed={() => setPassed(new Set([...passed, film.filmId]))}
    />
  );
}
