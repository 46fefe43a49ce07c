import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { App } from 'antd';
import { useTranslation } from 'react-i18next';
import { asProblem } from '../api/api-problem.ts';
import { beginDraft, draftsQuery } from './standards-queries.ts';

/** Begins a draft and opens it. */
export const useBeginning = () => {
  const { t } = useTranslation('errors');
  const navigate = useNavigate();
  const client = useQueryClient();
  const { message } = App.useApp();
  return useMutation({
    mutationFn: beginDraft,
    onSuccess: (draft) => {
      void client.invalidateQueries({ queryKey: draftsQuery.queryKey });
      void navigate({ to: '/standards/drafts/$draftId', params: { draftId: draft.draftId } });
    },
    onError: (error) => void message.error(t(asProblem(error).code)),
  });
};
